using System.Data;
using Strata.Platform.Accounts;
using Strata.Platform.Models;
using Strata.Platform.Storage;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Deployments;

/// <summary>
/// Moves versions of registered models into production and out of it. A registered model may be bound to a deployment: then its status and what is served change in one commit, and at every
/// moment both are old or both are new.
/// </summary>
public sealed class Promotions
{
    private const int MostReason = 5000;

    private readonly DataStore store;
    private readonly ModelRegistry registry;
    private readonly DeploymentLibrary deployments;
    private readonly GateCheck gates;
    private readonly TimeProvider clock;

    internal Promotions(DataStore store, ModelRegistry registry, DeploymentLibrary deployments, GateCheck gates, TimeProvider clock) =>
        (this.store, this.registry, this.deployments, this.gates, this.clock) = (store, registry, deployments, gates, clock);

    /// <summary>Sets what versions have to meet, and the deployment that serves what is in production.</summary>
    /// <exception cref="DataException">The rules make no sense.</exception>
    /// <exception cref="ConflictException">The deployment is another's, or parts its traffic between models.</exception>
    public async Task<RegisteredModel> SetRulesAsync(string name, PromotionRules rules, string? by = null, string project = ProjectScope.Usual)
    {
        ArgumentNullException.ThrowIfNull(rules);
        rules.Check();
        if (rules.Deployment is string deployment)
        {
            CheckDeployment(deployment, project);
        }

        await registry.SetRulesAsync(name, rules, by, project).ConfigureAwait(false);
        return registry.Get(name, project);
    }

    /// <summary>What a promotion to production would meet now. Nothing changes.</summary>
    public async Task<PromotionCheck> CheckAsync(string name, int version, Actor by, string project = ProjectScope.Usual)
    {
        RegisteredModel model = registry.Get(name, project);
        return await CheckAsync(model, registry.GetVersion(name, version, project), registry.InProduction(model), by).ConfigureAwait(false);
    }

    /// <summary>Brings a version into production, or stages it. Into production it comes past the gates and approvals; what was there is archived or staged, and the bound deployment serves the new one.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">Its version.</param>
    /// <param name="by">Who promotes.</param>
    /// <param name="asked">How.</param>
    /// <param name="project">Whose it is.</param>
    /// <exception cref="PromotionRefusedException">Gates or approvals refuse.</exception>
    /// <exception cref="ConflictException">Strata cannot serve the version, or somebody else promotes at the same time.</exception>
    public async Task<ModelVersion> PromoteAsync(string name, int version, Actor by, PromotionOrder? asked = null, string project = ProjectScope.Usual)
    {
        ArgumentNullException.ThrowIfNull(by);
        PromotionOrder order = asked ?? new PromotionOrder();
        order.Check(MostReason);
        RegisteredModel model = registry.Get(name, project);
        ModelVersion next = registry.GetVersion(name, version, project);
        var told = new RegistryChange(0, name, version, RegistryChanges.Promoted, null, null, clock.GetUtcNow()) { By = by.Name, Note = order.Reason };
        if (order.To == ModelVersionStatus.Staged)
        {
            return next.Status switch
            {
                ModelVersionStatus.Staged => next,
                ModelVersionStatus.Production => throw new ConflictException($"Version {version} of '{name}' is in production, above staged. Demote it instead."),
                _ => await registry.MoveAsync(name, version, ModelVersionStatus.Staged, told, project).ConfigureAwait(false),
            };
        }

        IReadOnlyList<ModelVersion> there = registry.InProduction(model);
        if (there is [{ } only] && only.Id == next.Id && IsServedAlone(model, next))
        {
            return next;
        }

        PromotionCheck check = await CheckAsync(model, next, there, by).ConfigureAwait(false);
        deployments.Reached?.Invoke("judged");
        IReadOnlyList<string> problems = order.Force ? check.ApprovalProblems : check.Problems;
        var record = new PromotionRecord(check.Gates, next.Approvals, order.Force && check.GateProblems.Count > 0 ? order.Reason : null);
        if (problems.Count > 0)
        {
            await registry.NoteRefusalAsync(model, version, told with { Promotion = record }).ConfigureAwait(false);
            throw new PromotionRefusedException($"Version {version} of '{name}' does not go into production.", problems);
        }

        await ProduceAsync(model, next, there, order.Previous, told with { Promotion = record }, order.Change).ConfigureAwait(false);
        return registry.GetVersion(name, version, project);
    }

    /// <summary>Moves a version down: archived, staged or back to training.</summary>
    /// <exception cref="ConflictException">A deployment serves it, or it is not above that status.</exception>
    public async Task<ModelVersion> DemoteAsync(string name, int version, ModelVersionStatus to, Actor by, string? reason = null, string project = ProjectScope.Usual)
    {
        ArgumentNullException.ThrowIfNull(by);
        PromotionOrder.CheckReason(reason, MostReason);
        ModelVersion moved = registry.GetVersion(name, version, project);
        if (to == ModelVersionStatus.Production)
        {
            throw new DataException("to is production; expected archived, staged or training. A promotion brings a version into production.");
        }

        if (moved.Status == to)
        {
            return moved;
        }

        if (to != ModelVersionStatus.Archived && (moved.Status == ModelVersionStatus.Archived || moved.Status < to))
        {
            throw new ConflictException($"Version {version} of '{name}' is {JsonText.NameOf(moved.Status)}, which is not above {JsonText.NameOf(to)}. Promote it instead.");
        }

        return await registry.MoveAsync(
            name, version, to, new RegistryChange(0, name, version, RegistryChanges.Demoted, null, null, clock.GetUtcNow()) { By = by.Name, Note = reason }, project).ConfigureAwait(false);
    }

