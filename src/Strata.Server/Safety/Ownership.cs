using Strata.Platform;

namespace Strata.Server.Safety;

/// <summary>What an id in an address or a body can name.</summary>
internal enum Thing
{
    Project,
    Dataset,
    Run,
    Comparison,
    Job,
    Model,
    Deployment,
    AbTest,
    Experiment,
    LoggedModel,
    FeatureGroup,
    AlertRule,
    Webhook,

    /// <summary>Its name counts within a project, so its id is <c>project/name</c>; an address has the name, and the query the project.</summary>
    RegisteredModel,

    /// <summary>Named by its path: its owner's project counts.</summary>
    Artifact,
}

/// <summary>The one answer to the question which project a thing belongs to.</summary>
internal static class Ownership
{
    /// <exception cref="NotFoundException">There is no such thing.</exception>
    public static string ProjectOf(Thing thing, string id, StrataPlatform platform) => thing switch
    {
        Thing.Project => platform.Projects.Get(id).Id,
        Thing.Dataset => platform.Datasets.Get(id).Project,
        Thing.Run => platform.Runs.ProjectOf(id) ?? throw NotFoundException.Of("run", id),
        Thing.Comparison => platform.Comparisons.Get(id).Project,
        Thing.Job => platform.Jobs.Get(id).Project,
        Thing.Model => platform.Models.Get(id).Project,
        Thing.Deployment => platform.Deployments.ProjectOf(id),
        Thing.AbTest => platform.AbTests.Get(id).Plan.Project,
        Thing.Experiment => platform.Experiments.ProjectOf(id) ?? throw NotFoundException.Of("experiment", id),
        Thing.LoggedModel => platform.LoggedModels.ProjectOf(id) ?? throw NotFoundException.Of("logged model", id),
        Thing.RegisteredModel => platform.Registry.Get(id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..], id[..id.IndexOf('/', StringComparison.Ordinal)]).Project,
        Thing.FeatureGroup => platform.Features.Get(id).Project,
        Thing.AlertRule => platform.Alerts.Get(id).Terms.Project,
        Thing.Webhook => platform.Webhooks.Get(id).Project,
        Thing.Artifact => platform.Artifacts.ProjectOf(platform.Artifacts.Locate(id).Owner),
        _ => throw new ArgumentOutOfRangeException(nameof(thing), thing, "Nobody says which project this belongs to."),
    };

    /// <summary>The word that the rooms use when there is none.</summary>
    public static string Noun(Thing thing) => thing switch
    {
        Thing.AbTest => "A/B test",
        Thing.RegisteredModel => "registered model",
        Thing.LoggedModel => "logged model",
        Thing.FeatureGroup => "feature group",
        Thing.AlertRule => "alert rule",
        _ => thing.ToString().ToLowerInvariant(),
    };
}
