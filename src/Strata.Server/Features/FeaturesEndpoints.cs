using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Server.Jobs;
using Strata.Server.Repeats;
using Strata.Server.Safety;
using FeatureGroupRequest = Strata.Client.Contracts.FeatureGroupRequest;
using FeatureJoinRequest = Strata.Client.Contracts.FeatureJoinRequest;

namespace Strata.Server.Features;

internal static class FeaturesEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/", Define).WithName("define_features").Makes().Needs(Role.Trainer);
        routes.MapGet("/", List).WithName("list_feature_groups").ForUsers();
        routes.MapPost("/join", Join).WithName("join_features").Makes().Needs(Role.Trainer);
        routes.MapGet("/{id}", Get).WithName("get_feature_group").Needs(Role.Viewer, Thing.FeatureGroup);
        routes.MapDelete("/{id}", Delete).WithName("delete_feature_group").Needs(Role.Trainer, Thing.FeatureGroup);
        routes.MapPost("/{id}/materialise", Materialise).WithName("materialise_features").Makes().Needs(Role.Trainer, Thing.FeatureGroup);
        routes.MapGet("/{id}/online", GetOnline).WithName("get_online_features").Needs(Role.Viewer, Thing.FeatureGroup);
    }

    /// <summary>Defines features over the rows of a dataset. A definition never changes: another one under the same name is its next version, the same one is answered once more.</summary>
    internal static async Task<Created<FeatureGroupView>> Define(FeatureGroupRequest request, Caller caller, StrataPlatform platform)
    {
        caller.Require(Role.Trainer, Thing.Dataset, request.DatasetId, platform);
        FeatureGroupView group = (await platform.Features.DefineAsync(request.Definition(caller.Actor.Name)).ConfigureAwait(false)).View();
        return TypedResults.Created($"/api/features/{group.Id}", group);
    }

    /// <summary>The feature groups, newest first; of one name, or all.</summary>
    internal static Ok<Client.Contracts.Page<FeatureGroupView>> List(int? offset, int? count, string? name, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Features.List(paging.Offset, paging.Count, name, caller.Projects).View(FeaturesViews.View));
    }

    /// <summary>One version of a feature group.</summary>
    internal static Ok<FeatureGroupView> Get(string id, StrataPlatform platform) => TypedResults.Ok(platform.Features.Get(id).View());

    /// <summary>Deletes a version with its values; refused while a job uses it.</summary>
    internal static async Task<NoContent> Delete(string id, StrataPlatform platform)
    {
        await platform.Features.DeleteAsync(id).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>Starts the job that works out a group's values; they replace those that are there when it completes.</summary>
    internal static async Task<Accepted<JobView>> Materialise(string id, MaterialisationRequest? request, Caller caller, StrataPlatform platform)
    {
        caller.RequireNamed(Role.Viewer, Thing.Dataset, request?.DatasetId, platform);
        return Started(await platform.Features.MaterialiseAsync(id, request?.DatasetId, caller.Terms(request?.Priority, request?.After, platform)).ConfigureAwait(false), platform);
    }

    /// <summary>Starts the job that makes a dataset out of a table and features as they were known at each row's time; its result is <c>{ dataset_id, row_count, column_count }</c>.</summary>
    internal static async Task<Accepted<JobView>> Join(FeatureJoinRequest request, Caller caller, StrataPlatform platform)
    {
        caller.Require(Role.Trainer, Thing.Dataset, request.DatasetId, platform);
        return Started(await platform.Features.JoinAsync(request.Order(caller.Terms(request.Priority, request.After, platform))).ConfigureAwait(false), platform);
    }

    /// <summary>What is known of an entity now, or was at an earlier moment. <c>entity</c> stands once for each entity column, in their order.</summary>
    internal static Ok<LatestFeatures> GetOnline(string id, string[] entity, DateTimeOffset? at, StrataPlatform platform) =>
        TypedResults.Ok(platform.Features.Online(id, entity, at).View(platform.Features.Get(id)));

    private static Accepted<JobView> Started(string jobId, StrataPlatform platform) => TypedResults.Accepted($"/api/jobs/{jobId}", platform.Jobs.Get(jobId).View());
}
