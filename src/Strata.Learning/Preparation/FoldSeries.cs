using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>In which order numbered columns follow one another in time.</summary>
public enum StepOrder
{
    /// <summary>Lags (names that end with <c>t-</c>, <c>lag</c> or <c>lag_</c> before the number) from the largest down, all others from the smallest up.</summary>
    Auto,

    /// <summary>From the smallest number up.</summary>
    Up,

    /// <summary>From the largest number down, as lags count.</summary>
    Down,
}

/// <summary>
/// Folds number columns that are the steps of a series into one series column: <c>g0, g1, g2 ...</c>, or lags such as <c>rain_t-2, rain_t-1, rain</c>, of which the column
/// without a lag is the last step. Groups of columns with the same step numbers are the channels of one series; others become series of their own.
/// </summary>
public sealed record FoldSeries : IStep
{
    public string Name => "fold_series";

    [Hyperparameter("Patterns of names with a star where the number stands, such as g* or rain_t-*: one a channel, of one series. None means every group of numbered columns.")]
    public IReadOnlyList<string> Columns { get; init; } = [];

    [Hyperparameter("The name of the series, where patterns are given.")]
    public string Series { get; init; } = "series";

    [Hyperparameter("How steps follow one another.")]
    public StepOrder Order { get; init; } = StepOrder.Auto;

    [Hyperparameter("Without patterns: the fewest numbered columns that count as a series.", Min = 2, Max = 10_000)]
    public int LeastSteps { get; init; } = 3;

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        NumberedColumns[] groups = Columns.Count > 0 ? Asked(table.Features) : [.. NumberedColumns.In(table.Features, Order).Where(group => group.Columns.Count >= LeastSteps)];
        if (groups.Length == 0)
        {
            throw new DataException($"There are no {LeastSteps} numbered columns such as g0, g1, g2 to fold into a series; name them by patterns such as g*.");
        }

        FoldRule[] folds = [.. groups.GroupBy(group => Columns.Count > 0 ? string.Empty : string.Join(',', group.Numbers)).Select(channels => FoldOf([.. channels], table.Features))];
        return new FoldedArrays(Name, table.Features, folds, [.. folds.Select(fold =>
            $"{fold.Columns.Count} columns are the series '{fold.Name}' of {fold.Columns.Count / fold.Channels.Count} steps and {fold.Channels.Count} channel{(fold.Channels.Count == 1 ? string.Empty : "s")}.")]);
    }

    private NumberedColumns[] Asked(Frame rows)
    {
        NumberedColumns[] found = [.. Columns.Select(pattern => NumberedColumns.Of(rows, pattern, Order))];
        int[][] lengths = [.. found.Select(group => new[] { group.Columns.Count }).DistinctBy(length => length[0])];
        return lengths.Length == 1
            ? found
            : throw new DataException($"The channels of '{Series}' have unlike numbers of steps ({string.Join(", ", found.Select(group => $"{group.Name}: {group.Columns.Count}"))}); expected as many columns for each pattern.");
    }

    private FoldRule FoldOf(NumberedColumns[] channels, Frame rows)
    {
        string name = Columns.Count > 0 ? Series : channels.Length == 1 ? channels[0].Name : "series";
        IReadOnlyList<string> names = channels.Length == 1 ? ArrayColumn.OneChannel : [.. channels.Select(channel => channel.Name)];
        var columns = new List<string>();
        for (int step = 0; step < channels[0].Columns.Count; step++)
        {
            columns.AddRange(channels.Select(channel => channel.Columns[step]));
        }

        return new FoldRule(rows.Contains(name) && !columns.Contains(name) ? FreeName.For(name, rows) : name, ColumnType.Series, names, columns);
    }
}
