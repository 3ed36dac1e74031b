using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Platform;
using Strata.Platform.AbTests;
using Strata.Platform.Accounts;
using Strata.Platform.Deployments;
using Strata.Platform.Models;
using Strata.Server.OpenApi;
using Strata.Server.Registry;
using Strata.Server.Safety;
using ModelVersionStatus = Strata.Platform.Models.ModelVersionStatus;

namespace Strata.Server.Surfaces.TrainingPlatform;

/// <summary>The training platform's routes of deployed models, over the registry, deployments and A/B tests.</summary>
internal static class DeployedModelsEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/deploy", Deploy).WithName("deploy_model").Needs(Role.Deployer).Example(DeployedModelExamples.Deployment, DeployedModelExamples.Deployed);
        routes.MapGet("/deployed", List).WithName("list_deployed_models").ForUsers();
        routes.MapPost("/{id}/promote", Promote).WithName("promote_deployed_model").Needs(Role.Deployer, Thing.Model);
        routes.MapPost("/{name}/rollback", RollBack).WithName("roll_back_deployed_model").Needs(Role.Deployer, Thing.RegisteredModel, "name");
        routes.MapPost("/ab-test", StartTest).WithName("start_model_test").Needs(Role.Deployer).Example(DeployedModelExamples.Test);
        routes.MapPost("/predict", DeployedModelPrediction.Answer).WithName("predict_by_model").Needs(Role.Viewer).Example(DeployedModelExamples.Prediction, DeployedModelExamples.Predicted);
    }

    /// <summary>Registers what a training job has come to as a version of a name, and stages it or brings it into production, where a deployment of that name serves it.</summary>
    internal static async Task<Ok<DeployedVersionView>> Deploy(ModelDeploymentRequest request, Caller caller, StrataPlatform platform)
    {
        string modelId = FinishedModel.OfJob(request.TrainingJobId, caller, platform);
        string project = caller.Require(Role.Deployer, Thing.Model, modelId, platform);
        DeploymentLibrary.CheckName(request.ModelName);
        DeployedVersion.CheckFree(request.ModelName, request.Version, modelId, project, platform);
        var told = new NewModelVersion(string.Empty) { Description = request.Description ?? string.Empty, Tags = DeployedVersion.Tags(request.Tags, request.Version) };
        ModelVersion version = await platform.Registry.RegisterModelAsync(request.ModelName, modelId, told, null, project, caller.Actor.Name).ConfigureAwait(false);
        RegisteredModel model = platform.Registry.Get(request.ModelName, project);
        if (model.Rules.Deployment is null)
        {
            await platform.Promotions.SetRulesAsync(model.Name, model.Rules with { Deployment = model.Name }, caller.Actor.Name, project).ConfigureAwait(false);
        }

        if (request.PromoteToProduction || version.Status == ModelVersionStatus.Training)
        {
            var order = new PromotionOrder { To = request.PromoteToProduction ? ModelVersionStatus.Production : ModelVersionStatus.Staged };
            version = await platform.Promotions.PromoteAsync(model.Name, version.Version, caller.Actor, order, project).ConfigureAwait(false);
        }

        return TypedResults.Ok(version.Deployed(platform.Registry.Get(model.Name, project), platform));
    }

    /// <summary>The deployed versions, last registered first.</summary>
    internal static Ok<DeployedVersionsView> List(string? name, string? status, int? offset, int? count, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        Platform.Page<(RegisteredModel Model, ModelVersion Version)> found = platform.Registry.Servable(name, StatusOf(status), paging.Offset, paging.Count, caller.Projects);
        return TypedResults.Ok(new DeployedVersionsView([.. found.Items.Select(pair => pair.Version.Deployed(pair.Model, platform))], found.Total));
    }

    /// <summary>Brings a deployed model into production.</summary>
    internal static async Task<Ok<DeployedVersionView>> Promote(string id, string? name, VersionPromotionRequest? request, Caller caller, StrataPlatform platform)
    {
        string project = platform.Models.Get(id).Project;
        ModelVersion version = DeployedVersion.Of(id, name, platform);
        ModelVersion promoted = await PromotionAsked.Carry(version, request, project, caller, platform).ConfigureAwait(false);
        return TypedResults.Ok(promoted.Deployed(platform.Registry.Get(version.Name, project), platform));
    }

    /// <summary>Brings back what was in production before, or a named version that once was.</summary>
    internal static async Task<Ok<DeployedVersionView>> RollBack(string name, string? to_version, string? project, Caller caller, StrataPlatform platform)
    {
        string owner = caller.ProjectFor(Role.Viewer, project, platform);
        int? number = to_version is null ? null : DeployedVersion.NumberOf(name, to_version, owner, platform);
        ModelVersion back = await platform.Promotions.RollBackAsync(name, number, caller.Actor, null, owner).ConfigureAwait(false);
        return TypedResults.Ok(back.Deployed(platform.Registry.Get(name, owner), platform));
    }

    /// <summary>Splits traffic between two models; a deployment of the test's name answers.</summary>
    internal static async Task<Ok<ModelTestView>> StartTest(ModelTestRequest request, Caller caller, StrataPlatform platform)
    {
        string project = caller.Require(Role.Deployer, Thing.Model, request.ModelAId, platform);
        caller.Require(Role.Viewer, Thing.Model, request.ModelBId, platform);
        if (!(request.SplitRatio is > 0 and < 1))
        {
            throw new DataException($"split_ratio is {request.SplitRatio}; expected above 0 and below 1: the share of the traffic that model_a_id gets.");
        }

        var plan = new AbTestPlan(request.TestName, request.ModelAId, request.ModelBId) { Split = 1 - request.SplitRatio, Project = project };
        AbTest test = await platform.AbTests.StartAsync(plan, caller.Actor.Name).ConfigureAwait(false);
        return TypedResults.Ok(new ModelTestView(test.Plan.Name, test.Plan.ModelA, test.Plan.ModelB, 1 - test.Plan.Split, test.Status.To<Client.Contracts.AbTestStatus>(), test.StartedAt));
    }

    private static ModelVersionStatus? StatusOf(string? status) => status is null ? null
        : Enum.TryParse(status, ignoreCase: true, out ModelVersionStatus known) && Enum.IsDefined(known) && !int.TryParse(status, out _) ? known
        : throw new DataException($"status is '{status}'; expected training, staged, production or archived.");
}
