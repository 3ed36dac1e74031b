using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Models;
using Strata.Server.Safety;

namespace Strata.Server.Registry;

/// <summary>Registered models. Their names count within a project, which the query names where it is not the only one.</summary>
internal static class RegistryEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/", List).WithName("list_registered_models").ForUsers();
        routes.MapPost("/", Create).WithName("create_registered_model").Needs(Role.Trainer);
        routes.MapGet("/{name}", Get).WithName("get_registered_model").Needs(Role.Viewer, Thing.RegisteredModel, "name");
        routes.MapPatch("/{name}", Change).WithName("change_registered_model").Needs(Role.Trainer, Thing.RegisteredModel, "name");
        routes.MapDelete("/{name}", Delete).WithName("delete_registered_model").Needs(Role.Trainer, Thing.RegisteredModel, "name");
        routes.MapPut("/{name}/rules", SetRules).WithName("set_promotion_rules").Needs(Role.Admin, Thing.RegisteredModel, "name");
        routes.MapPost("/{name}/rollback", RollBack).WithName("roll_back_registered_model").Needs(Role.Deployer, Thing.RegisteredModel, "name");
        routes.MapGet("/{name}/history", GetHistory).WithName("get_registry_history").Needs(Role.Viewer, Thing.RegisteredModel, "name");
        routes.MapGet("/{name}/production", GetProduction).WithName("get_production").Needs(Role.Viewer, Thing.RegisteredModel, "name");
        VersionEndpoints.Map(routes.MapGroup("/{name}/versions"));
    }

    /// <summary>The registered models by name, of one project or of all that the caller sees.</summary>
    internal static Ok<Client.Contracts.Page<RegisteredModelView>> List(int? offset, int? count, string? project, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        IReadOnlyCollection<string>? projects = project is null ? caller.Projects : [caller.ProjectFor(Role.Viewer, project, platform)];
        return TypedResults.Ok(platform.Registry.List(paging.Offset, paging.Count, projects).View(model => model.View(platform)));
    }

    /// <summary>Makes a registered model, without versions.</summary>
    internal static async Task<Created<RegisteredModelView>> Create(RegisteredModelRequest request, Caller caller, StrataPlatform platform)
    {
        string project = caller.ProjectFor(Role.Trainer, request.Project, platform);
        RegisteredModel model = await platform.Registry.CreateAsync(request.Name, request.Description, request.Tags, project, caller.Actor.Name).ConfigureAwait(false);
        return TypedResults.Created($"/api/registry/models/{Uri.EscapeDataString(model.Name)}", model.View(platform));
    }

    /// <summary>One registered model.</summary>
    internal static Ok<RegisteredModelView> Get(string name, string? project, Caller caller, StrataPlatform platform) =>
        TypedResults.Ok(platform.Registry.Get(name, caller.ProjectFor(Role.Viewer, project, platform)).View(platform));

    /// <summary>Changes name, description or tags.</summary>
    internal static async Task<Ok<RegisteredModelView>> Change(string name, string? project, RegisteredModelChangeRequest request, Caller caller, StrataPlatform platform)
    {
        string owner = caller.ProjectFor(Role.Viewer, project, platform);
        foreach ((string key, string? value) in request.Tags ?? new Dictionary<string, string?>())
        {
            await (value is null ? platform.Registry.DeleteTagAsync(name, key, owner) : platform.Registry.SetTagAsync(name, key, value, owner)).ConfigureAwait(false);
        }

        if (request.Description is string description)
        {
            await platform.Registry.DescribeAsync(name, description, owner).ConfigureAwait(false);
        }

        RegisteredModel changed = request.Name is string newName ? await platform.Registry.RenameAsync(name, newName, owner).ConfigureAwait(false) : platform.Registry.Get(name, owner);
        return TypedResults.Ok(changed.View(platform));
    }

    /// <summary>Deletes a registered model with its versions; the stored models stay.</summary>
    internal static async Task<NoContent> Delete(string name, string? project, Caller caller, StrataPlatform platform)
    {
        await platform.Registry.DeleteAsync(name, caller.ProjectFor(Role.Viewer, project, platform)).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>Sets what a version has to meet before it goes into production, and the deployment that serves what is there.</summary>
    internal static async Task<Ok<RegisteredModelView>> SetRules(string name, string? project, PromotionRulesRequest request, Caller caller, StrataPlatform platform)
    {
        var rules = new PromotionRules
        {
            Deployment = request.Deployment,
            Approvals = request.Approvals,
            Gates = [.. (request.Gates ?? []).Select(gate => new Platform.Models.Gate(gate.Kind.To<Platform.Models.GateKind>(), gate.Metric, gate.Bound))],
        };
        string owner = caller.ProjectFor(Role.Viewer, project, platform);
        return TypedResults.Ok((await platform.Promotions.SetRulesAsync(name, rules, caller.Actor.Name, owner).ConfigureAwait(false)).View(platform));
    }

    /// <summary>Brings back what was in production before, or a named version that once was.</summary>
    internal static async Task<Ok<ModelVersionView>> RollBack(string name, int? to_version, string? reason, string? project, Caller caller, StrataPlatform platform)
    {
        string owner = caller.ProjectFor(Role.Viewer, project, platform);
        return TypedResults.Ok((await platform.Promotions.RollBackAsync(name, to_version, caller.Actor, reason, owner).ConfigureAwait(false)).View(platform));
    }

    /// <summary>What has happened, newest first; of one version or of all.</summary>
    internal static Ok<Client.Contracts.Page<RegistryChangeView>> GetHistory(string name, int? version, int? offset, int? count, string? project, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        string owner = caller.ProjectFor(Role.Viewer, project, platform);
        return TypedResults.Ok(platform.Registry.History(name, version, paging.Offset, paging.Count, owner).View(RegistryViews.View));
    }

    /// <summary>What is in production, or was at a moment.</summary>
    internal static Ok<ProductionView> GetProduction(string name, DateTimeOffset? at, string? project, Caller caller, StrataPlatform platform, TimeProvider clock)
    {
        DateTimeOffset moment = at ?? clock.GetUtcNow();
        IReadOnlyList<RegistryChange> changes = platform.Registry.ProductionAt(name, moment, caller.ProjectFor(Role.Viewer, project, platform));
        return TypedResults.Ok(new ProductionView(name, moment, [.. changes.Select(change => new ProductionVersionView(change.Version!.Value, change.At, change.By))]));
    }
}
