using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Runs;
using Strata.Server.Safety;

namespace Strata.Server.Runs;

internal static class ExperimentsEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/", Search).WithName("search_experiments").ForUsers();
        routes.MapGet("/{id}", Get).WithName("get_experiment").Needs(Role.Viewer, Thing.Experiment);
        routes.MapGet("/{id}/runs", SearchRuns).WithName("search_runs").Needs(Role.Viewer, Thing.Experiment);
    }

    /// <summary>The experiments that fit a filter over name, creation_time, last_update_time and tags, such as <c>name ILIKE '%depth%'</c>; the newest first unless ordered otherwise.</summary>
    internal static Ok<ExperimentSearchView> Search(string? filter, string? order_by, int? count, string? page_token, Caller caller, StrataPlatform platform)
    {
        SearchPage<Experiment> found = platform.Experiments.Search(Asked(filter, order_by, count, page_token), caller.Projects);
        IReadOnlyDictionary<string, ExperimentActivity> activity = platform.Experiments.Activity([.. found.Items.Select(experiment => experiment.Id)]);
        return TypedResults.Ok(new ExperimentSearchView([.. found.Items.Select(experiment => experiment.View(activity.GetValueOrDefault(experiment.Id, ExperimentActivity.None)))], found.NextToken));
    }

    /// <summary>One experiment.</summary>
    internal static Ok<ExperimentView> Get(string id, StrataPlatform platform) =>
        TypedResults.Ok(platform.Experiments.Get(id).View(platform.Experiments.Activity([id]).GetValueOrDefault(id, ExperimentActivity.None)));

    /// <summary>The runs of an experiment that fit a filter over metrics, params, tags, datasets and attributes, such as <c>metrics.loss &lt; 0.2 and params.depth = '4'</c>; the newest first unless ordered otherwise.</summary>
    internal static Ok<RunSearchView> SearchRuns(string id, string? filter, string? order_by, int? count, string? page_token, StrataPlatform platform)
    {
        SearchPage<Run> found = platform.Runs.Search([id], Asked(filter, order_by, count, page_token));
        return TypedResults.Ok(new RunSearchView([.. found.Items.Select(run => run.View(platform))], found.NextToken));
    }

    private static SearchRequest Asked(string? filter, string? orderBy, int? count, string? pageToken) => new()
    {
        Filter = filter,
        OrderBy = orderBy is { Length: > 0 } ? [orderBy] : [],
        Count = Math.Max(1, Paging.Of(0, count).Count),
        PageToken = pageToken,
    };
}
