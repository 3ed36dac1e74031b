using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Platform.Datasets;
using Strata.Server.Jobs;
using Strata.Solutions;
using Workflow = Strata.Learning.Workflow;

namespace Strata.Server.Runs;

internal static class PlanViews
{
    /// <summary>The plan that is asked for, a preset's target filled in, checked against the dataset before any job is made.</summary>
    /// <exception cref="DataException">The plan does not fit the dataset; all problems at once.</exception>
    public static TrainingPlan ToPlan(this PlanRequest request, string? presetName, Dataset dataset)
    {
        TablePreset? preset = presetName is null ? null : Solution.PresetOf(presetName)
            ?? throw new DataException($"There is no preset '{presetName}'. There are: {NearNames.List([.. Solution.All.SelectMany(solution => solution.Presets).Select(known => known.Name)], 20)}.");
        var usual = new TrainingPlan { Target = string.Empty };
        var plan = new TrainingPlan
        {
            Target = request.Target ?? preset?.Target ?? throw new DataException("'plan.target' is missing: name the column to predict, or a preset that does."),
            Task = request.Task?.To<Workflow.TargetKind>(),
            Algorithm = request.Algorithm ?? usual.Algorithm,
            Hyperparameters = (request.Hyperparameters ?? new Dictionary<string, JsonElement>()).ToDictionary(pair => pair.Key, pair => pair.Value.Deserialize<JsonNode>()),
            Drop = request.Drop ?? [],
            Group = request.Group,
            Time = request.Time,
            Weight = request.Weight,
            PositiveClass = request.PositiveClass,
            TestSize = request.TestSize ?? usual.TestSize,
            Seed = request.Seed ?? usual.Seed,
            Threads = request.Threads,
        };
        Check(plan, dataset);
        return plan;
    }

    public static PlanView View(this TrainingPlan plan) => new(
        plan.Target,
        plan.Task?.To<Client.Contracts.TargetKind>(),
        plan.Algorithm,
        plan.Hyperparameters.ToDictionary(pair => pair.Key, pair => pair.Value.Element() ?? default),
        plan.Drop,
        plan.Group,
        plan.Time,
        plan.Weight,
        plan.PositiveClass,
        plan.TestSize,
        plan.Seed,
        plan.Threads);

    private static void Check(TrainingPlan plan, Dataset dataset)
    {
        var problems = new List<string>();
        Collect(problems, () => _ = Learning.Catalog.Algorithms.Named(plan.Algorithm).Recipe(plan.Hyperparameters));
        Collect(problems, () => PlannedTable.Check(plan, new Frame(dataset.Columns.Select(column => new TextColumn(column.Name, [])))));
        if (plan.Threads is < 1 or > 1024)
        {
            problems.Add($"'plan.threads' is {plan.Threads}; it takes 1 to 1024.");
        }

        DataException.ThrowIfAny(problems);
    }

    private static void Collect(List<string> problems, Action check)
    {
        try
        {
            check();
        }
        catch (DataException e)
        {
            problems.AddRange(e.Problems);
        }
    }
}
