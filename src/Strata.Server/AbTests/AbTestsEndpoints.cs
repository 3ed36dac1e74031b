using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.AbTests;
using Strata.Platform.Accounts;
using Strata.Server.Repeats;
using Strata.Server.Safety;

namespace Strata.Server.AbTests;

internal static class AbTestsEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/", Start).WithName("start_ab_test").Makes().Needs(Role.Deployer);
        routes.MapGet("/", List).WithName("list_ab_tests").ForUsers();
        routes.MapGet("/{name}", Get).WithName("get_ab_test").Needs(Role.Viewer, Thing.AbTest, "name");
        routes.MapGet("/{name}/course", GetCourse).WithName("get_ab_test_course").Needs(Role.Viewer, Thing.AbTest, "name");
        routes.MapPost("/{name}/stop", Stop).WithName("stop_ab_test").Needs(Role.Deployer, Thing.AbTest, "name");
        routes.MapDelete("/{name}", Delete).WithName("delete_ab_test").Needs(Role.Deployer, Thing.AbTest, "name");
    }

    /// <summary>Starts an A/B test; the deployment of its name answers its predictions and takes its outcomes.</summary>
    internal static async Task<Created<AbTestView>> Start(AbTestRequest request, Caller caller, StrataPlatform platform)
    {
        string project = caller.ProjectFor(Role.Deployer, request.Project, platform);
        caller.RequireNamed(Role.Viewer, Thing.Model, request.ModelAId, platform);
        caller.RequireNamed(Role.Viewer, Thing.Model, request.ModelBId, platform);
        var plan = new AbTestPlan(request.Name, request.ModelAId, request.ModelBId)
        {
            Split = request.Split,
            Measure = request.Measure?.To<Platform.Deployments.OutcomeMeasure>(),
            Level = request.Level,
            ExpectedDifference = request.ExpectedDifference,
            LeastPerArm = request.LeastPerArm,
            MostFailures = request.MostFailures,
            MostSlowdown = request.MostSlowdown,
            StopsItself = request.StopsItself,
            Project = project,
        };
        AbTest test = await platform.AbTests.StartAsync(plan, caller.Actor.Name).ConfigureAwait(false);
        return TypedResults.Created($"/api/ab-tests/{test.Plan.Name}", test.View(platform));
    }

    /// <summary>The A/B tests, newest first.</summary>
    internal static Ok<Client.Contracts.Page<AbTestView>> List(int? offset, int? count, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.AbTests.List(paging.Offset, paging.Count, caller.Projects).View(test => test.View(platform)));
    }

    /// <summary>One A/B test with what is known so far.</summary>
    internal static Ok<AbTestView> Get(string name, StrataPlatform platform) => TypedResults.Ok(platform.AbTests.Get(name).View(platform));

    /// <summary>How the difference became known, outcome by outcome; at most about 200 moments of it.</summary>
    internal static Ok<IReadOnlyList<Client.Contracts.AbTestMoment>> GetCourse(string name, StrataPlatform platform) =>
        TypedResults.Ok<IReadOnlyList<Client.Contracts.AbTestMoment>>([.. platform.AbTests.Course(platform.AbTests.Get(name)).Select(AbTestsViews.View)]);

    /// <summary>Ends an A/B test as it stands.</summary>
    internal static async Task<Ok<AbTestView>> Stop(string name, AbTestEndRequest request, Caller caller, StrataPlatform platform) =>
        TypedResults.Ok((await platform.AbTests.StopAsync(name, request.Winner, caller.Actor.Name).ConfigureAwait(false)).View(platform));

    /// <summary>Forgets an A/B test; its deployment stays.</summary>
    internal static async Task<NoContent> Delete(string name, StrataPlatform platform)
    {
        await platform.AbTests.DeleteAsync(name).ConfigureAwait(false);
        return TypedResults.NoContent();
    }
}
