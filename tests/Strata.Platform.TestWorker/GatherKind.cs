using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;

namespace Strata.Platform.TestWorker;

/// <summary>Does parts of its work, saves each, and ends with those that are ready when somebody has enough. Parts that are found are not done again.</summary>
public sealed class GatherKind : IJobKind
{
    public string Name => "gather";

    public bool FinishesEarly => true;

    public async Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        int count = work.Payload["parts"]!.GetValue<int>(), ready = 0, found = 0;
        for (; ready < count && !work.Enough.IsCancellationRequested; ready++)
        {
            ICheckpointStore part = work.Checkpoints.Part($"part-{ready}")!;
            if (part.Load() is not null)
            {
                found++;
                continue;
            }

            await Task.Delay(20, cancellation);
            part.Save([(byte)ready]);
            DurableFile.Write(work.OutputPath("gathered"), new byte[ready + 1]);
            work.Progress(100.0 * ready / count, $"part {ready}");
        }

        return new JsonObject { ["ready"] = ready, ["found"] = found, ["worked_ms"] = work.Worked.TotalMilliseconds };
    }
}
