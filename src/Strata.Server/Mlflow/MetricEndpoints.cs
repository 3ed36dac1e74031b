using Strata.Learning.Data;
using Strata.Platform.Accounts;
using Strata.Platform.Runs;
using Strata.Server.Safety;

namespace Strata.Server.Mlflow;

internal static class MetricEndpoints
{
    private const int MostPoints = 25_000;
    private const int MostRuns = 100;

    public static void Map(MlflowGroup routes)
    {
        routes.Get<MetricHistoryRequest>("/get-history", History).Needs(Role.Viewer);
        routes.Get<MetricHistoryRequest>("/get-history-bulk", HistoryOfMany).Needs(Role.Viewer);
    }

    private static object History(MetricHistoryRequest request, MlflowCall call)
    {
        string id = (request.RunId is [string run, ..] ? run : request.RunUuid).Required("run_id");
        int count = request.MaxResults is null ? int.MaxValue - 1 : request.MaxResults.Count(MostPoints, int.MaxValue - 1);
        SearchPage<MetricPoint> points = call.Platform.Runs.MetricHistory(call.Run(id, Role.Viewer), request.MetricKey.Required("metric_key"), count, request.PageToken);
        return new { Metrics = points.Items.Select(point => point.Wire()).ToArray().OrNull(), NextPageToken = points.NextToken };
    }

    /// <summary>The points of one metric of several runs, each run's by time.</summary>
    private static object HistoryOfMany(MetricHistoryRequest request, MlflowCall call)
    {
        IReadOnlyList<string> ids = request.RunId.Required("run_id");
        string key = request.MetricKey.Required("metric_key");
        if (ids.Count > MostRuns)
        {
            throw new DataException($"There are {ids.Count} runs in 'run_id'; expected at most {MostRuns}.");
        }

        int most = request.MaxResults.Count(MostPoints, MostPoints);
        WireMetric[] points =
        [
            .. call.VisibleRuns(ids).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .SelectMany(id => call.Platform.Runs.MetricHistory(id, key, most).Items.OrderBy(point => (point.Time, point.Step, point.Value)).Select(point => point.Wire(id))).Take(most),
        ];
        return new { Metrics = points };
    }
}

internal sealed record MetricHistoryRequest
{
    public IReadOnlyList<string>? RunId { get; init; }

    public string? RunUuid { get; init; }

    public string? MetricKey { get; init; }

    public long? MaxResults { get; init; }

    public string? PageToken { get; init; }
}
