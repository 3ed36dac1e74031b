using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Deployments;
using Strata.Server.Forms;
using Strata.Server.OpenApi;
using Strata.Server.Repeats;
using Strata.Server.Safety;
using OutcomeReceipt = Strata.Client.Contracts.OutcomeReceipt;

namespace Strata.Server.Deployments;

internal static class DeploymentsEndpoints
{
    private const int MostOutcomes = 10_000;
    private const double MostHours = 24 * 90;
    private const double MostMinutes = 60 * 24 * 365;

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/", Create).WithName("create_deployment").Makes().Needs(Role.Deployer);
        routes.MapGet("/", List).WithName("list_deployments").ForUsers().OnReplicas();
        routes.MapGet("/{name}", Get).WithName("get_deployment").Needs(Role.Viewer, Thing.Deployment, "name").OnReplicas();
        routes.MapPatch("/{name}", Change).WithName("change_deployment").Needs(Role.Deployer, Thing.Deployment, "name");
        routes.MapDelete("/{name}", Delete).WithName("delete_deployment").Needs(Role.Deployer, Thing.Deployment, "name");
        routes.MapPost("/{name}/promote", Promote).WithName("promote_in_deployment").Makes().Needs(Role.Deployer, Thing.Deployment, "name");
        routes.MapPost("/{name}/rollback", RollBack).WithName("roll_back_deployment").Makes().Needs(Role.Deployer, Thing.Deployment, "name");
        routes.MapPost("/{name}/canary", Try).WithName("start_canary").Makes().Needs(Role.Deployer, Thing.Deployment, "name");
        routes.MapGet("/{name}/history", GetHistory).WithName("get_deployment_history").Needs(Role.Viewer, Thing.Deployment, "name");
        routes.MapPost("/{name}/predictions", DeploymentPrediction.Answer).WithName("predict_by_deployment").Needs(Role.Viewer, Thing.Deployment, "name").OnReplicas()
            .TakesFormOrJson<DeploymentPredictionRequest>([
                new FormField("file", FormFieldKind.File, "A table, series, arrays, an image or a zip archive, as for datasets.", Required: true),
                new FormField("user_id", FormFieldKind.Text, "Whose rows these are: the same user is answered by the same model."),
                new FormField("explain", FormFieldKind.Boolean, "Whether to say how much each column moved each prediction."),
                new FormField("reasons", FormFieldKind.Text, "A JSON object that says how to explain: method, background_dataset_id, background_rows, interactions, evaluations."),
                new FormField("mapping", FormFieldKind.Text, "A JSON object of model column to the table's column, where the names differ."),
                new FormField("keep", FormFieldKind.Text, "For an answer as CSV: a JSON array of the table's columns that stand beside the answers; those that the training set aside and that tell rows apart when left out."),
                .. LayoutFields.All])
            .Produces<DeploymentPredictions>(StatusCodes.Status200OK, "application/json", "text/csv");
        routes.MapGet("/{name}/predictions", ListPredictions).WithName("list_logged_predictions").Needs(Role.Viewer, Thing.Deployment, "name");
        routes.MapPost("/{name}/outcomes", RecordOutcomes).WithName("record_outcomes").Needs(Role.Trainer, Thing.Deployment, "name").Unaudited();
        routes.MapGet("/{name}/traffic", GetTraffic).WithName("get_deployment_traffic").Needs(Role.Viewer, Thing.Deployment, "name");
    }

    /// <summary>Makes a deployment. The same request once more answers the same deployment.</summary>
    internal static async Task<Created<DeploymentView>> Create(DeploymentRequest request, Caller caller, StrataPlatform platform)
    {
        string project = caller.ProjectFor(Role.Deployer, request.Project, platform);
        CheckModels(caller, request.Models, platform);
        var plan = new DeploymentPlan { Models = Models(request.Models), LogShare = request.LogShare };
        Deployment deployment = await platform.Deployments.CreateAsync(request.Name, plan, project, caller.Actor.Name, request.Note).ConfigureAwait(false);
        return TypedResults.Created($"/api/deployments/{deployment.Name}", deployment.View(platform));
    }

    /// <summary>The deployments, newest first.</summary>
    internal static Ok<Client.Contracts.Page<DeploymentView>> List(int? offset, int? count, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Deployments.List(paging.Offset, paging.Count, caller.Projects).View(deployment => deployment.View(platform)));
    }

    /// <summary>One deployment.</summary>
    internal static Ok<DeploymentView> Get(string name, StrataPlatform platform) => TypedResults.Ok(platform.Deployments.Get(name).View(platform));

    /// <summary>Changes models, weights or sampling, all at once.</summary>
    internal static async Task<Ok<DeploymentView>> Change(string name, DeploymentChangeRequest request, Caller caller, StrataPlatform platform)
    {
        CheckModels(caller, request.Models ?? [], platform);
        DeploymentPlan plan = platform.Deployments.Get(name).Current.Plan;
        DeploymentPlan next = plan with { Models = request.Models is null ? plan.Models : Models(request.Models), LogShare = request.LogShare ?? plan.LogShare, Canary = request.Models is null ? plan.Canary : null };
        return TypedResults.Ok((await platform.Deployments.ChangeAsync(name, next, by: caller.Actor.Name, note: request.Note).ConfigureAwait(false)).View(platform));
    }

    /// <summary>Ends a deployment with its history, its log and its outcomes.</summary>
    internal static async Task<NoContent> Delete(string name, StrataPlatform platform)
    {
        await platform.Deployments.DeleteAsync(name).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>Gives all traffic to one model.</summary>
    internal static async Task<Ok<DeploymentView>> Promote(string name, PromotionRequest request, Caller caller, StrataPlatform platform)
    {
        caller.RequireNamed(Role.Viewer, Thing.Model, request.ModelId, platform);
        return TypedResults.Ok((await platform.Deployments.PromoteAsync(name, request.ModelId, by: caller.Actor.Name, note: request.Note).ConfigureAwait(false)).View(platform));
    }

    /// <summary>Serves again what was served before, or what a numbered revision served.</summary>
    internal static async Task<Ok<DeploymentView>> RollBack(string name, int? to_revision, Caller caller, StrataPlatform platform) =>
        TypedResults.Ok((await platform.Deployments.RollBackAsync(name, to_revision, by: caller.Actor.Name).ConfigureAwait(false)).View(platform));

    /// <summary>Tries a new model with a part of the traffic: it is promoted when the time is over, and taken back as soon as it is seen to be worse.</summary>
    internal static async Task<Ok<DeploymentView>> Try(string name, CanaryRequest request, Caller caller, StrataPlatform platform, TimeProvider clock)
    {
        caller.RequireNamed(Role.Viewer, Thing.Model, request.ModelId, platform);
        if (!(request.Minutes is > 0 and <= MostMinutes))
        {
            throw new DataException($"minutes is {request.Minutes}; expected above 0 and at most {MostMinutes}.");
        }

        var canary = new Canary(request.ModelId, clock.GetUtcNow().AddMinutes(request.Minutes), request.MostFailures, request.MostSlowdown, request.LeastRequests);
        return TypedResults.Ok((await platform.Deployments.TryAsync(name, canary, request.Share, caller.Actor.Name, request.Note).ConfigureAwait(false)).View(platform));
    }

    /// <summary>What it has served, newest first; with a time, what it served then.</summary>
    internal static Ok<Client.Contracts.Page<DeploymentRevisionView>> GetHistory(string name, int? offset, int? count, DateTimeOffset? at, StrataPlatform platform)
    {
        if (at is DateTimeOffset moment)
        {
            DeploymentRevisionView[] then = platform.Deployments.ServedAt(name, moment) is DeploymentRevision revision ? [revision.View(platform)] : [];
            return TypedResults.Ok(new Client.Contracts.Page<DeploymentRevisionView>(then, then.Length));
        }

        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Deployments.History(name, paging.Offset, paging.Count).View(revision => revision.View(platform)));
    }

    /// <summary>Logged predictions of the last hours, newest first.</summary>
    internal static async Task<Ok<IReadOnlyList<LoggedPredictionView>>> ListPredictions(string name, double? hours, int? count, StrataPlatform platform, TimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        IReadOnlyList<LoggedPrediction> logged = await platform.Deployments.LoggedAsync(name, now - Hours(hours), now, Paging.Of(0, count).Count).ConfigureAwait(false);
        return TypedResults.Ok<IReadOnlyList<LoggedPredictionView>>([.. logged.Select(entry => entry.View())]);
    }

    /// <summary>Tells what turned out to be true of predictions. Told again, the later outcome counts.</summary>
    internal static async Task<Ok<OutcomeReceipt>> RecordOutcomes(string name, OutcomesRequest request, StrataPlatform platform)
    {
        var problems = new List<string>();
        if (request.Outcomes.Count is 0 or > MostOutcomes)
        {
            problems.Add($"There are {request.Outcomes.Count} outcomes; expected 1 to {MostOutcomes}.");
        }

        problems.AddRange(request.Outcomes.Where(outcome => TextOf(outcome.Outcome) is null).Take(20).Select(outcome => $"The outcome of '{outcome.PredictionId}' is {outcome.Outcome.ValueKind}; expected a class or a number."));
        DataException.ThrowIfAny(problems);
        Platform.Deployments.OutcomeReceipt receipt = await platform.Deployments.RecordAsync(name, [.. request.Outcomes.Select(outcome => new Outcome(outcome.PredictionId, TextOf(outcome.Outcome)!))]).ConfigureAwait(false);
        return TypedResults.Ok(new OutcomeReceipt(receipt.Recorded, receipt.Unknown));
    }

    /// <summary>Requests, errors and latency of the last hours by model and minute.</summary>
    internal static Ok<DeploymentTraffic> GetTraffic(string name, double? hours, StrataPlatform platform, TimeProvider clock)
    {
        ServingDeployment serving = platform.Deployments.Serving(name);
        return TypedResults.Ok(platform.Deployments.Traffic(name, clock.GetUtcNow() - Hours(hours)).View(platform.Deployments.LoggedCount(name), serving.Log.Dropped, platform.Deployments.Shadows.Dropped));
    }

    /// <summary>A day when nothing is said.</summary>
    /// <exception cref="DataException">It is not above 0, or longer than the log is kept.</exception>
    internal static TimeSpan Hours(double? hours) => hours is null ? TimeSpan.FromDays(1)
        : hours is > 0 and <= MostHours ? TimeSpan.FromHours(hours.Value)
        : throw new DataException($"hours is {hours}; expected above 0 and at most {MostHours}.");

    private static void CheckModels(Caller caller, IEnumerable<DeployedModelRequest> models, StrataPlatform platform)
    {
        foreach (DeployedModelRequest model in models)
        {
            caller.RequireNamed(Role.Viewer, Thing.Model, model.ModelId, platform);
        }
    }

    private static DeployedModel[] Models(IReadOnlyList<DeployedModelRequest> models) => [.. models.Select(model => new DeployedModel(model.ModelId, model.Weight, model.Shadow))];

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };
}
