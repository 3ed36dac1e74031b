using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Learning.Neural;
using Strata.Learning.Workflow;
using Strata.Platform;
using Strata.Platform.Deployments;
using Strata.Platform.Jobs;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Server.Deployments;
using Strata.Server.Jobs;
using Strata.Server.Models;
using Strata.Server.Runs;
using JobStatus = Strata.Platform.Jobs.JobStatus;
using MetricSeries = Strata.Platform.Runs.MetricSeries;

namespace Strata.Server.Surfaces.Rockfall;

internal static class RockfallViews
{
    /// <param name="run">The training.</param>
    /// <param name="platform">What else is known of it.</param>
    /// <param name="lines">How many lines of its log are told.</param>
    public static RockfallJobView RockfallJob(this Run run, StrataPlatform platform, int lines)
    {
        Job job = platform.Jobs.Get(run.JobId!);
        IReadOnlyList<MetricSeries> series = platform.Runs.Series(run.Id);
        int done = series.Count == 0 ? 0 : (int)series.Max(one => one.Points.Count == 0 ? 0 : one.Points.Max(point => point.Step) + 1);
        return new RockfallJobView(
            job.Id,
            job.Terms.AskedBy,
            RockfallConfig.Of(run),
            job.Status.To<Client.Contracts.JobStatus>(),
            Math.Clamp(job.Progress, 0, 100),
            done,
            Math.Max(done, EpochsOf(run) ?? 0),
            job.CreatedAt,
            Epochs.Of(series),
            [.. platform.Jobs.LastLog(job.Id, lines).Select(LogText.Of), .. job.Error is string error ? [error] : Array.Empty<string>()],
            job.Status == JobStatus.Completed ? Metrics(run) : null,
            PathsOf(run));
    }

    public static RockfallReportView RockfallReport(this Run run, StrataPlatform platform)
    {
        Job job = platform.Jobs.Get(run.JobId!);
        StoredModel model = platform.Models.Find(run.ModelId!) ?? throw new ConflictException($"The model of '{run.Name}' has been deleted.");
        EvaluationView evaluation = RunsEndpoints.Evaluation(run, platform);
        return new RockfallReportView(
            job.Id,
            job.Status.To<Client.Contracts.JobStatus>(),
            job.CreatedAt,
            RockfallConfig.Of(run),
            DataOf(run, job, platform),
            model.View(),
            Metrics(run),
            evaluation,
            [.. platform.Runs.Series(run.Id).Select(RunsViews.View)],
            run.Notes,
            $"/api/runs/{run.Id}/report");
    }

    public static RockfallDeploymentView RockfallDeployment(this Deployment deployment, StrataPlatform platform)
    {
        DeploymentRevisionView current = deployment.Current.View(platform);
        DeployedModelView main = current.Models.MaxBy(model => model.Share)!;
        string? run = platform.Models.Find(main.ModelId)?.RunId;
        return new RockfallDeploymentView(
            deployment.Id,
            deployment.Name,
            run is not null && platform.Runs.ProjectOf(run) is not null ? platform.Runs.Get(run).JobId : null,
            main.ModelId,
            main.Name,
            main.Version,
            main.Share,
            current.Revision,
            current.Change,
            $"/api/deployments/{deployment.Name}/predictions",
            current.At,
            current.By);
    }

    private static RockfallDataView DataOf(Run run, Job job, StrataPlatform platform)
    {
        Platform.Datasets.Dataset? dataset = run.DatasetId is string id ? platform.Datasets.Find(id) : null;
        return new RockfallDataView(
            run.DatasetId ?? string.Empty,
            run.DatasetName ?? string.Empty,
            dataset?.RowCount,
            dataset?.ColumnCount,
            run.Plan!["target"]?.GetValue<string>(),
            job.Result?["training_rows"]?.GetValue<int>() ?? 0,
            job.Result?["test_rows"]?.GetValue<int>() ?? 0,
            job.Result?["split"]?.GetValue<string>() ?? string.Empty);
    }

    /// <summary>How many epochs there will be at the most; null of an algorithm that has none.</summary>
    private static int? EpochsOf(Run run)
    {
        TrainingPlan plan = JsonText.Read<TrainingPlan>(run.Plan!.ToJsonString());
        try
        {
            return Learning.Catalog.Algorithms.Named(plan.Algorithm).Recipe(plan.Hyperparameters) is NetworkRecipe network ? network.Epochs * network.EnsembleMembers : null;
        }
        catch (DataException)
        {
            // A run of another version of the program may name what this one does not have.
            return null;
        }
    }

    private static Dictionary<string, double?> Metrics(Run run) => run.Metrics.ToDictionary(metric => metric.Key, metric => (double?)metric.Value);

    private static Dictionary<string, string> PathsOf(Run run) => run.ModelId is not string model ? [] : new()
    {
        ["model"] = $"/api/models/{model}/file",
        ["evaluation"] = $"/api/runs/{run.Id}/evaluation",
        ["report"] = $"/api/training/report/{run.JobId}",
    };
}
