using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Learning.Validation.Leaks;
using Strata.Learning.Workflow;
using Strata.Platform;
using Strata.Platform.Datasets;
using Strata.Platform.Runs;
using Strata.Platform.Storage;

namespace Strata.Server.Runs;

/// <summary>Whether the weights that a training begins from have seen rows that it will be tested on: they, or those that they began from themselves, were learned from the same dataset under another split.</summary>
internal static class SeenRows
{
    private const int MostGenerations = 100;

    public static IReadOnlyList<PreparationLeak> Of(string modelId, Dataset dataset, TrainingPlan plan, StrataPlatform platform)
    {
        foreach (Run earlier in Ancestry(modelId, platform))
        {
            TrainingPlan its = JsonText.Read<TrainingPlan>(earlier.Plan!.ToJsonString());
            if (earlier.DatasetId is string id && platform.Datasets.Find(id) is Dataset learned && learned.ContentHash == dataset.ContentHash && !IsSplitAlike(its, plan))
            {
                return
                [
                    new PreparationLeak(
                        LeakSeverity.Warning,
                        $"The weights were learned by '{earlier.Name}' from the same dataset under another split, so that they have seen rows of this test.",
                        string.Create(CultureInfo.InvariantCulture, $"Split as that training did (seed {its.Seed}, test_size {its.TestSize}, the same target, group and time), or test on rows of another dataset."))
                    {
                        Kind = LeakKind.WeightsSawTestRows,
                    },
                ];
            }
        }

        return [];
    }

    /// <summary>The run that trained the model, the one that trained what it began from, and so on.</summary>
    private static IEnumerable<Run> Ancestry(string modelId, StrataPlatform platform)
    {
        string? at = modelId;
        for (int generation = 0; at is not null && generation < MostGenerations; generation++)
        {
            string? runId = platform.Models.Find(at)?.RunId;
            if (runId is null || platform.Runs.ProjectOf(runId) is null || platform.Runs.Get(runId) is not { JobId: string job, Plan: not null } run)
            {
                yield break;
            }

            yield return run;
            at = platform.Jobs.Get(job).Payload[StartWeights.Input] is JsonNode start ? JsonText.Read<StartWeights>(start.ToJsonString()).ModelId : null;
        }
    }

    /// <summary>Whether both hold the same rows of a dataset back.</summary>
    private static bool IsSplitAlike(TrainingPlan one, TrainingPlan other) =>
        (one.Target, one.Task, one.Seed, one.TestSize, one.Group, one.Time) == (other.Target, other.Task, other.Seed, other.TestSize, other.Group, other.Time);
}
