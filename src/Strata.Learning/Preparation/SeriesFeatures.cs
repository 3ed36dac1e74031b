using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>
/// Replaces each column of arrays by numbers that describe every row's array, so that learners of tables can learn from it: by channel its level, spread and quantiles; of series also
/// first and last value, trend, roughness, autocorrelation and rhythm; and how long or large it is where that differs. Nothing is learned from the target.
/// </summary>
public sealed record SeriesFeatures : IStep
{
    public string Name => "series_features";

    [Hyperparameter("Whether series are also described by their rhythm: the strongest frequency, the centre of the spectrum and how flat it is.")]
    public bool Spectrum { get; init; } = true;

    [Hyperparameter("Into how many stretches of time each series is cut, with the mean of each as a number; 0 for none.", Min = 0, Max = 1000)]
    public int Stretches { get; init; } = 8;

    public bool AppliesTo(Frame rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows.Columns.Any(column => column is ArrayColumn);
    }

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        var notes = new List<string>();
        return new ColumnwiseStep<SeriesFeaturesRule>(Name, [.. table.Features.Columns.Select(column => column is ArrayColumn arrays ? RuleFor(arrays, table.Features, notes) : new SeriesFeaturesRule(column.Name))], notes);
    }

    private SeriesFeaturesRule RuleFor(ArrayColumn column, Frame rows, List<string> notes)
    {
        bool varies = Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row)).Select(column.StepsOf).Distinct().Take(2).Count() > 1;
        var described = new ArrayDescription(column.Type, Spectrum && column.Type == ColumnType.Series, column.Type == ColumnType.Series ? Stretches : 0, varies);
        string[] names = [.. described.Names(column.Channels).Select(feature => FreeName.For($"{column.Name} {feature}", rows))];
        notes.Add($"'{column.Name}' ({column.Type.ToString().ToLowerInvariant()}) is described by {names.Length} numbers.");
        return new SeriesFeaturesRule(column.Name, described, column.Channels.Count, names);
    }
}
