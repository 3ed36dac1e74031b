using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Client.Contracts;
using Strata.Client.Contracts.TrainingPlatform;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Learning.Workflow;
using Strata.Platform;
using Strata.Platform.Datasets;
using Strata.Server.Jobs;
using ColumnType = Strata.Learning.Data.ColumnType;

namespace Strata.Server.Surfaces.TrainingPlatform;

/// <summary>A platform request in the house's own words, with a note for everything that is called or done differently here.</summary>
internal sealed class PlanOfNames
{
    private const int UsualPatience = 10;

    private static readonly string[] PatienceNames = ["early_stopping_rounds", "early_stopping_epochs", "patience"];

    private readonly List<string> notes = [];
    private readonly Dataset dataset;
    private readonly string target;
    private readonly bool isOfNumbers;

    private PlanOfNames(Dataset dataset, string target, bool isOfNumbers) => (this.dataset, this.target, this.isOfNumbers) = (dataset, target, isOfNumbers);

    public IReadOnlyList<string> Notes => notes;

    private PlanRequest Plan { get; set; } = new();

    private Algorithm? Algorithm { get; set; }

    public static async Task<PlanOfNames> Of(TrainModelRequest request, Dataset dataset, StrataPlatform platform, CancellationToken cancellation)
    {
        PlanOfNames plan = await Begin(request.TargetColumn, dataset, platform, cancellation).ConfigureAwait(false);
        Algorithm algorithm = plan.Choose(request.Algorithm);
        Dictionary<string, JsonElement> values = KnownNames.HyperparametersOf(request.Hyperparameters, algorithm, plan.notes);
        plan.StopEarly(request, values);
        plan.Plan = new PlanRequest(
            plan.target, Algorithm: algorithm.Name, Hyperparameters: values, Group: request.Group, Time: request.Time, TestSize: request.TestSize, Seed: request.RandomState,
            Preparation: Preparation(algorithm, request.ScalingMethod, SelectionOf(request.FeatureSelection)));
        return plan;
    }

    public static async Task<PlanOfNames> Of(TuneModelRequest request, Dataset dataset, StrataPlatform platform, CancellationToken cancellation)
    {
        PlanOfNames plan = await Begin(request.TargetColumn, dataset, platform, cancellation).ConfigureAwait(false);
        Algorithm algorithm = plan.Choose(request.Algorithm);
        Dictionary<string, JsonElement> values = KnownNames.HyperparametersOf(request.Hyperparameters, algorithm, plan.notes);
        plan.Space = SpaceOfNames.Of(request, algorithm);
        foreach ((string name, JsonElement usual) in SpaceOfNames.HeldBeside(plan.Space, values.Keys, algorithm))
        {
            values[name] = usual;
        }

        plan.Plan = new PlanRequest(
            plan.target, Algorithm: algorithm.Name, Hyperparameters: values, Group: request.Group, Time: request.Time, TestSize: request.TestSize, Seed: request.RandomState,
            Preparation: Preparation(algorithm, request.ScalingMethod, null));
        return plan;
    }

    public static async Task<PlanOfNames> Of(CompareModelsRequest request, Dataset dataset, StrataPlatform platform, CancellationToken cancellation)
    {
        PlanOfNames plan = await Begin(request.TargetColumn, dataset, platform, cancellation).ConfigureAwait(false);
        plan.Plan = new PlanRequest(
            plan.target, Group: request.Group, Time: request.Time, Seed: request.RandomState,
            Preparation: request.ScalingMethod is { } scaling ? DataSteps.Of(scaling) is { } step ? [Request(step)] : [] : null);
        return plan;
    }

    private IReadOnlyList<string> Space { get; set; } = [];

    public RunRequest ToRun(TrainModelRequest request) => new(dataset.Id, Plan, request.Name, Folds: request.CrossValidationFolds, AsIs: request.AsIs);

    public RunRequest ToRun(TuneModelRequest request) => new(
        dataset.Id, Plan, request.Name,
        Tuning: new TuningRequest(
            request.Method switch { TuneMethod.GridSearch => SearchMethod.Grid, TuneMethod.RandomSearch => SearchMethod.Random, _ => SearchMethod.Tpe },
            Space, KnownNames.MetricOf(request.Scoring), request.CvFolds, Trials: request.NTrials ?? SpaceOfNames.GridSize(request), TimeLimit: request.TimeLimit),
        AsIs: request.AsIs);

    public ComparisonRequest ToComparison(CompareModelsRequest request) => new(
        dataset.Id, Plan, [.. request.Algorithms.Select(name => KnownNames.AlgorithmOf(name, isOfNumbers, notes).Name).Distinct()], request.CvFolds, KnownNames.MetricOf(request.Scoring),
        TimeLimit: request.TimeLimit, Name: request.Name, AsIs: request.AsIs);

    /// <exception cref="DataException">There is no target.</exception>
    private static async Task<PlanOfNames> Begin(string? asked, Dataset dataset, StrataPlatform platform, CancellationToken cancellation)
    {
        string target = asked ?? dataset.SuggestedTarget ?? throw new DataException("'target_column' is missing: name the column to predict.");
        JsonNode stored = await platform.Datasets.ProfileAsync(dataset.Id, null, cancellation).ConfigureAwait(false);
        ColumnProfileView? column = StoredResults.Read<TableProfileView>(stored).Columns.FirstOrDefault(column => column.Name == target);
        DatasetColumn? known = dataset.Columns.FirstOrDefault(column => column.Name == target);
        bool isOfNumbers = known?.Type is ColumnType.Float32 or ColumnType.Float64 or ColumnType.Date || (known?.Type == ColumnType.Int64 && column?.Distinct > TargetReader.MostIntegerClasses);
        return new PlanOfNames(dataset, target, isOfNumbers);
    }

