using System.Text.Json.Serialization;

namespace Strata.Learning.Data.Profiling;

/// <summary>What a table holds, column by column, and what somebody should look at before learning from it.</summary>
/// <param name="RowCount">Of the table.</param>
/// <param name="Target">The column to be predicted, when one was named.</param>
/// <param name="Columns">In the order of the table.</param>
public sealed record TableProfile(int RowCount, string? Target, IReadOnlyList<ColumnProfile> Columns)
{
    /// <summary>The warnings of all columns.</summary>
    [JsonIgnore]
    public IEnumerable<ProfileWarning> Warnings => Columns.SelectMany(column => column.Warnings);

    /// <summary>Profiles every column, exactly and over all rows.</summary>
    /// <param name="frame">The table.</param>
    /// <param name="target">Also look for columns that give this one away.</param>
    /// <param name="cancellation">Stops between columns.</param>
    /// <exception cref="DataException">There is no such target.</exception>
    public static TableProfile Of(Frame frame, string? target = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(frame);
        OutcomeCodes? outcome = target is null ? null : OutcomeCodes.Of(frame[target]);
        var columns = new ColumnProfile[frame.ColumnCount];
        var options = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, columns.Length, options, i =>
        {
            Column column = frame.Columns[i];
            double[] sorted = ColumnSummary.HasNumbers(column) ? NumberSort.Sorted(column) : [];
            ColumnProfile profile = ColumnSummary.Of(column, sorted);
            columns[i] = profile with { Warnings = [.. ColumnWarnings.Of(column, profile), .. column.Name == target ? [] : Giveaway.Of(column, sorted, outcome)] };
        });
        foreach ((int at, ProfileWarning duplicate) in NearDuplicates.Of(frame, cancellation))
        {
            columns[at] = columns[at] with { Warnings = [.. columns[at].Warnings, duplicate] };
        }

        return new TableProfile(frame.RowCount, target, columns);
    }
}

/// <summary>What one column holds. Numbers are in the column's own unit, for dates seconds since 1970.</summary>
public sealed record ColumnProfile
{
    public required string Name { get; init; }

    public required ColumnType Type { get; init; }

    /// <summary>Rows without a value.</summary>
    public required int Missing { get; init; }

    /// <summary>Different values, counted exactly; missing is none.</summary>
    public required int Distinct { get; init; }

    public double? Min { get; init; }

    public double? Max { get; init; }

    public double? Mean { get; init; }

    /// <summary>Of the sample (n - 1).</summary>
    public double? StandardDeviation { get; init; }

    /// <summary>At 0, 1%, 5%, 25%, 50%, 75%, 95%, 99% and 1; null for categories, texts and booleans.</summary>
    public IReadOnlyList<Quantile>? Quantiles { get; init; }

    public Histogram? Histogram { get; init; }

    /// <summary>The most frequent values of categories, texts and booleans, most frequent first.</summary>
    public IReadOnlyList<LevelCount>? TopLevels { get; init; }

    /// <summary>The first date, as ISO text.</summary>
    public string? Earliest { get; init; }

    /// <summary>The last date, as ISO text.</summary>
    public string? Latest { get; init; }

    /// <summary>Of columns of arrays what these hold; else null.</summary>
    public ArraySummary? Arrays { get; init; }

    public IReadOnlyList<ProfileWarning> Warnings { get; init; } = [];

    [JsonIgnore]
    public double? Median => Quantiles?.FirstOrDefault(quantile => quantile.Probability == 0.5)?.Value;
}

/// <summary>The value below which the given share of the values lies (linear interpolation between order statistics, Hyndman and Fan's type 7).</summary>
public sealed record Quantile(double Probability, double Value);

/// <summary>How often a value occurs.</summary>
public sealed record LevelCount(string Level, int Count);
