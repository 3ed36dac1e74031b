using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Models;
using Strata.Server.Safety;
using ModelVersionStatus = Strata.Platform.Models.ModelVersionStatus;

namespace Strata.Server.Registry;

/// <summary>Versions of registered models.</summary>
internal static class VersionEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/", List).WithName("list_model_versions").Needs(Role.Viewer, Thing.RegisteredModel, "name");
        routes.MapPost("/", Register).WithName("register_model_version").Needs(Role.Trainer);
        routes.MapGet("/{version}", Get).WithName("get_model_version").Needs(Role.Viewer, Thing.RegisteredModel, "name");
        routes.MapPatch("/{version}", Change).WithName("change_model_version").Needs(Role.Trainer, Thing.RegisteredModel, "name");
        routes.MapDelete("/{version}", Delete).WithName("delete_model_version").Needs(Role.Trainer, Thing.RegisteredModel, "name");
        routes.MapGet("/{version}/gates", CheckGates).WithName("check_gates").Needs(Role.Viewer, Thing.RegisteredModel, "name");
        routes.MapPost("/{version}/approvals", Approve).WithName("approve_model_version").Needs(Role.Deployer, Thing.RegisteredModel, "name");
        routes.MapPost("/{version}/promote", Promote).WithName("promote_model_version").Needs(Role.Deployer, Thing.RegisteredModel, "name");
        routes.MapPost("/{version}/demote", Demote).WithName("demote_model_version").Needs(Role.Deployer, Thing.RegisteredModel, "name");
    }

    /// <summary>The versions, newest first.</summary>
    internal static Ok<Client.Contracts.Page<ModelVersionView>> List(string name, int? offset, int? count, string? project, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Registry.Versions(name, paging.Offset, paging.Count, caller.ProjectFor(Role.Viewer, project, platform)).View(version => version.View(platform)));
    }

    /// <summary>Registers a finished model as a version, and the name when it is new. The same model once more is the version that is there.</summary>
    internal static async Task<Created<ModelVersionView>> Register(string name, string? project, ModelVersionRequest request, Caller caller, StrataPlatform platform)
    {
        string modelId = ModelIdOf(request, caller, platform);
        string owner = caller.Require(Role.Trainer, Thing.Model, modelId, platform);
        if (project is not null && caller.ProjectFor(Role.Trainer, project, platform) != owner)
        {
            throw new DataException($"The model '{modelId}' belongs to another project; a version belongs to its model's.");
        }

        var told = new NewModelVersion(string.Empty) { Description = request.Description ?? string.Empty, Tags = request.Tags ?? new Dictionary<string, string>() };
        ModelVersion version = await platform.Registry.RegisterModelAsync(name, modelId, told, request.Alias, owner, caller.Actor.Name).ConfigureAwait(false);
        return TypedResults.Created($"/api/registry/models/{Uri.EscapeDataString(name)}/versions/{version.Version}", version.View(platform));
    }

    /// <summary>One version.</summary>
    internal static Ok<ModelVersionView> Get(string name, int version, string? project, Caller caller, StrataPlatform platform) =>
        TypedResults.Ok(platform.Registry.GetVersion(name, version, caller.ProjectFor(Role.Viewer, project, platform)).View(platform));

    /// <summary>Changes description, tags or aliases.</summary>
    internal static async Task<Ok<ModelVersionView>> Change(string name, int version, string? project, ModelVersionChangeRequest request, Caller caller, StrataPlatform platform)
    {
        string owner = caller.ProjectFor(Role.Viewer, project, platform);
        foreach ((string key, string? value) in request.Tags ?? new Dictionary<string, string?>())
        {
            await (value is null ? platform.Registry.DeleteVersionTagAsync(name, version, key, owner) : platform.Registry.SetVersionTagAsync(name, version, key, value, owner)).ConfigureAwait(false);
        }

        foreach (string alias in request.Aliases ?? [])
        {
            await platform.Registry.SetAliasAsync(name, alias, version, owner).ConfigureAwait(false);
        }

        if (request.Description is string description)
        {
            await platform.Registry.DescribeVersionAsync(name, version, description, owner).ConfigureAwait(false);
        }

        return TypedResults.Ok(platform.Registry.GetVersion(name, version, owner).View(platform));
    }

    /// <summary>Deletes a version; its stored model stays, and its number is not given again.</summary>
    internal static async Task<NoContent> Delete(string name, int version, string? project, Caller caller, StrataPlatform platform)
    {
        await platform.Registry.DeleteVersionAsync(name, version, caller.ProjectFor(Role.Viewer, project, platform)).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>What a promotion to production would meet now; nothing changes.</summary>
    internal static async Task<Ok<PromotionCheckView>> CheckGates(string name, int version, string? project, Caller caller, StrataPlatform platform)
    {
        string owner = caller.ProjectFor(Role.Viewer, project, platform);
        return TypedResults.Ok((await platform.Promotions.CheckAsync(name, version, caller.Actor, owner).ConfigureAwait(false)).View());
    }

    /// <summary>Says whether a version may go into production; said again, the later word counts.</summary>
    internal static async Task<Ok<ModelVersionView>> Approve(string name, int version, string? project, ApprovalRequest request, Caller caller, StrataPlatform platform)
    {
        string owner = caller.ProjectFor(Role.Viewer, project, platform);
        return TypedResults.Ok((await platform.Registry.ApproveAsync(name, version, request.Approved, request.Comment, caller.Actor, owner).ConfigureAwait(false)).View(platform));
    }

    /// <summary>Brings a version into production past its gates and approvals, or stages it. A refusal names each gate with its value and bound.</summary>
    internal static async Task<Ok<ModelVersionView>> Promote(string name, int version, string? project, VersionPromotionRequest? request, Caller caller, StrataPlatform platform)
    {
        string owner = caller.ProjectFor(Role.Viewer, project, platform);
        ModelVersion asked = platform.Registry.GetVersion(name, version, owner);
        return TypedResults.Ok((await PromotionAsked.Carry(asked, request, owner, caller, platform).ConfigureAwait(false)).View(platform));
    }

    /// <summary>Moves a version down: archived, staged or back to training.</summary>
    internal static async Task<Ok<ModelVersionView>> Demote(string name, int version, string? project, VersionDemotionRequest? request, Caller caller, StrataPlatform platform)
    {
        string owner = caller.ProjectFor(Role.Viewer, project, platform);
        VersionDemotionRequest asked = request ?? new VersionDemotionRequest();
        return TypedResults.Ok((await platform.Promotions.DemoteAsync(name, version, asked.To.To<ModelVersionStatus>(), caller.Actor, asked.Reason, owner).ConfigureAwait(false)).View(platform));
    }

    /// <summary>The stored model that is meant, by its own id or that of the run or job that made it.</summary>
    private static string ModelIdOf(ModelVersionRequest request, Caller caller, StrataPlatform platform)
    {
        if (new[] { request.ModelId, request.RunId, request.JobId }.Count(id => id is not null) != 1)
        {
            throw new DataException("Expected exactly one of model_id, run_id and job_id.");
        }

        return request switch
        {
            { ModelId: string model } => model,
            { RunId: string run } => FinishedModel.OfRun(run, caller, platform),
            _ => FinishedModel.OfJob(request.JobId!, caller, platform),
        };
    }
}
