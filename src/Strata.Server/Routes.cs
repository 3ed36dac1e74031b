using Strata.Server.AbTests;
using Strata.Server.Accounts;
using Strata.Server.Algorithms;
using Strata.Server.Backups;
using Strata.Server.Comparisons;
using Strata.Server.Custom;
using Strata.Server.Datasets;
using Strata.Server.Deployments;
using Strata.Server.Features;
using Strata.Server.Health;
using Strata.Server.Jobs;
using Strata.Server.Lineage;
using Strata.Server.Mlflow;
using Strata.Server.Models;
using Strata.Server.Monitoring;
using Strata.Server.Presets;
using Strata.Server.Pretrained;
using Strata.Server.Registry;
using Strata.Server.Runs;
using Strata.Server.Sources;
using Strata.Server.Surfaces.Omics;
using Strata.Server.Surfaces.Rockfall;
using Strata.Server.Surfaces.TrainingPlatform;

namespace Strata.Server;

/// <summary>All routes of the house, a line a room.</summary>
internal static class Routes
{
    /// <summary>Whether programs ask there, and not a browser for its page.</summary>
    public static bool IsApi(PathString path) => path.StartsWithSegments("/api") || MlflowErrors.Speaks(path);

    public static void MapStrata(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api");
        LogInEndpoints.Map(api.MapGroup("/session").WithTags("session"));
        SecondFactorEndpoints.Map(api.MapGroup("/session/second-factor").WithTags("session"));
        UsersEndpoints.Map(api.MapGroup("/users").WithTags("users"));
        TeamsEndpoints.Map(api.MapGroup("/teams").WithTags("teams"));
        ProjectsEndpoints.Map(api.MapGroup("/projects").WithTags("projects"));
        TokensEndpoints.Map(api.MapGroup("/tokens").WithTags("tokens"));
        AuditEndpoints.Map(api.MapGroup("/audit").WithTags("audit"));
        HealthEndpoints.Map(api.MapGroup("/health").WithTags("health"));
        BackupsEndpoints.Map(api.MapGroup("/backup").WithTags("backup"));
        AlgorithmsEndpoints.Map(api.MapGroup("/algorithms").WithTags("algorithms"));
        StepsEndpoints.Map(api.MapGroup("/steps").WithTags("steps"));
        MetricsEndpoints.Map(api.MapGroup("/metrics").WithTags("metrics"));
        DatasetsEndpoints.Map(api.MapGroup("/datasets").WithTags("datasets"));
        FeaturesEndpoints.Map(api.MapGroup("/features").WithTags("features"));
        SourcesEndpoints.Map(api.MapGroup("/sources").WithTags("sources"));
        PresetsEndpoints.Map(api.MapGroup("/presets").WithTags("presets"));
        RunsEndpoints.Map(api.MapGroup("/runs").WithTags("runs"));
        ExperimentsEndpoints.Map(api.MapGroup("/experiments").WithTags("experiments"));
        ComparisonsEndpoints.Map(api.MapGroup("/comparisons").WithTags("comparisons"));
        JobsEndpoints.Map(api.MapGroup("/jobs").WithTags("jobs"));
        ModelsEndpoints.Map(api.MapGroup("/models").WithTags("models"));
        RegistryEndpoints.Map(api.MapGroup("/registry/models").WithTags("registry"));
        BenchmarksEndpoints.Map(api.MapGroup("/benchmarks").WithTags("benchmarks"));
        LineageEndpoints.Map(api.MapGroup("/lineage").WithTags("lineage"));
        DeployedModelsEndpoints.Map(api.MapGroup("/ml/models").WithTags("training-platform"));
        DeploymentsEndpoints.Map(api.MapGroup("/deployments").WithTags("deployments"));
        MonitoringEndpoints.Map(api.MapGroup("/deployments").WithTags("deployments"));
        AlertsEndpoints.Map(api.MapGroup("/alerts").WithTags("alerts"));
        WebhooksEndpoints.Map(api.MapGroup("/webhooks").WithTags("alerts"));
        AbTestsEndpoints.Map(api.MapGroup("/ab-tests").WithTags("ab-tests"));
        CustomEndpoints.Map(api.MapGroup("/custom").WithTags("custom"));
        PretrainedEndpoints.Map(api.MapGroup("/pretrained").WithTags("pretrained"));
        OmicsEndpoints.Map(api.MapGroup("/ml").WithTags("omics"));
        RockfallEndpoints.Map(api.MapGroup("/training").WithTags("training"));
        TrainingPlatformRoutes.Map(api.MapGroup("/ml").WithTags("training-platform"));
        MonitoringEndpoints.MapProbes(app);
        MlflowRoutes.Map(app);
    }
}