    /// <summary>Brings back what was in production before, or a named version that once was. No gate stands in the way: it has been there.</summary>
    /// <exception cref="ConflictException">There is nothing to go back to.</exception>
    public async Task<ModelVersion> RollBackAsync(string name, int? toVersion, Actor by, string? reason = null, string project = ProjectScope.Usual)
    {
        ArgumentNullException.ThrowIfNull(by);
        PromotionOrder.CheckReason(reason, MostReason);
        RegisteredModel model = registry.Get(name, project);
        IReadOnlyList<ModelVersion> there = registry.InProduction(model);
        (int? previous, bool hasBeen) = registry.Earlier(model, toVersion);
        if (toVersion is int named && registry.GetVersion(name, named, project) is not null && !hasBeen)
        {
            throw new ConflictException($"Version {named} of '{name}' has never been in production: there is nothing to go back to. Promote it instead.");
        }

        int number = toVersion ?? previous ?? throw new ConflictException($"Nothing else of '{name}' has been in production before: there is nothing to go back to.");
        ModelVersion target = registry.GetVersion(name, number, project);
        if (there is [{ } only] && only.Id == target.Id && IsServedAlone(model, target))
        {
            return target;
        }

        var told = new RegistryChange(0, name, number, RegistryChanges.RolledBack, null, null, clock.GetUtcNow())
        {
            By = by.Name,
            Note = reason,
            Promotion = new PromotionRecord([], target.Approvals),
        };
        await ProduceAsync(model, target, there, ModelVersionStatus.Archived, told, DeploymentChange.RolledBack).ConfigureAwait(false);
        return registry.GetVersion(name, number, project);
    }

    /// <summary>What the bound deployment serves; null where none is bound, or it is not there yet.</summary>
    public Deployment? Bound(RegisteredModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Rules.Deployment is string name && deployments.Find(name) is { } deployment && deployment.Project == model.Project ? deployment : null;
    }

    /// <summary>Whether the bound deployment serves what is in production, and nothing else but a trial.</summary>
    public bool Agrees(RegisteredModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return (Bound(model)?.Current.Plan.Settled() ?? []).SequenceEqual(registry.InProduction(model).Select(version => version.ModelId ?? string.Empty).Order(StringComparer.Ordinal));
    }

    /// <summary>Those of a version's test rows, or the last ones that its run reported; empty where none are known.</summary>
    public IReadOnlyDictionary<string, double> MetricsOf(ModelVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return gates.MetricsOf(version);
    }

    private async Task<PromotionCheck> CheckAsync(RegisteredModel model, ModelVersion version, IReadOnlyList<ModelVersion> there, Actor by)
    {
        IReadOnlyList<GateOutcome> outcomes = await gates.OfAsync(model, version, there.FirstOrDefault(other => other.Id != version.Id)).ConfigureAwait(false);
        string own = Approval.IdOf(by);
        return new PromotionCheck(
            version,
            outcomes,
            model.Rules.Approvals,
            [.. version.Approvals.Where(approval => approval.Approved && approval.AuthorId != own)],
            [.. version.Approvals.Where(approval => !approval.Approved)]);
    }

    /// <summary>The one commit.</summary>
    private async Task ProduceAsync(RegisteredModel model, ModelVersion next, IReadOnlyList<ModelVersion> there, ModelVersionStatus previous, RegistryChange told, DeploymentChange change)
    {
        if (model.Rules.Deployment is not string deployment)
        {
            await store.Database.WriteAsync(connection => registry.Produce(connection, model, next, there, previous, told)).ConfigureAwait(false);
            return;
        }

        string modelId = next.ModelId ?? throw new ConflictException($"Version {next.Version} of '{model.Name}' is no stored model of Strata, so the deployment '{deployment}' cannot serve it.");
        string note = $"{model.Name} version {next.Version}{(told.Note is { Length: > 0 } why ? $": {why}" : ".")}";
        await deployments.ServeAsync(deployment, model.Project, modelId, change, told.By, note, (connection, served) =>
        {
            PromotionRecord record = told.Promotion! with { Deployment = deployment, Revision = served.Current.Number };
            registry.Produce(connection, model, next, there, previous, told with { Promotion = record });
            deployments.Reached?.Invoke("moved");
        }).ConfigureAwait(false);
    }

    private bool IsServedAlone(RegisteredModel model, ModelVersion version) => model.Rules.Deployment is null || Bound(model)?.Current.Plan is { Canary: null } plan && plan.Settled().SequenceEqual([version.ModelId!]);

    private void CheckDeployment(string name, string project)
    {
        DeploymentLibrary.CheckName(name);
        if (deployments.Find(name) is not Deployment deployment)
        {
            return;
        }

        if (deployment.Project != project)
        {
            throw new ConflictException($"There is a deployment '{name}' already, of another project. Take another name.");
        }

        if (deployment.Current.Plan.Settled().Count() > 1)
        {
            throw new ConflictException($"The deployment '{name}' parts its traffic between several models. End its test first: a bound deployment serves what is in production.");
        }
    }
}
