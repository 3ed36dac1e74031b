using System.Data;
using Strata.Platform.Accounts;
using Strata.Platform.Runs;
using Strata.Platform.Storage;

namespace Strata.Platform.Models;

/// <content>Rules, approvals and statuses of versions, and what the history tells of production.</content>
public sealed partial class ModelRegistry
{
    private const int MostComment = 5000;

    /// <summary>By name, of the given projects or of all.</summary>
    public Page<RegisteredModel> List(int offset = 0, int count = 100, IReadOnlyCollection<string>? projects = null) =>
        store.Database.Read(connection => RegistryTable.List(connection, offset, count, projects));

    /// <summary>The newest first.</summary>
    public Page<ModelVersion> Versions(string name, int offset = 0, int count = 100, string project = ProjectScope.Usual) =>
        store.Database.Read(connection => RegistryTable.ListVersions(connection, Find(connection, project, name).Id, offset, count));

    /// <summary>The versions that are a stored model, the last registered first.</summary>
    public IReadOnlyList<ModelVersion> VersionsOf(string modelId) => [.. store.Database.Read(connection => RegistryTable.VersionsOf(connection, modelId)).Select(row => row.Version)];

    /// <summary>The versions of all names that are stored models, the last registered first: of one name, of one status, of the given projects, or of all.</summary>
    public Page<(RegisteredModel Model, ModelVersion Version)> Servable(string? name = null, ModelVersionStatus? status = null, int offset = 0, int count = 100, IReadOnlyCollection<string>? projects = null) =>
        store.Database.Read(connection => RegistryTable.Servable(connection, name, status, offset, count, projects));

    /// <summary>Whether the project has a registered model of that name.</summary>
    public bool Exists(string name, string project = ProjectScope.Usual) => store.Database.Read(connection => RegistryTable.FindId(connection, project, name)) is not null;

    /// <summary>The newest version that has a tag of that value; null for none.</summary>
    public ModelVersion? FindByTag(string name, string tag, string value, string project = ProjectScope.Usual) =>
        store.Database.Read(connection => RegistryTable.FindByTag(connection, Find(connection, project, name).Id, tag, value));

    /// <summary>The versions in production.</summary>
    public IReadOnlyList<ModelVersion> InProduction(RegisteredModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return store.Database.Read(connection => RegistryTable.OfStatus(connection, model.Id, ModelVersionStatus.Production));
    }

    /// <summary>The changes that brought into production what was there at a moment; mostly one, or none.</summary>
    public IReadOnlyList<RegistryChange> ProductionAt(string name, DateTimeOffset at, string project = ProjectScope.Usual) =>
        [.. store.Database.Read(connection => RegistryChangeTable.Production(connection, Find(connection, project, name).Id, at)).Now.OrderBy(change => change.Sequence)];

    /// <summary>What has happened to a registered model, the newest first; of one version, or of all.</summary>
    public Page<RegistryChange> History(string name, int? version = null, int offset = 0, int count = 100, string project = ProjectScope.Usual) =>
        store.Database.Read(connection => RegistryChangeTable.Page(connection, Find(connection, project, name).Id, version, offset, count));

    /// <summary>Says whether a version may go into production. Who has said something before takes it back by this.</summary>
    public Task<ModelVersion> ApproveAsync(string name, int version, bool approved, string? comment, Actor by, string project = ProjectScope.Usual)
    {
        ArgumentNullException.ThrowIfNull(by);
        LoggedText.Throw(problems => LoggedText.CheckValue(comment ?? string.Empty, MostComment, "The comment", problems));
        return ChangeVersionAsync(project, name, version, (connection, model, id) =>
        {
            DateTimeOffset now = clock.GetUtcNow();
            Approval.Save(connection, id, new Approval(Approval.IdOf(by), by.Name, approved, comment ?? string.Empty, now));
            RegistryChangeTable.Append(connection, model.Id, new RegistryChange(0, model.Name, version, approved ? RegistryChanges.Approved : RegistryChanges.Rejected, null, null, now)
            {
                By = by.Name,
                Note = comment,
            });
        });
    }

    /// <summary>The registered model that says what a deployment serves; null for none.</summary>
    public RegisteredModel? BoundTo(string deployment) => store.Database.Read(connection => RegistryTable.BoundTo(connection, deployment));

