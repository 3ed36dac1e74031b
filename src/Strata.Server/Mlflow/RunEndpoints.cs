using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Platform.Accounts;
using Strata.Platform.Runs;
using Strata.Server.Safety;

namespace Strata.Server.Mlflow;

internal static class RunEndpoints
{
    private const int MostFound = 50_000;
    private const string ModelHistoryTag = "mlflow.log-model.history";

    /// <summary>What is logged is data, often several times a second, and no change that anybody asks after; beginnings, ends and deletions are.</summary>
    public static void Map(MlflowGroup routes)
    {
        routes.Post<RunRequest>("/create", Create).Needs(Role.Trainer);
        routes.Post<RunRequest>("/update", Update).Needs(Role.Trainer);
        routes.Post<RunRequest>("/delete", Delete).Needs(Role.Trainer);
        routes.Post<RunRequest>("/restore", Restore).Needs(Role.Trainer);
        routes.Get<RunRequest>("/get", Get).Needs(Role.Viewer);
        routes.Search<RunSearch>("/search", Search).Needs(Role.Viewer);
        routes.Post<RunRequest>("/log-metric", LogMetric).Needs(Role.Trainer).Unaudited();
        routes.Post<RunRequest>("/log-parameter", LogParameter).Needs(Role.Trainer).Unaudited();
        routes.Post<RunRequest>("/set-tag", SetTag).Needs(Role.Trainer).Unaudited();
        routes.Post<RunRequest>("/delete-tag", DeleteTag).Needs(Role.Trainer);
        routes.Post<RunBatch>("/log-batch", LogBatch).Needs(Role.Trainer).Unaudited();
        routes.Post<RunBatch>("/log-inputs", LogInputs).Needs(Role.Trainer).Unaudited();
        routes.Post<RunBatch>("/outputs", LogOutputs).Needs(Role.Trainer);
        routes.Post<RunRequest>("/log-model", LogModel).Needs(Role.Trainer).Unaudited();
    }

    private static async Task<object> Create(RunRequest request, MlflowCall call)
    {
        Run run = await call.Platform.RunReports.BeginAsync(new NewRun
        {
            ExperimentId = call.Experiment(request.ExperimentId is { Length: > 0 } id ? id : Experiment.DefaultId, Role.Trainer),
            Name = request.RunName,
            UserId = request.UserId ?? string.Empty,
            StartedAt = request.StartTime.Time("start_time"),
            Tags = request.Tags.Tags(),
        }).ConfigureAwait(false);
        return new { Run = run.Wire() };
    }

    private static async Task<object> Update(RunRequest request, MlflowCall call)
    {
        Run run = await call.Platform.RunReports.UpdateAsync(call.Run(request.Id, Role.Trainer), request.Status.Status(), request.EndTime.Time("end_time"), request.RunName is { Length: > 0 } name ? name : null).ConfigureAwait(false);
        return new { RunInfo = run.WireInfo() };
    }

