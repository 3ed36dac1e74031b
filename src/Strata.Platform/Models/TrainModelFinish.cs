using System.Text.Json.Nodes;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Platform.Storage;

namespace Strata.Platform.Models;

/// <summary>Registers what a training, tuned or not, has come to: the model, and the run's metrics and notes.</summary>
internal sealed class TrainModelFinish(string kind, RunHistory runs, ModelLibrary models) : IJobFinish
{
    public string Kind => kind;

    public Task<JobFinish> PrepareAsync(EndedJob ended, CancellationToken cancellation)
    {
        return Task.FromResult(ended.Status == JobStatus.Completed ? Complete(ended) : new JobFinish(null));
    }

    private JobFinish Complete(EndedJob ended)
    {
        var result = (JsonObject)ended.Result!.DeepClone();
        Run? run = runs.OfJob(ended.Job.Id);
        Dictionary<string, double> metrics = JsonText.Read<Dictionary<string, double>>(result["metrics"]!.ToJsonString());
        StoredModel model = models.Describe(ended.File(TrainModel.ModelFileName), new ModelEntry(run?.Name ?? $"{result["algorithm"]} {ended.Job.Id[..6]}")
        {
            Origin = ModelOrigin.Trained,
            Project = ended.Job.Project,
            Metrics = metrics,
            RunId = run?.Id,
            Preset = ended.Job.Payload["preset"]?.GetValue<string>(),
        });
        result["run_id"] = run?.Id;
        result["model_id"] = model.Id;
        return new JobFinish(result, connection =>
        {
            ModelLibrary.Add(connection, model);
            if (run is not null)
            {
                runs.Finish(connection, run.Id, metrics, model.Id, JsonText.Read<string[]>(result["notes"]!.ToJsonString()));
            }
        });
    }
}