    /// <summary>The version that was in production before, and whether a named one has ever been.</summary>
    internal (int? Previous, bool HasBeen) Earlier(RegisteredModel model, int? named) => store.Database.Read(connection =>
    {
        ProductionLine line = RegistryChangeTable.Production(connection, model.Id);
        return (line.Previous, named is int version && line.Has(version));
    });

    /// <summary>Sets all rules.</summary>
    internal Task SetRulesAsync(string name, PromotionRules rules, string? by, string project) => ChangeAsync(project, name, (connection, model) =>
    {
        if (rules.Deployment is string deployment && RegistryTable.BoundTo(connection, deployment) is { } other && other.Id != model.Id)
        {
            throw new ConflictException($"The deployment '{deployment}' is bound to another registered model. Take another one.");
        }

        if (!rules.Equals(model.Rules))
        {
            RegistryTable.SetRules(connection, model.Id, rules);
            Note(connection, model, null, RegistryChanges.Rules, model.Rules.ToString(), rules.ToString(), by);
        }
    });

    /// <summary>Writes into the history what kept a version out of production.</summary>
    internal Task NoteRefusalAsync(RegisteredModel model, int version, RegistryChange told) =>
        store.Database.WriteAsync(connection => RegistryChangeTable.Append(connection, model.Id, told with { Model = model.Name, Version = version, What = RegistryChanges.Refused }));

    /// <summary>Brings a version into production within the caller's transaction, and what was there into another status.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="judged">The registered model as it was when the promotion was judged.</param>
    /// <param name="version">The version.</param>
    /// <param name="there">The versions that were in production then.</param>
    /// <param name="previous">What becomes of them.</param>
    /// <param name="told">What the history tells: what kind of change, by whom, why.</param>
    /// <exception cref="ConflictException">Something else has changed since.</exception>
    internal void Produce(IDbConnection connection, RegisteredModel judged, ModelVersion version, IReadOnlyList<ModelVersion> there, ModelVersionStatus previous, RegistryChange told)
    {
        RegisteredModel model = RegistryTable.Load(connection, [judged.Id]) is [{ } found] ? found : throw NotFoundException.Of("registered model", judged.Name);
        ModelVersion next = GetVersion(connection, model, version.Version);
        IReadOnlyList<ModelVersion> current = RegistryTable.OfStatus(connection, model.Id, ModelVersionStatus.Production);
        if (!current.Select(one => one.Id).Order().SequenceEqual(there.Select(one => one.Id).Order()) || !model.Rules.Equals(judged.Rules) || !next.Approvals.SequenceEqual(version.Approvals))
        {
            throw new ConflictException($"'{model.Name}' was changed by somebody else at the same time. Look at it and try again.");
        }

        foreach (ModelVersion other in current.Where(other => other.Id != next.Id))
        {
            Move(connection, model, other, previous, told with { What = RegistryChanges.Status, Note = $"Version {next.Version} took its place.", Promotion = null });
        }

        Move(connection, model, next, ModelVersionStatus.Production, told);
        RegistryTable.Touch(connection, model.Id, clock.GetUtcNow());
    }

    /// <summary>Takes a version out of production, or down otherwise.</summary>
    internal Task<ModelVersion> MoveAsync(string name, int version, ModelVersionStatus to, RegistryChange told, string project) => ChangeVersionAsync(project, name, version, (connection, model, id) =>
    {
        ModelVersion moved = RegistryTable.LoadVersions(connection, [id])[0];
        ThrowIfServed(model, [moved]);
        Move(connection, model, moved, to, told);
    });

    private static void ThrowIfServed(RegisteredModel model, IEnumerable<ModelVersion> versions)
    {
        if (model.Rules.Deployment is string deployment && versions.FirstOrDefault(version => version.Status == ModelVersionStatus.Production) is { } served)
        {
            throw new ConflictException($"Version {served.Version} of '{model.Name}' is what the deployment '{deployment}' serves. Promote another version, roll back, or unbind the deployment first.");
        }
    }

    private void Move(IDbConnection connection, RegisteredModel model, ModelVersion version, ModelVersionStatus status, RegistryChange told)
    {
        RegistryTable.SetStatus(connection, version.Id, status);
        RegistryTable.TouchVersion(connection, version.Id, clock.GetUtcNow());
        if (version.Status != status || told.Promotion is not null)
        {
            RegistryChangeTable.Append(
                connection, model.Id, told with { Model = model.Name, Version = version.Version, Before = JsonText.NameOf(version.Status), After = JsonText.NameOf(status) });
        }
    }
}