    private Algorithm Choose(string? asked) => Algorithm = KnownNames.AlgorithmOf(asked ?? new TrainingPlan().Algorithm, isOfNumbers, notes);

    /// <summary>Early stopping and the rows it goes by, as far as the algorithm has them.</summary>
    private void StopEarly(TrainModelRequest request, Dictionary<string, JsonElement> values)
    {
        bool Has(string name) => Algorithm!.Hyperparameters.Any(known => known.Name == name);
        string? patience = PatienceNames.FirstOrDefault(Has);
        bool isWanted = request.EarlyStopping ?? request.EarlyStoppingPatience is not null;
        if (request.EarlyStoppingPatience is < 1)
        {
            throw new DataException($"'early_stopping_patience' is {request.EarlyStoppingPatience}; it takes a whole number of at least 1.");
        }

        if (isWanted && patience is null)
        {
            notes.Add($"{Algorithm!.Title} has no rounds to stop early: 'early_stopping' changes nothing.");
        }
        else if (request.EarlyStopping is not null || request.EarlyStoppingPatience is not null)
        {
            _ = Has("early_stopping") && values.TryAdd("early_stopping", JsonSerializer.SerializeToElement(isWanted));
            int rounds = isWanted ? request.EarlyStoppingPatience ?? UsualPatience : 0;
            _ = patience is not null && (isWanted || patience != "patience") && values.TryAdd(patience, JsonSerializer.SerializeToElement(rounds));
        }

        if (request.ValidationSize is < 0 or >= 1)
        {
            throw new DataException($"'validation_size' is {request.ValidationSize}; it takes 0 for none, or a part below 1.");
        }

        if (request.ValidationSize is double share && share > 0)
        {
            KeepAside(share, request.TestSize ?? new TrainingPlan().TestSize, Has("validation_fraction"), values);
        }
    }

    /// <exception cref="DataException">Test and validation leave nothing.</exception>
    private void KeepAside(double share, double testSize, bool isTaken, Dictionary<string, JsonElement> values)
    {
        if (share + testSize >= 1)
        {
            throw new DataException(string.Create(CultureInfo.InvariantCulture, $"Test and validation take {testSize} and {share} of the rows, which leaves none to learn from."));
        }

        if (isTaken)
        {
            _ = values.TryAdd("validation_fraction", JsonSerializer.SerializeToElement(Math.Round(share / (1 - testSize), 6)));
        }
        else
        {
            notes.Add($"{Algorithm!.Title} decides nothing by rows held back: 'validation_size' changes nothing, and it learns from all but the test rows.");
        }
    }

    /// <summary>Null for the usual steps. What is asked for goes among these: a selection before them, a scaling in place of theirs.</summary>
    private static StepRequest[]? Preparation(Algorithm algorithm, ScalingMethod? scaling, StepPlan? selection)
    {
        if (scaling is null && selection is null)
        {
            return null;
        }

        IEnumerable<StepRequest> usual = algorithm.DefaultSteps.Where(step => scaling is null || step is not Scale).Select(step =>
            new StepRequest(step.Name, Hyperparameter.Of(step).Where(setting => setting.DefaultJson is not null).ToDictionary(setting => setting.Name, setting => setting.DefaultJson.Element()!.Value)));
        return
        [
            .. selection is null ? Array.Empty<StepRequest>() : [Request(selection)],
            .. usual,
            .. scaling is { } asked && DataSteps.Of(asked) is { } scale ? [Request(scale)] : Array.Empty<StepRequest>(),
        ];
    }

    private static bool Whole(JsonElement number, out int? count)
    {
        count = number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int whole) ? whole : null;
        return count is not null;
    }

    private static StepRequest Request(StepPlan step) => new(step.Step, Runs.PlanViews.Elements(step.Settings));

    /// <exception cref="DataException">It is neither a method nor an object of method and n_features.</exception>
    private static StepPlan? SelectionOf(JsonElement? asked)
    {
        if (asked is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.False) } given)
        {
            return null;
        }

        bool isObject = given.ValueKind == JsonValueKind.Object;
        JsonElement method = isObject && given.TryGetProperty("method", out JsonElement named) ? named : given;
        int? count = null;
        bool isCounted = !isObject || !given.TryGetProperty("n_features", out JsonElement number) || number.ValueKind == JsonValueKind.Null || Whole(number, out count);
        string[] names = [.. Enum.GetNames<SelectionMethod>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
        int at = method.ValueKind == JsonValueKind.String ? Array.IndexOf(names, method.GetString()) : -1;
        return at >= 0 && isCounted
            ? DataSteps.Of(Enum.GetValues<SelectionMethod>()[at], count)
            : throw new DataException($"'feature_selection' is {given.GetRawText()}; it takes one of {string.Join(", ", names)}, or an object of 'method' and 'n_features'.");
    }
}
