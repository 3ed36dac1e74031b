using Strata.Server.Safety;

namespace Strata.Server.Mlflow;

/// <summary>MLflow's REST API over the rooms of Strata, so that its clients work unchanged; under both prefixes that its clients and its page use.</summary>
internal static class MlflowRoutes
{
    /// <summary>From 3.4 on, clients would send traces, which are not kept.</summary>
    private const string Version = "2.9.2";

    public static void Map(IEndpointRouteBuilder app)
    {
        RouteGroupBuilder root = app.MapGroup(string.Empty).ExcludeFromDescription();
        foreach (string prefix in (string[])["/api/2.0", "/ajax-api/2.0"])
        {
            RouteGroupBuilder tracking = root.MapGroup($"{prefix}/mlflow");
            ExperimentEndpoints.Map(Group(tracking, "/experiments"));
            RunEndpoints.Map(Group(tracking, "/runs"));
            MetricEndpoints.Map(Group(tracking, "/metrics"));
            ArtifactEndpoints.Map(Group(tracking, "/artifacts"));
            LoggedModelEndpoints.Map(Group(tracking, "/logged-models"));
            RegisteredModelEndpoints.Map(Group(tracking, "/registered-models"));
            ModelVersionEndpoints.Map(Group(tracking, "/model-versions"));
            ArtifactEndpoints.MapUpload(tracking);
            ArtifactEndpoints.MapProxy(root.MapGroup($"{prefix}/mlflow-artifacts"));
        }

        ArtifactEndpoints.MapPage(root);
        root.MapGet("/version", () => Version).Open();
    }

    private static MlflowGroup Group(RouteGroupBuilder routes, string path) => new(routes.MapGroup(path));
}
