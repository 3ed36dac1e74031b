using System.Collections.Concurrent;
using System.Data;
using System.Text.Json.Nodes;
using Strata.Platform.Accounts;
using Strata.Platform.Deployments;
using Strata.Platform.Monitoring.Webhooks;
using Strata.Platform.Storage;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Monitoring.Alerts;

/// <summary>All alert rules: looked at again and again, noted when they begin and cease to hold, and told to webhooks in the same commit.</summary>
public sealed class AlertBook
{
    private const int MostOfAProject = 200;
    private static readonly TimeSpan CostlyEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan HistoryKept = TimeSpan.FromDays(366);

    private readonly DataStore store;
    private readonly DeploymentLibrary deployments;
    private readonly AlertReadings readings;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, (AlertReading Reading, DateTimeOffset At)> latest = new(StringComparer.Ordinal);

    internal AlertBook(DataStore store, DeploymentLibrary deployments, AlertReadings readings, TimeProvider clock) =>
        (this.store, this.deployments, this.readings, this.clock) = (store, deployments, readings, clock);

    /// <summary>Keeps a rule. It belongs to its deployment's project.</summary>
    /// <exception cref="NotFoundException">There is no such deployment or webhook.</exception>
    /// <exception cref="DataException">The rule makes no sense.</exception>
    public Task<AlertRule> CreateAsync(AlertTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Check();
        terms = terms with { Name = AccountName.Checked("rule", terms.Name), Project = terms.Deployment is null ? terms.Project : deployments.Get(terms.Deployment).Project };
        DateTimeOffset now = clock.GetUtcNow();
        var made = new AlertRule(NewId.Next(), terms, now, new AlertStatus(AlertState.Ok, now));
        return store.Database.WriteAsync(connection =>
        {
            DataException.ThrowIfAny([.. terms.WebhookIds.Where(id => WebhookLibrary.Get(connection, id).Project != terms.Project).Select(id => $"The webhook '{id}' belongs to another project than the rule.")]);
            if (AlertRuleTable.List(connection, 0, 0, null, [terms.Project]).Total >= MostOfAProject)
            {
                throw new ConflictException($"The project has {MostOfAProject} rules, the most that one may have. Delete some first.");
            }

            AlertRuleTable.Insert(connection, made);
            return Get(connection, made.Id);
        });
    }

    /// <exception cref="NotFoundException">There is no such rule.</exception>
    public AlertRule Get(string id) => store.Database.Read(connection => Get(connection, id));

    /// <summary>The newest first; of one deployment or of all, of the given projects or of all.</summary>
    public Page<AlertRule> List(int offset = 0, int count = 100, string? deployment = null, IReadOnlyCollection<string>? projects = null) =>
        store.Database.Read(connection => AlertRuleTable.List(connection, offset, count, deployment, projects));

    /// <summary>How many rules are in a state.</summary>
    public long CountOf(AlertState state) => store.Database.Read(connection => AlertRuleTable.CountOf(connection, state));

    /// <summary>How a rule stood, the newest first.</summary>
    public Page<AlertChange> History(string id, int offset = 0, int count = 100) => store.Database.Read(connection => AlertRuleTable.History(connection, Get(connection, id).Id, offset, count));

    /// <summary>What this server read last, and when; null before the first look.</summary>
    public (AlertReading Reading, DateTimeOffset At)? Latest(string id) => latest.TryGetValue(id, out (AlertReading, DateTimeOffset) known) ? known : null;

    public Task DeleteAsync(string id) => store.Database.WriteAsync(connection =>
    {
        Get(connection, id);
        AlertRuleTable.Delete(connection, id);
    });

    /// <summary>Looks at all rules whose turn it is. A rule that cannot be read keeps no other from being looked at.</summary>
    /// <exception cref="AggregateException">Some could not be read.</exception>
    internal async Task LookAsync()
    {
        var troubles = new List<Exception>();
        IReadOnlyList<AlertRule> rules = store.Database.Read(AlertRuleTable.All);
        foreach (string gone in latest.Keys.Except(rules.Select(rule => rule.Id)))
        {
            latest.TryRemove(gone, out _);
        }

        foreach (AlertRule rule in rules.Where(IsDue))
        {
            try
            {
                await LookAsync(rule).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                troubles.Add(e);
            }
        }

        if (troubles.Count > 0)
        {
            throw new AggregateException("Some alert rules could not be looked at.", troubles);
        }
    }

    /// <summary>Forgets old history.</summary>
    internal Task ForgetAsync() => store.Database.WriteAsync(connection => AlertRuleTable.DeleteBefore(connection, clock.GetUtcNow() - HistoryKept));

    private bool IsDue(AlertRule rule) => !rule.Terms.Condition.IsCostly() || !latest.TryGetValue(rule.Id, out (AlertReading, DateTimeOffset At) last) || clock.GetUtcNow() - last.At >= CostlyEvery;

    private async Task LookAsync(AlertRule rule)
    {
        AlertReading reading = await readings.OfAsync(rule).ConfigureAwait(false);
        DateTimeOffset now = clock.GetUtcNow();
        latest[rule.Id] = (reading, now);
        AlertStatus after = rule.Status.After(reading, rule, now);
        if (!ReferenceEquals(after, rule.Status))
        {
            await store.Database.WriteAsync(connection => Note(connection, rule, after)).ConfigureAwait(false);
        }
    }

    private static void Note(IDbConnection connection, AlertRule rule, AlertStatus status)
    {
        if (!AlertRuleTable.Advance(connection, rule.Id, status) || status.State is not (AlertState.Firing or AlertState.Resolved))
        {
            return;
        }

        foreach (string webhookId in rule.Terms.WebhookIds.Where(id => WebhookTable.Find(connection, id) is not null))
        {
            DeliveryTable.Insert(connection, WebhookLibrary.Message(webhookId, JsonText.NameOf(status.State), Told(rule, status), status.Since));
        }
    }

    private static JsonObject Told(AlertRule rule, AlertStatus status) => new()
    {
        ["rule_id"] = rule.Id,
        ["rule"] = rule.Terms.Name,
        ["condition"] = JsonText.NameOf(rule.Terms.Condition),
        ["deployment"] = rule.Terms.Deployment,
        ["project"] = rule.Terms.Project,
        ["metric"] = rule.Terms.Metric,
        ["threshold"] = rule.Terms.Threshold,
        ["value"] = status.Value,
        ["message"] = status.Message,
    };

    private static AlertRule Get(IDbConnection connection, string id) => AlertRuleTable.Find(connection, id) ?? throw NotFoundException.Of("alert rule", id);
}
