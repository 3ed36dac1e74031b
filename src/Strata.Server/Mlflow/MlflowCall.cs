using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Server.Safety;

namespace Strata.Server.Mlflow;

/// <summary>Who calls, and the platform behind the checks of what they name: ids stand in bodies here, so each is checked where it is used.</summary>
internal sealed class MlflowCall
{
    /// <summary>By this header clients say which project they mean where a name alone does not.</summary>
    private const string WorkspaceHeader = "X-MLFLOW-WORKSPACE";

    private readonly Caller caller;
    private readonly string? workspace;

    private MlflowCall(StrataPlatform platform, Caller caller, string? workspace) => (Platform, this.caller, this.workspace) = (platform, caller, workspace);

    public StrataPlatform Platform { get; }

    /// <summary>The projects whose experiments a search looks at; null for all.</summary>
    public IReadOnlyCollection<string>? Projects => workspace is null ? caller.Projects : [Project(Role.Viewer)];

    /// <summary>Who calls, for histories.</summary>
    public Actor Actor => caller.Actor;

    public static MlflowCall Of(HttpContext context) => new(
        context.RequestServices.GetRequiredService<StrataPlatform>(),
        Caller.From(context),
        context.Request.Headers[WorkspaceHeader] is [{ Length: > 0 } named, ..] ? named : null);

    /// <summary>Lets an endpoint take it as a parameter.</summary>
    public static ValueTask<MlflowCall?> BindAsync(HttpContext context) => ValueTask.FromResult<MlflowCall?>(Of(context));

    /// <summary>The project in which names are looked up and new things are made.</summary>
    public string Project(Role role) => caller.ProjectFor(role, workspace, Platform);

    public string Experiment(string? id, Role role) => Checked(Thing.Experiment, id.Required("experiment_id"), role);

    public string Run(string id, Role role) => Checked(Thing.Run, id, role);

    public string LoggedModel(string? id, Role role) => Checked(Thing.LoggedModel, id.Required("model_id"), role);

    /// <summary>Whose artifacts lie at an address, and the rest of the path within them.</summary>
    public (string Owner, string Name) Artifact(string path, Role role)
    {
        Checked(Thing.Artifact, path, role);
        return Platform.Artifacts.Locate(path);
    }

    /// <summary>Those of the experiments that the caller may see; others are as good as absent.</summary>
    public IReadOnlyList<string> VisibleExperiments(IReadOnlyList<string>? ids) => [.. (ids ?? []).Where(id => Sees(Platform.Experiments.ProjectOf(id)))];

    public IReadOnlyList<string> VisibleRuns(IReadOnlyList<string> ids) => [.. ids.Where(id => Sees(Platform.Runs.ProjectOf(id)))];

    private bool Sees(string? project) => project is not null && caller.RoleIn(project) is not null;

    private string Checked(Thing thing, string id, Role role)
    {
        caller.Require(role, thing, id, Platform);
        return id;
    }
}
