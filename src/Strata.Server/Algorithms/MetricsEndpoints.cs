using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Learning.Metrics;
using Strata.Server.Safety;

namespace Strata.Server.Algorithms;

internal static class MetricsEndpoints
{
    public static void Map(RouteGroupBuilder routes) => routes.MapGet("/", List).WithName("list_metrics").ForUsers();

    /// <summary>The metrics that models are judged, ranked and tuned by.</summary>
    internal static Ok<Page<MetricView>> List(int? offset, int? count) => TypedResults.Ok(Metric.All.View(
        Paging.Of(offset, count),
        metric => new MetricView(metric.Name, metric.Title, metric.HigherIsBetter, [.. metric.Tasks.Select(task => task.To<LearningTask>())], metric.Meaning)));
}
