using Strata.Learning.Data;
using Strata.Platform.Accounts;
using Strata.Platform.Runs;
using Strata.Server.Safety;

namespace Strata.Server.Mlflow;

/// <summary>The models that newer clients log beside runs.</summary>
internal static class LoggedModelEndpoints
{
    private const int MostFound = 1000;

    public static void Map(MlflowGroup routes)
    {
        routes.Post<LoggedModelRequest>("", Create).Needs(Role.Trainer);
        routes.Search<LoggedModelSearch>("/search", Search).Needs(Role.Viewer);
        routes.Get<LoggedModelRequest>("/{model_id}", Get).Needs(Role.Viewer, Thing.LoggedModel, "model_id");
        routes.Patch<LoggedModelRequest>("/{model_id}", Finish).Needs(Role.Trainer, Thing.LoggedModel, "model_id");
        routes.Delete<LoggedModelRequest>("/{model_id}", Delete).Needs(Role.Trainer, Thing.LoggedModel, "model_id");
        routes.Patch<LoggedModelRequest>("/{model_id}/tags", SetTags).Needs(Role.Trainer, Thing.LoggedModel, "model_id");
        routes.Delete<LoggedModelRequest>("/{model_id}/tags/{key}", DeleteTag).Needs(Role.Trainer, Thing.LoggedModel, "model_id");
        routes.Get<LoggedModelRequest>("/{model_id}/artifacts/directories", ListFolder).Needs(Role.Viewer, Thing.LoggedModel, "model_id");
    }

    private static async Task<object> Create(LoggedModelRequest request, MlflowCall call)
    {
        LoggedModel made = await call.Platform.LoggedModels.CreateAsync(new NewLoggedModel(call.Experiment(request.ExperimentId, Role.Trainer))
        {
            Name = request.Name,
            ModelType = request.ModelType,
            RunId = request.SourceRunId is { Length: > 0 } run ? call.Run(run, Role.Trainer) : null,
            Parameters = request.Params.Tags(),
            Tags = request.Tags.Tags(),
        }).ConfigureAwait(false);
        return new { Model = Wire(made) };
    }

    private static object Search(LoggedModelSearch request, MlflowCall call)
    {
        SearchPage<LoggedModel> found = call.Platform.LoggedModels.Search(call.VisibleExperiments(request.ExperimentIds), new SearchRequest
        {
            Filter = request.Filter,
            OrderBy = [.. (request.OrderBy ?? []).Select(order => $"{order.FieldName.Required("field_name")} {(order.Ascending == false ? "DESC" : "ASC")}")],
            Count = request.MaxResults.Count(50, MostFound),
            PageToken = request.PageToken,
        });
        return new { Models = found.Items.Select(Wire).ToArray().OrNull(), NextPageToken = found.NextToken };
    }

    private static object Get(LoggedModelRequest request, MlflowCall call) => new { Model = Wire(call.Platform.LoggedModels.Get(request.ModelId.Required("model_id"))) };

    private static async Task<object> Finish(LoggedModelRequest request, MlflowCall call)
    {
        LoggedModelStatus status = request.Status switch
        {
            MlflowModelStatus.LoggedModelReady => LoggedModelStatus.Ready,
            MlflowModelStatus.LoggedModelUploadFailed => LoggedModelStatus.Failed,
            null => throw new DataException("Missing value for required parameter 'status'."),
            _ => LoggedModelStatus.Pending,
        };
        return new { Model = Wire(await call.Platform.LoggedModels.FinishAsync(request.ModelId.Required("model_id"), status, request.StatusMessage).ConfigureAwait(false)) };
    }

    private static async Task<object> Delete(LoggedModelRequest request, MlflowCall call)
    {
        await call.Platform.LoggedModels.DeleteAsync(request.ModelId.Required("model_id")).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static async Task<object> SetTags(LoggedModelRequest request, MlflowCall call) =>
        new { Model = Wire(await call.Platform.LoggedModels.SetTagsAsync(request.ModelId.Required("model_id"), request.Tags.Tags()).ConfigureAwait(false)) };

    private static async Task<object> DeleteTag(LoggedModelRequest request, MlflowCall call)
    {
        await call.Platform.LoggedModels.DeleteTagAsync(request.ModelId.Required("model_id"), request.Key.Required("key")).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static object ListFolder(LoggedModelRequest request, MlflowCall call)
    {
        LoggedModel model = call.Platform.LoggedModels.Get(request.ModelId.Required("model_id"));
        string folder = request.ArtifactDirectoryPath is { Length: > 0 } path ? ArtifactAddress.Check(path.TrimEnd('/')) : string.Empty;
        return new
        {
            RootUri = model.ArtifactLocation,
            Files = call.Platform.Artifacts.List(model.Id, folder).Select(entry => new { entry.Path, IsDir = entry.IsFolder, FileSize = entry.Bytes }).ToArray().OrNull(),
        };
    }

    private static object Wire(LoggedModel model) => new
    {
        Info = new
        {
            ModelId = model.Id,
            model.ExperimentId,
            model.Name,
            CreationTimestampMs = model.CreatedAt.ToUnixTimeMilliseconds(),
            LastUpdatedTimestampMs = model.UpdatedAt.ToUnixTimeMilliseconds(),
            ArtifactUri = model.ArtifactLocation,
            Status = model.Status switch
            {
                LoggedModelStatus.Ready => MlflowModelStatus.LoggedModelReady,
                LoggedModelStatus.Failed => MlflowModelStatus.LoggedModelUploadFailed,
                _ => MlflowModelStatus.LoggedModelPending,
            },
            model.ModelType,
            SourceRunId = model.RunId,
            model.StatusMessage,
            Tags = WireTag.Of(model.Tags),
        },
        Data = new { Params = WireTag.Of(model.Parameters) },
    };
}

/// <summary>A logged model's state in MLflow's words and numbers.</summary>
internal enum MlflowModelStatus
{
    LoggedModelStatusUnspecified = 0,
    LoggedModelPending = 1,
    LoggedModelReady = 2,
    LoggedModelUploadFailed = 3,
}

internal sealed record LoggedModelRequest
{
    public string? ModelId { get; init; }

    public string? ExperimentId { get; init; }

    public string? Name { get; init; }

    public string? ModelType { get; init; }

    public string? SourceRunId { get; init; }

    public IReadOnlyList<WireTag>? Params { get; init; }

    public IReadOnlyList<WireTag>? Tags { get; init; }

    public MlflowModelStatus? Status { get; init; }

    public string? StatusMessage { get; init; }

    public string? Key { get; init; }

    public string? ArtifactDirectoryPath { get; init; }
}

internal sealed record LoggedModelSearch
{
    public IReadOnlyList<string>? ExperimentIds { get; init; }

    public string? Filter { get; init; }

    public IReadOnlyList<LoggedModelOrder>? OrderBy { get; init; }

    public long? MaxResults { get; init; }

    public string? PageToken { get; init; }
}

internal sealed record LoggedModelOrder
{
    public string? FieldName { get; init; }

    public bool? Ascending { get; init; }
}
