using System.Text.Json;
using Strata.Client.Contracts;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Platform.Datasets;
using ColumnType = Strata.Learning.Data.ColumnType;

namespace Strata.Server.Surfaces;

/// <summary>A training in the words of deep-learning frameworks, put into Strata's plan with a note wherever the words differ.</summary>
/// <param name="ModelType">The algorithm as they call it.</param>
/// <param name="Field">The request's field that says so.</param>
internal sealed record FrameworkTraining(string ModelType, string Field)
{
    private const int UsualPatience = 20;
    private const string SeriesName = "series";

    public int? Epochs { get; init; }

    public int? BatchSize { get; init; }

    public double? LearningRate { get; init; }

    public double? ValidationSplit { get; init; }

    public bool? EarlyStopping { get; init; }

    public int? EarlyStoppingPatience { get; init; }

    /// <summary>Columns of series, or patterns of numbered columns; null for what the table has.</summary>
    public IReadOnlyList<string>? SequenceColumns { get; init; }

    /// <summary>By the algorithm's own names.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Hyperparameters { get; init; }

    /// <summary>The plan with algorithm, hyperparameters and columns of series in it.</summary>
    /// <param name="plan">The rest of it.</param>
    /// <param name="dataset">What is learned from.</param>
    public FrameworkPlan In(PlanRequest plan, Dataset dataset)
    {
        var (notes, problems) = (new List<string>(), new List<string>());
        (string[] patterns, string[] dropped) = Sequences(dataset, problems);
        plan = plan with
        {
            Drop = [.. plan.Drop ?? [], .. dropped],
            Preparation = patterns.Length == 0 ? null : [new StepRequest("fold_series", new Dictionary<string, JsonElement> { ["columns"] = Json(patterns), ["series"] = Json(SeriesName) })],
        };
        try
        {
            var named = NamedAlgorithm.Of(ModelType, Field, dataset, readsSeries: patterns.Length > 0);
            notes.AddRange(named.Note is string note ? [note] : []);
            plan = plan with { Algorithm = named.Name, Hyperparameters = Settings(named, notes, problems) };
        }
        catch (DataException e)
        {
            problems.AddRange(e.Problems);
        }

        return new FrameworkPlan(plan, notes, problems);
    }

    /// <summary>Which numbered columns become series, and which columns of series are left out.</summary>
    private (string[] Patterns, string[] Dropped) Sequences(Dataset dataset, List<string> problems)
    {
        if (SequenceColumns is null)
        {
            return ([], []);
        }

        ILookup<bool, string> asked = SequenceColumns.ToLookup(column => column.Contains('*', StringComparison.Ordinal));
        problems.AddRange(asked[false].Select(column => Problem(column, dataset)).OfType<string>());
        return ([.. asked[true]], [.. dataset.Columns.Where(column => column.Type == ColumnType.Series && !asked[false].Contains(column.Name)).Select(column => column.Name)]);
    }

    private static string? Problem(string name, Dataset dataset) => dataset.Columns.FirstOrDefault(column => column.Name == name) switch
    {
        null => $"'sequence_columns' names '{name}', which the dataset has not; expected a column of series, or a pattern of numbered columns such as rain_t-*.",
        { Type: ColumnType.Series } => null,
        var column => $"'sequence_columns' names '{name}', a column of {JsonNamingPolicy.SnakeCaseLower.ConvertName(column.Type.ToString())}; expected a column of series, or a pattern of numbered columns such as rain_t-*. "
            + "A table with a row a step becomes series when it is uploaded with 'series_id'.",
    };

    private Dictionary<string, JsonElement> Settings(NamedAlgorithm named, List<string> notes, List<string> problems)
    {
        Algorithm algorithm = Learning.Catalog.Algorithms.Named(named.Name);
        var settings = new Dictionary<string, JsonElement>(Hyperparameters ?? new Dictionary<string, JsonElement>(), StringComparer.Ordinal);
        foreach ((string name, JsonElement value) in named.Settings)
        {
            settings.TryAdd(name, value);
        }

        foreach ((string field, string[] names, object value) in Fields(algorithm))
        {
            Hyperparameter? known = algorithm.Hyperparameters.FirstOrDefault(one => names.Any(one.IsCalled));
            if (known is null)
            {
                notes.Add($"'{field}' was left aside: '{algorithm.Name}' has no such setting.");
            }
            else if (settings.Keys.FirstOrDefault(known.IsCalled) is string given)
            {
                problems.Add($"'{field}' and 'hyperparameters.{given}' are both given; expected one of them.");
            }
            else
            {
                settings.Add(known.Name, Json(value));
            }
        }

        return settings;
    }

    private IEnumerable<(string Field, string[] Names, object Value)> Fields(Algorithm algorithm)
    {
        if (Epochs is int epochs)
        {
            yield return ("epochs", ["epochs"], epochs);
        }

        if (BatchSize is int rows)
        {
            yield return ("batch_size", ["batch_size"], rows);
        }

        if (LearningRate is double rate)
        {
            yield return ("learning_rate", ["learning_rate"], rate);
        }

        if (ValidationSplit is double share)
        {
            yield return ("validation_split", ["validation_fraction"], share);
        }

        string[] patience = ["early_stopping_epochs", "early_stopping_rounds"];
        bool stopsByItself = algorithm.Hyperparameters.FirstOrDefault(one => patience.Any(one.IsCalled))?.Default is > 0;
        if (EarlyStopping == false)
        {
            yield return ("early_stopping", patience, 0);
        }
        else if (EarlyStoppingPatience is int epochsOrRounds)
        {
            yield return ("early_stopping_patience", patience, epochsOrRounds);
        }
        else if (EarlyStopping == true && !stopsByItself)
        {
            yield return ("early_stopping", patience, UsualPatience);
        }
    }

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);
}

/// <summary>A plan in Strata's words.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Notes">What was taken for what.</param>
/// <param name="Problems">What cannot be understood.</param>
internal sealed record FrameworkPlan(PlanRequest Plan, IReadOnlyList<string> Notes, IReadOnlyList<string> Problems);
