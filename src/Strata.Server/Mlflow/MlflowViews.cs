using Strata.Platform.Runs;

namespace Strata.Server.Mlflow;

/// <summary>Experiments and runs in MLflow's words.</summary>
internal static class MlflowViews
{
    public static object Wire(this Experiment experiment) => new
    {
        ExperimentId = experiment.Id,
        experiment.Name,
        experiment.ArtifactLocation,
        LifecycleStage = Stage(experiment.IsDeleted),
        LastUpdateTime = experiment.UpdatedAt.ToUnixTimeMilliseconds(),
        CreationTime = experiment.CreatedAt.ToUnixTimeMilliseconds(),
        Tags = WireTag.Of(experiment.Tags),
    };

    public static object Wire(this Run run) => new
    {
        Info = run.WireInfo(),
        Data = new
        {
            Metrics = run.LatestMetrics.Select(metric => metric.Point.Wire()).ToArray().OrNull(),
            Params = WireTag.Of(run.Parameters),
            Tags = WireTag.Of(run.Tags),
        },
        Inputs = new { DatasetInputs = run.Inputs.Select(Wire).ToArray().OrNull() },
        Outputs = run.Outputs.Count == 0 ? null : new { ModelOutputs = run.Outputs },
    };

    public static object WireInfo(this Run run) => new
    {
        RunUuid = run.Id,
        run.ExperimentId,
        RunName = run.Name,
        run.UserId,
        Status = run.Status switch
        {
            RunStatus.Scheduled => MlflowRunStatus.Scheduled,
            RunStatus.Running => MlflowRunStatus.Running,
            RunStatus.Finished => MlflowRunStatus.Finished,
            RunStatus.Failed => MlflowRunStatus.Failed,
            _ => MlflowRunStatus.Killed,
        },
        StartTime = run.StartedAt.ToUnixTimeMilliseconds(),
        EndTime = run.EndedAt?.ToUnixTimeMilliseconds(),
        ArtifactUri = run.ArtifactLocation,
        LifecycleStage = Stage(run.IsDeleted),
        RunId = run.Id,
    };

    public static WireMetric Wire(this MetricPoint point, string? runId = null) => new() { Key = point.Name, Value = point.Value, Timestamp = point.Time, Step = point.Step, RunId = runId };

    public static RunStatus? Status(this MlflowRunStatus? status) => status switch
    {
        null => null,
        MlflowRunStatus.Running => RunStatus.Running,
        MlflowRunStatus.Scheduled => RunStatus.Scheduled,
        MlflowRunStatus.Finished => RunStatus.Finished,
        MlflowRunStatus.Failed => RunStatus.Failed,
        _ => RunStatus.Killed,
    };

    public static DatasetInput Input(WireDatasetInput input)
    {
        WireDataset dataset = input.Dataset ?? throw new Learning.Data.DataException("Missing value for required parameter 'dataset'.");
        return new DatasetInput(
            dataset.Name.Required("name"),
            dataset.Digest.Required("digest"),
            dataset.SourceType.Required("source_type"),
            dataset.Source.Required("source"),
            dataset.Schema,
            dataset.Profile,
            input.Tags.Tags());
    }

    private static object Wire(DatasetInput input) => new
    {
        Tags = WireTag.Of(input.Tags),
        Dataset = new WireDataset { Name = input.Name, Digest = input.Digest, SourceType = input.SourceType, Source = input.Source, Schema = input.Schema, Profile = input.Profile },
    };

    private static string Stage(bool isDeleted) => isDeleted ? "deleted" : "active";
}
