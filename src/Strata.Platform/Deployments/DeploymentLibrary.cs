using System.Collections.Concurrent;
using System.Data;
using System.Text.RegularExpressions;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Deployments;

/// <summary>
/// All deployments, and the serving ones with their models in memory. A change is first made ready, models loaded and warm; then one commit decides; then one reference is exchanged. So at every
/// moment either the old models serve or the new ones.
/// </summary>
public sealed partial class DeploymentLibrary
{
    private readonly DataStore store;
    private readonly ModelLibrary models;
    private readonly RunHistory runs;
    private readonly TimeProvider clock;
    private readonly ConcurrentDictionary<string, ServingDeployment> serving = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PredictionLog> logs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string DeploymentId, string ModelId), TrafficMeter> meters = new();

    internal DeploymentLibrary(DataStore store, ModelLibrary models, RunHistory runs, TimeProvider clock) =>
        (this.store, this.models, this.runs, this.clock, Shadows) = (store, models, runs, clock, new ShadowQueue(clock));

    /// <summary>Told of each step of a change; a test breaks off there.</summary>
    internal Action<string>? Reached { get; set; }

    /// <summary>The deployments that this server has in memory.</summary>
    public IEnumerable<ServingDeployment> InMemory => serving.Values;

    /// <summary>Where shadow models are asked.</summary>
    public ShadowQueue Shadows { get; }

    /// <summary>How many deployments could not be loaded yet.</summary>
    public int NotLoaded() => store.Database.Read(DeploymentTable.Revisions).Keys.Count(name => !serving.ContainsKey(name));

    internal IEnumerable<KeyValuePair<(string DeploymentId, string ModelId), TrafficMeter>> Meters => meters;

    internal IEnumerable<PredictionLog> Logs => logs.Values;

    /// <summary>Makes a deployment. Asked for once more, in the same words, it answers the one that is there.</summary>
    /// <exception cref="ConflictException">Another deployment has the name.</exception>
    /// <exception cref="NotFoundException">There is no such model.</exception>
    /// <exception cref="DataException">The plan makes no sense, or a model cannot predict.</exception>
    public async Task<Deployment> CreateAsync(string name, DeploymentPlan plan, string project = ProjectScope.Usual, string? by = null, string? note = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        CheckName(name);
        Check(plan);
        if (Find(name) is Deployment known)
        {
            return known.Current.Plan.Equals(plan) && known.Project == project ? known : throw Taken(name);
        }

        DateTimeOffset now = clock.GetUtcNow();
        var deployment = new Deployment { Id = NewId.Next(), Name = name, Project = project, CreatedAt = now, Current = new DeploymentRevision(1, plan, DeploymentChange.Created, note, by, now) };
        await StoreAsync(deployment, connection =>
        {
            ThrowIfBound(connection, name, null, plan);
            Insert(connection, deployment);
        }).ConfigureAwait(false);
        return deployment;
    }

    /// <summary>Serves another plan from now on.</summary>
    /// <exception cref="ConflictException">Somebody else changed the deployment at the same time.</exception>
    /// <exception cref="NotFoundException">There is no such deployment or model.</exception>
    /// <exception cref="DataException">The plan makes no sense, or a model cannot predict.</exception>
    public async Task<Deployment> ChangeAsync(string name, DeploymentPlan plan, DeploymentChange change = DeploymentChange.Changed, string? by = null, string? note = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Check(plan);
        Deployment before = Get(name);
        if (before.Current.Plan.Equals(plan))
        {
            return before;
        }

        Deployment after = Next(before, plan, change, by, note);
        await StoreAsync(after, connection =>
        {
            ThrowIfBound(connection, name, before.Current.Plan, plan);
            Advance(connection, before, after);
        }).ConfigureAwait(false);
        return after;
    }

    /// <summary>
    /// Serves one model alone, shadows beside it, in a deployment that is made when missing, and lets the caller write into the same commit: either both come to be or neither.
    /// </summary>
    /// <param name="name">The deployment.</param>
    /// <param name="project">Whose it is.</param>
    /// <param name="modelId">The model.</param>
    /// <param name="change">What kind of change it is.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="note">Why.</param>
    /// <param name="also">Writes the rest; it is told the deployment as it will be.</param>
    internal async Task<Deployment> ServeAsync(string name, string project, string modelId, DeploymentChange change, string? by, string? note, Action<IDbConnection, Deployment> also)
    {
        CheckName(name);
        Deployment? before = Find(name);
        if (before is not null && before.Project != project)
        {
            throw Taken(name);
        }

        DeploymentPlan plan = before is null ? DeploymentPlan.Of(modelId) : OneModel(before.Current.Plan, modelId);
        Check(plan);
        DateTimeOffset now = clock.GetUtcNow();
        Deployment after = before is null
            ? new Deployment { Id = NewId.Next(), Name = name, Project = project, CreatedAt = now, Current = new DeploymentRevision(1, plan, DeploymentChange.Created, note, by, now) }
            : before.Current.Plan.Equals(plan) ? before : Next(before, plan, change, by, note);
        await StoreAsync(after, connection =>
        {
            if (before is null)
            {
                Insert(connection, after);
            }
            else if (after.Current.Number != before.Current.Number)
            {
                Advance(connection, before, after);
            }
            else if (DeploymentTable.Find(connection, name)?.Current.Number != before.Current.Number)
            {
                throw ChangedMeanwhile(name);
            }

            Reached?.Invoke("served");
            also(connection, after);
        }).ConfigureAwait(false);
        return after;
    }

    /// <summary>Gives all traffic to one model; shadow models stay, but the promoted one.</summary>
    public Task<Deployment> PromoteAsync(string name, string modelId, DeploymentChange change = DeploymentChange.Promoted, string? by = null, string? note = null)
    {
        return ChangeAsync(name, OneModel(Get(name).Current.Plan, modelId), change, by, note);
    }

    /// <summary>Starts the trial of a new model with a share of the traffic; the others keep their parts of the rest.</summary>
    public Task<Deployment> TryAsync(string name, Canary canary, double share, string? by = null, string? note = null)
    {
        ArgumentNullException.ThrowIfNull(canary);
        canary.Check();
        DeploymentPlan plan = Get(name).Current.Plan;
        DeployedModel[] others = [.. plan.Models.Where(model => model.ModelId != canary.ModelId)];
        double rest = others.Where(model => !model.IsShadow).Sum(model => model.Weight);
        var problems = new List<string>();
        if (!(share is > 0 and < 1))
        {
            problems.Add($"share is {share}; expected above 0 and below 1.");
        }

        if (rest <= 0)
        {
            problems.Add($"Deployment '{name}' has no other model to compare with; a canary needs one.");
        }

        if (canary.Until <= clock.GetUtcNow())
        {
            problems.Add("The trial would be over before it begins; expected an end in the future.");
        }

        DataException.ThrowIfAny(problems);
        return ChangeAsync(name, plan with { Models = [.. others, new DeployedModel(canary.ModelId, share / (1 - share) * rest)], Canary = canary }, DeploymentChange.CanaryStarted, by, note);
    }

    /// <summary>Serves again what an earlier revision served; without a number the last one that served something else and was no trial.</summary>
    /// <exception cref="ConflictException">There is nothing to go back to.</exception>
    public async Task<Deployment> RollBackAsync(string name, int? toRevision = null, DeploymentChange change = DeploymentChange.RolledBack, string? by = null, string? note = null)
    {
        Deployment deployment = Get(name);
        DeploymentRevision target = toRevision is int number
            ? store.Database.Read(connection => DeploymentTable.Revision(connection, deployment.Id, number)) ?? throw new NotFoundException($"Deployment '{name}' has no revision {number}.")
            : EarlierThan(deployment) ?? throw new ConflictException($"Deployment '{name}' has served nothing else before: there is nothing to go back to.");
        return await ChangeAsync(name, target.Plan with { Canary = null }, change, by, note ?? $"Back to revision {target.Number}.").ConfigureAwait(false);
    }

    /// <summary>Ends a deployment with its history, its log and what is known of it.</summary>
    public async Task DeleteAsync(string name)
    {
        Deployment deployment = Get(name);
        await store.Database.WriteAsync(connection =>
        {
            if (RegistryTable.BoundTo(connection, name) is { } model)
            {
                throw new ConflictException($"The deployment '{name}' serves what is in production of the registered model '{model.Name}'. Unbind it there first.");
            }

            Uses.End(connection, Uses.ByDeployment(deployment.Name));
            PredictionPageTable.Delete(connection, deployment.Id);
            OutcomeTable.Delete(connection, deployment.Id);
            TrafficTable.Delete(connection, deployment.Id);
            DeploymentTable.Delete(connection, deployment.Id);
        }).ConfigureAwait(false);
        Forget(name);
    }

    /// <exception cref="NotFoundException">There is no such deployment.</exception>
    public Deployment Get(string name) => Find(name) ?? throw NotFoundException.Of("deployment", name);

    public Deployment? Find(string name) => store.Database.Read(connection => DeploymentTable.Find(connection, name));

    /// <summary>The project of a deployment; asked with every request, so from memory where it is there.</summary>
    /// <exception cref="NotFoundException">There is no such deployment.</exception>
    public string ProjectOf(string name) => serving.TryGetValue(name, out ServingDeployment? known) ? known.Deployment.Project : Get(name).Project;

    /// <summary>The newest first.</summary>
    /// <param name="offset">The first.</param>
    /// <param name="count">How many.</param>
    /// <param name="projects">Only those of these projects; null for all.</param>
    public Page<Deployment> List(int offset = 0, int count = 100, IReadOnlyCollection<string>? projects = null) =>
        store.Database.Read(connection => DeploymentTable.List(connection, offset, count, projects));

    /// <summary>What it has served, the newest first.</summary>
    public Page<DeploymentRevision> History(string name, int offset = 0, int count = 100)
    {
        string id = Get(name).Id;
        return store.Database.Read(connection => DeploymentTable.History(connection, id, offset, count));
    }

    /// <summary>What served at a moment; null when that was before it began.</summary>
    public DeploymentRevision? ServedAt(string name, DateTimeOffset at)
    {
        string id = Get(name).Id;
        return store.Database.Read(connection => DeploymentTable.RevisionAt(connection, id, at));
    }

    /// <summary>The deployment with its models in memory, ready to predict.</summary>
    /// <exception cref="NotFoundException">There is no such deployment.</exception>
    public ServingDeployment Serving(string name) => serving.TryGetValue(name, out ServingDeployment? known) ? known : Take(Get(name));

    /// <summary>Files what turned out to be true of predictions that are in the log.</summary>
    /// <exception cref="DataException">An id is no id of a prediction, or an outcome is no number where one was predicted.</exception>
    public async Task<OutcomeReceipt> RecordAsync(string name, IReadOnlyList<Outcome> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        Deployment deployment = Get(name);
        DataException.ThrowIfAny([.. outcomes.Where(outcome => !PredictionId.TryTime(outcome.PredictionId, out _)).Take(20).Select(outcome => $"'{outcome.PredictionId}' is no id of a prediction.")]);
        PredictionLog log = LogOf(deployment.Id);
        await log.FlushAsync().ConfigureAwait(false);
        Dictionary<string, string> valueOf = outcomes.GroupBy(outcome => outcome.PredictionId).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
        IReadOnlyList<LoggedPrediction> logged = log.Find(valueOf.Keys);
        Dictionary<string, IReadOnlyList<string>> classesOf = logged.Select(entry => entry.ModelId).Distinct().ToDictionary(id => id, id => models.Find(id)?.Classes ?? [], StringComparer.Ordinal);
        DateTimeOffset now = clock.GetUtcNow();
        (LoggedPrediction Logged, KnownPrediction? Known)[] joined = [.. logged.Select(entry => (entry, OutcomeJoin.Of(entry, valueOf[entry.Id], classesOf[entry.ModelId], now)))];
        DataException.ThrowIfAny([.. joined.Where(pair => pair.Known is null).Take(20).Select(pair => $"The outcome of '{pair.Logged.Id}' is '{valueOf[pair.Logged.Id]}'; expected a number.")]);
        await store.Database.WriteAsync(connection => OutcomeTable.Save(connection, deployment.Id, joined.Select(pair => pair.Known!))).ConfigureAwait(false);
        HashSet<string> found = [.. logged.Where(entry => !entry.IsShadow).Select(entry => entry.Id)];
        return new OutcomeReceipt(found.Count, [.. valueOf.Keys.Where(id => !found.Contains(id))]);
    }

    /// <summary>Predictions made from a time on whose outcome is known, in the order in which the outcomes came.</summary>
    public IReadOnlyList<KnownPrediction> Known(string name, DateTimeOffset from, int most = 1_000_000)
    {
        string id = Get(name).Id;
        return store.Database.Read(connection => OutcomeTable.Read(connection, id, from, most));
    }

    /// <summary>Logged predictions between two times, the newest first.</summary>
    public async Task<IReadOnlyList<LoggedPrediction>> LoggedAsync(string name, DateTimeOffset from, DateTimeOffset to, int most, Func<LoggedPrediction, bool>? where = null)
    {
        PredictionLog log = LogOf(Get(name).Id);
        await log.FlushAsync().ConfigureAwait(false);
        return log.Read(from, to, most, where);
    }

    /// <summary>How many predictions the log holds.</summary>
    public long LoggedCount(string name)
    {
        string id = Get(name).Id;
        return store.Database.Read(connection => PredictionPageTable.Count(connection, id));
    }

    /// <summary>What its models did, minute by minute, from a time on; what this server counts just now is among it.</summary>
    public IReadOnlyList<(string ModelId, TrafficCell Cell)> Traffic(string name, DateTimeOffset from)
    {
        string id = Get(name).Id;
        var cells = store.Database.Read(connection => TrafficTable.ReadOthers(connection, id, from, ServerId).ToList());
        cells.AddRange(store.Database.Read(connection => TrafficTable.ReadOwn(connection, id, from, ServerId).ToList()).Where(pair => !IsCounting(id, pair.ModelId, pair.Cell.Minute)));
        cells.AddRange(meters.Where(meter => meter.Key.DeploymentId == id).SelectMany(meter => meter.Value.Unstored.Where(cell => cell.Minute >= from).Select(cell => (meter.Key.ModelId, cell))));
        return [.. cells.OrderBy(pair => pair.Item2.Minute)];
    }

    /// <summary>By what this server's counts are told from those of others.</summary>
    internal string ServerId { get; } = NewId.Next();

    internal PredictionLog LogOf(string deploymentId) => logs.GetOrAdd(deploymentId, id => new PredictionLog(id, store.Database));

    /// <summary>Takes into memory what the database says now, and drops what is gone: another server may have changed it.</summary>
    internal void Refresh()
    {
        IReadOnlyDictionary<string, (string Id, int Revision)> stored = store.Database.Read(DeploymentTable.Revisions);
        foreach ((string name, ServingDeployment held) in serving)
        {
            if (!stored.TryGetValue(name, out (string Id, int Revision) now) || now.Id != held.Deployment.Id)
            {
                Forget(name);
            }
        }

        foreach ((string name, (_, int revision)) in stored)
        {
            if ((!serving.TryGetValue(name, out ServingDeployment? held) || held.Deployment.Current.Number != revision) && Find(name) is Deployment deployment)
            {
                Take(deployment);
            }
        }
    }

    private bool IsCounting(string id, string modelId, DateTimeOffset minute) =>
        meters.TryGetValue((id, modelId), out TrafficMeter? meter) && meter.Unstored.Any(cell => cell.Minute == minute);

    private static DeploymentPlan OneModel(DeploymentPlan plan, string modelId) =>
        plan with { Models = [new DeployedModel(modelId, 1), .. plan.Models.Where(model => model.IsShadow && model.ModelId != modelId)], Canary = null };

    private static ConflictException ChangedMeanwhile(string name) => new($"Deployment '{name}' was changed by somebody else at the same time. Look at it and try again.");

    private static void Insert(IDbConnection connection, Deployment deployment)
    {
        if (DeploymentTable.Find(connection, deployment.Name) is not null)
        {
            throw Taken(deployment.Name);
        }

        DeploymentTable.Insert(connection, deployment);
        Hold(connection, deployment, []);
    }

    private static void Advance(IDbConnection connection, Deployment before, Deployment after)
    {
        if (!DeploymentTable.Advance(connection, after.Id, after.Current))
        {
            throw ChangedMeanwhile(after.Name);
        }

        Hold(connection, after, before.Current.Plan.Models);
    }

    /// <summary>What a bound deployment answers with is what is in production of the registered model, but for the trial of another one.</summary>
    private static void ThrowIfBound(IDbConnection connection, string name, DeploymentPlan? before, DeploymentPlan after)
    {
        if (RegistryTable.BoundTo(connection, name) is { } model && (before is null || !before.Settled().SequenceEqual(after.Settled())))
        {
            throw new ConflictException($"The deployment '{name}' serves what is in production of the registered model '{model.Name}'. Promote a version of it there, or unbind the deployment first.");
        }
    }

    private Deployment Next(Deployment before, DeploymentPlan plan, DeploymentChange change, string? by, string? note) =>
        before with { Current = new DeploymentRevision(before.Current.Number + 1, plan, change, note, by, LaterThan(before.Current.At)) };

    private async Task StoreAsync(Deployment next, Action<IDbConnection> write)
    {
        Reached?.Invoke("checked");
        ServingDeployment ready = Load(next);
        Reached?.Invoke("loaded");
        try
        {
            await store.Database.WriteAsync(connection =>
            {
                write(connection);
                Reached?.Invoke("written");
            }).ConfigureAwait(false);
            Reached?.Invoke("committed");
            serving[next.Name] = ready;
            Reached?.Invoke("switched");
        }
        catch
        {
            // Whether the commit came to be is for the database to say.
            Refresh();
            throw;
        }
    }

    private ServingDeployment Take(Deployment deployment) => serving[deployment.Name] = Load(deployment);

    private ServingDeployment Load(Deployment deployment)
    {
        ServedModel[] loaded = [.. deployment.Current.Plan.Models.Select(model => Load(deployment, model))];
        return new ServingDeployment(deployment, loaded, LogOf(deployment.Id));
    }

    private ServedModel Load(Deployment deployment, DeployedModel deployed)
    {
        if (serving.TryGetValue(deployment.Name, out ServingDeployment? held) && held.Models.FirstOrDefault(model => model.Deployed.ModelId == deployed.ModelId) is ServedModel warm)
        {
            return new ServedModel(deployed, warm.Stored, warm.Model, warm.Traffic);
        }

        StoredModel stored = models.Get(deployed.ModelId);
        TrafficMeter meter = meters.GetOrAdd((deployment.Id, stored.Id), _ => new TrafficMeter(clock));
        var served = new ServedModel(deployed, stored, models.Load(stored), meter);
        WarmUp.Run(served, ReferenceRows.Of(runs, stored, WarmUp.RowCount)?.Rows);
        return served;
    }

    private void Forget(string name)
    {
        if (serving.TryRemove(name, out ServingDeployment? gone))
        {
            logs.TryRemove(gone.Deployment.Id, out _);
            foreach (ServedModel model in gone.Models)
            {
                meters.TryRemove((gone.Deployment.Id, model.Stored.Id), out _);
            }
        }
    }

    private DeploymentRevision? EarlierThan(Deployment deployment) => store.Database.Read(connection => DeploymentTable.History(connection, deployment.Id, 0, Page<DeploymentRevision>.MostItems))
        .Items.FirstOrDefault(revision => revision.Number < deployment.Current.Number && revision.Plan.Canary is null && !revision.Plan.Models.SequenceEqual(deployment.Current.Plan.Models));

    /// <summary>Keeps the models that serve, and those that served just before, from being deleted.</summary>
    private static void Hold(IDbConnection connection, Deployment deployment, IEnumerable<DeployedModel> before)
    {
        string holder = Uses.ByDeployment(deployment.Name);
        Uses.End(connection, holder);
        Uses.Add(connection, holder, deployment.Current.Plan.Models.Concat(before).Select(model => Uses.OfModel(model.ModelId)).Distinct());
    }

    /// <summary>History is in order even where the clock was set back.</summary>
    private DateTimeOffset LaterThan(DateTimeOffset earlier)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return now > earlier ? now : earlier.AddMilliseconds(1);
    }

    private void Check(DeploymentPlan plan)
    {
        plan.Check();
        foreach (IGrouping<string, StoredModel> target in plan.Models.Select(model => models.Get(model.ModelId)).GroupBy(model => $"{model.Task} of '{model.Target}'").Skip(1).Take(1))
        {
            throw new DataException($"Model '{target.First().Name}' predicts another thing ({target.Key}) than the first one; the models of a deployment answer the same question.");
        }
    }

    /// <exception cref="DataException">No deployment can be called so.</exception>
    public static void CheckName(string name)
    {
        if (name is null || !NamePattern().IsMatch(name))
        {
            throw new DataException($"A deployment's name is '{name}'; expected 1 to 100 letters, digits, '-', '_' and '.', the first of them a letter or a digit.");
        }
    }

    private static ConflictException Taken(string name) => new($"There is a deployment '{name}' already. Change that one, or take another name.");

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();
}
