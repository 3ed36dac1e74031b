using System.Text.Json.Nodes;
using Strata.Platform.Features;

namespace Strata.Platform.Jobs;

/// <summary>Puts materialised values in the place of those that a feature group has.</summary>
internal sealed class MaterialiseFeaturesFinish(TimeProvider clock) : IJobFinish
{
    public string Kind => FeatureStore.MaterialiseKind;

    public Task<JobFinish> PrepareAsync(EndedJob ended, CancellationToken cancellation)
    {
        if (ended.Status != JobStatus.Completed)
        {
            return Task.FromResult(new JobFinish(null));
        }

        string groupId = ended.Job.Payload["group_id"]!.GetValue<string>();
        var values = new FeatureValuesInfo(
            ended.File(MaterialiseFeatures.ValuesFile).Hash,
            ended.Job.Payload["dataset_id"]!.GetValue<string>(),
            ended.Result!["rows"]!.GetValue<long>(),
            ended.Result["entities"]!.GetValue<long>(),
            clock.GetUtcNow(),
            ended.Job.Id);
        var result = (JsonObject)ended.Result.DeepClone();
        result["feature_group_id"] = groupId;
        return Task.FromResult(new JobFinish(result, connection => FeatureStore.Finish(connection, groupId, values)) { Artifacts = [] });
    }
}
