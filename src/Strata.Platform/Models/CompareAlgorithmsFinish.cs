using System.Text.Json.Nodes;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;

namespace Strata.Platform.Models;

/// <summary>Notes which algorithm of a comparison was the best.</summary>
internal sealed class CompareAlgorithmsFinish : IJobFinish
{
    public string Kind => ComparisonHistory.CompareKind;

    public Task<JobFinish> PrepareAsync(EndedJob ended, CancellationToken cancellation) =>
        Task.FromResult(ended.Status == JobStatus.Completed ? Complete(ended) : new JobFinish(null));

    private static JobFinish Complete(EndedJob ended)
    {
        string id = ended.Job.Payload["comparison_id"]!.GetValue<string>();
        string? best = ended.Result?["best"]?.GetValue<string>();
        return new JobFinish(new JsonObject { ["comparison_id"] = id, ["best"] = best }, connection => ComparisonHistory.Finish(connection, id, best));
    }
}