    private static async Task<object> Delete(RunRequest request, MlflowCall call)
    {
        await call.Platform.RunReports.DeleteAsync(call.Run(request.Id, Role.Trainer)).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static async Task<object> Restore(RunRequest request, MlflowCall call)
    {
        await call.Platform.RunReports.RestoreAsync(call.Run(request.Id, Role.Trainer)).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static object Get(RunRequest request, MlflowCall call) => new { Run = call.Platform.Runs.Get(call.Run(request.Id, Role.Viewer)).Wire() };

    private static object Search(RunSearch request, MlflowCall call)
    {
        SearchPage<Run> found = call.Platform.Runs.Search(call.VisibleExperiments(request.ExperimentIds), new SearchRequest
        {
            Filter = request.Filter,
            OrderBy = request.OrderBy ?? [],
            View = request.RunViewType.View(),
            Count = request.MaxResults.Count(1000, MostFound),
            PageToken = request.PageToken,
        });
        return new { Runs = found.Items.Select(MlflowViews.Wire).ToArray().OrNull(), NextPageToken = found.NextToken };
    }

    private static Task<object> LogMetric(RunRequest request, MlflowCall call)
    {
        var metric = new MetricPoint(request.Key.Required("key"), request.Step ?? 0, request.Metric, request.Timestamp.Required("timestamp"));
        return Log(call.Run(request.Id, Role.Trainer), new LogEntry { Metrics = [metric] }, call);
    }

    private static Task<object> LogParameter(RunRequest request, MlflowCall call) =>
        Log(call.Run(request.Id, Role.Trainer), new LogEntry { Parameters = [KeyValuePair.Create(request.Key.Required("key"), request.Text)] }, call);

    private static Task<object> SetTag(RunRequest request, MlflowCall call) =>
        Log(call.Run(request.Id, Role.Trainer), new LogEntry { Tags = [KeyValuePair.Create(request.Key.Required("key"), request.Text)] }, call);

    private static async Task<object> DeleteTag(RunRequest request, MlflowCall call)
    {
        await call.Platform.RunReports.DeleteTagAsync(call.Run(request.Id, Role.Trainer), request.Key.Required("key")).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static Task<object> LogBatch(RunBatch request, MlflowCall call) => Log(
        call.Run(request.RunId.Required("run_id"), Role.Trainer),
        new LogEntry
        {
            Metrics = [.. (request.Metrics ?? []).Select(metric => new MetricPoint(metric.Key.Required("key"), metric.Step ?? 0, metric.Value.Required("value"), metric.Timestamp.Required("timestamp")))],
            Parameters = [.. (request.Params ?? []).Select(Pair)],
            Tags = [.. (request.Tags ?? []).Select(Pair)],
        },
        call);

    private static async Task<object> LogInputs(RunBatch request, MlflowCall call)
    {
        await call.Platform.RunReports.AddInputsAsync(call.Run(request.RunId.Required("run_id"), Role.Trainer), [.. (request.Datasets ?? []).Select(MlflowViews.Input)]).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static async Task<object> LogOutputs(RunBatch request, MlflowCall call)
    {
        ModelOutput[] outputs = [.. (request.Models ?? []).Select(model => new ModelOutput(call.LoggedModel(model.ModelId, Role.Trainer), model.Step ?? 0))];
        await call.Platform.LoggedModels.AddOutputsAsync(call.Run(request.RunId.Required("run_id"), Role.Trainer), outputs).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static async Task<object> LogModel(RunRequest request, MlflowCall call)
    {
        JsonObject model = ModelOf(request.ModelJson.Required("model_json"));
        await call.Platform.RunReports.ChangeTagAsync(call.Run(request.Id, Role.Trainer), ModelHistoryTag, before =>
        {
            JsonArray history = before is null ? [] : JsonNode.Parse(before) as JsonArray ?? [];
            history.Add(model.DeepClone());
            return history.ToJsonString();
        }).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static JsonObject ModelOf(string json)
    {
        JsonObject? model;
        try
        {
            model = JsonNode.Parse(json) as JsonObject;
        }
        catch (JsonException)
        {
            model = null;
        }

        string[] missing = [.. ((string[])["artifact_path", "flavors", "utc_time_created", "run_id"]).Where(field => model?.ContainsKey(field) != true)];
        return model is null ? throw new DataException("Malformed model info: 'model_json' is not a JSON object.")
            : missing.Length > 0 ? throw new DataException($"Model json is missing mandatory fields: {string.Join(", ", missing)}.")
            : model;
    }

    private static async Task<object> Log(string id, LogEntry entry, MlflowCall call)
    {
        await call.Platform.RunReports.LogAsync(id, entry).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static KeyValuePair<string, string> Pair(WireTag tag) => KeyValuePair.Create(tag.Key.Required("key"), tag.Value ?? string.Empty);
}
