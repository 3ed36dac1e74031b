using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Platform;
using Strata.Platform.Datasets;
using Strata.Server.Jobs;
using Strata.Server.Runs;
using Strata.Server.Safety;
using SplitPart = Strata.Client.Contracts.SplitPart;

namespace Strata.Server.Datasets;

internal static class DerivationViews
{
    public static DerivationView View(this Derivation derivation) => new(
        derivation.ParentId,
        derivation.ParentName,
        derivation.ParentHash,
        derivation.RowsBefore,
        derivation.ColumnsBefore,
        derivation.Target,
        [.. derivation.Done.Select(View)],
        derivation.Split is { } split ? View(split) : null);

    /// <summary>Records what a request asks for; the parts of a split are several.</summary>
    /// <exception cref="DataException">It asks for steps and a split, or neither, or they do not fit.</exception>
    public static async Task<IReadOnlyList<Dataset>> Start(this DerivationRequest request, string parentId, Caller caller, StrataPlatform platform)
    {
        if (request is { Steps: { Count: > 0 } steps, Split: null })
        {
            return [await platform.DerivedDatasets.DeriveAsync(parentId, new DerivationOrder(steps.ToPlans()) { Target = request.Target, Name = request.Name, Seed = request.Seed ?? 0, Terms = caller.Terms() }).ConfigureAwait(false)];
        }

        if (request is not { Split: { } split, Steps: null or { Count: 0 } })
        {
            throw new DataException("A dataset is made by 'steps' or by a 'split': name one of the two.");
        }

        var usual = new SplitPlan();
        var plan = new SplitPlan
        {
            Target = request.Target ?? platform.Datasets.Get(parentId).SuggestedTarget,
            TestSize = split.TestSize ?? usual.TestSize,
            ValidationSize = split.ValidationSize ?? 0,
            Stratify = split.Stratify ?? true,
            Group = split.Group,
            Time = split.Time,
            Seed = request.Seed ?? 0,
        };
        return await platform.DerivedDatasets.SplitAsync(parentId, plan, request.Name, caller.Terms()).ConfigureAwait(false);
    }

    private static DatasetSplitView View(DatasetSplit split) => new(
        split.Part.To<SplitPart>(), split.TrainId, split.ValidationId, split.TestId, split.Plan.TestSize, split.Plan.ValidationSize, split.Plan.Stratify, split.Plan.Group, split.Plan.Time, split.Plan.Seed, split.Text);

    public static DerivedStepView View(this DerivedStep step) => new(
        step.Step,
        PlanViews.Elements(step.Settings),
        step.Target,
        step.FittedRows,
        step.RowsBefore,
        step.RowsAfter,
        step.ColumnsBefore,
        step.ColumnsAfter,
        step.Filled,
        step.Outliers,
        step.Scores,
        step.Dropped,
        step.Notes);
}
