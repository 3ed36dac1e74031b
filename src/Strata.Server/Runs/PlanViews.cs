using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Server.Jobs;
using Strata.Solutions;
using Workflow = Strata.Learning.Workflow;

namespace Strata.Server.Runs;

internal static class PlanViews
{
    /// <summary>The plan that is asked for, a preset's target and algorithm filled in.</summary>
    /// <exception cref="DataException">There is no such preset, or no target.</exception>
    public static TrainingPlan ToPlan(this PlanRequest request, string? presetName)
    {
        TablePreset? preset = presetName is null ? null : Solution.PresetOf(presetName)
            ?? throw new DataException($"There is no preset '{presetName}'. There are: {NearNames.List([.. Solution.All.SelectMany(solution => solution.Presets).Select(known => known.Name)], 20)}.");
        var usual = new TrainingPlan();
        string algorithm = request.Algorithm ?? preset?.Algorithm ?? usual.Algorithm;
        bool needsTarget = Learning.Catalog.Algorithms.NeedsTarget(algorithm);
        return new TrainingPlan
        {
            Target = request.Target ?? preset?.Target ?? (needsTarget ? throw new DataException("'plan.target' is missing: name the column to predict, or a preset that does.") : null),
            Task = request.Task?.To<Workflow.TargetKind>(),
            Algorithm = algorithm,
            Hyperparameters = Nodes(request.Hyperparameters),
            Drop = request.Drop ?? [],
            Group = request.Group,
            Time = request.Time,
            Weight = request.Weight,
            PositiveClass = request.PositiveClass,
            TestSize = request.TestSize ?? usual.TestSize,
            Seed = request.Seed ?? usual.Seed,
            Threads = request.Threads,
            Calibration = request.Calibration?.To<Learning.Validation.Calibration.CalibrationMethod>(),
            DecisionMetric = request.DecisionMetric,
            Costs = request.Costs,
            Intervals = request.Intervals,
            IntervalMethod = request.IntervalMethod?.To<Learning.Validation.Conformal.RegionMethod>(),
            Metrics = request.Metrics ?? [],
            Preparation = request.Preparation?.ToPlans(),
            Statements = request.Statements?.ToStatements(),
        };
    }

    public static IReadOnlyList<Learning.Catalog.StepPlan> ToPlans(this IReadOnlyList<StepRequest> steps) => [.. steps.Select(step => new Learning.Catalog.StepPlan(step.Step) { Settings = Nodes(step.Settings) })];

    public static PlanView View(this TrainingPlan plan) => new(
        plan.Target,
        plan.Task?.To<Client.Contracts.TargetKind>(),
        plan.Algorithm,
        Elements(plan.Hyperparameters),
        plan.Drop,
        plan.Group,
        plan.Time,
        plan.Weight,
        plan.PositiveClass,
        plan.TestSize,
        plan.Seed,
        plan.Threads,
        plan.Preparation is null ? null : [.. plan.Preparation.Select(step => new StepRequest(step.Step, Elements(step.Settings)))],
        plan.Calibration?.To<Client.Contracts.CalibrationMethod>(),
        plan.DecisionMetric,
        plan.Costs,
        plan.Intervals,
        plan.IntervalMethod?.To<Client.Contracts.IntervalMethod>(),
        plan.Metrics,
        plan.Statements is { } said ? new Client.Contracts.ModelStatements(said.Owner, said.License, said.IntendedUse, said.OutOfScope, said.Factors, said.EthicalConsiderations, said.Caveats) : null);

    private static Workflow.ModelStatements ToStatements(this Client.Contracts.ModelStatements said) => new()
    {
        Owner = said.Owner,
        License = said.License,
        IntendedUse = said.IntendedUse,
        OutOfScope = said.OutOfScope,
        Factors = said.Factors,
        EthicalConsiderations = said.EthicalConsiderations,
        Caveats = said.Caveats,
    };

    private static Dictionary<string, JsonNode?> Nodes(IReadOnlyDictionary<string, JsonElement>? values) =>
        (values ?? new Dictionary<string, JsonElement>()).ToDictionary(pair => pair.Key, pair => pair.Value.Deserialize<JsonNode>());

    public static Dictionary<string, JsonElement> Elements(IReadOnlyDictionary<string, JsonNode?> values) =>
        values.ToDictionary(pair => pair.Key, pair => pair.Value.Element() ?? JsonSerializer.SerializeToElement<string?>(null));
}
