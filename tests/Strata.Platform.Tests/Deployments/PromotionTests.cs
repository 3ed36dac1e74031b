using Shouldly;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Platform.Accounts;
using Strata.Platform.Deployments;
using Strata.Platform.Lineage;
using Strata.Platform.Models;
using Strata.Platform.TestWorker;
using Strata.Testing;
using Xunit;

namespace Strata.Platform.Tests.Deployments;

public abstract class PromotionContract : IAsyncLifetime
{
    private const string Name = "line";

    private static readonly Actor Ann = new("a", "ann"), Ben = new("b", "ben");
    private readonly TemporaryFolder folder = new();
    private readonly string[] ids = new string[4];
    private StrataPlatform platform = null!;

    /// <summary>Null is SQLite.</summary>
    protected virtual string? Database => null;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Open();
        for (int i = 1; i < ids.Length; i++)
        {
            ids[i] = await Import(i, new Dictionary<string, double> { ["rmse"] = 1.0 / i, ["r2"] = 0.1 * i });
            (await platform.Registry.RegisterModelAsync(Name, ids[i], by: "ann")).Version.ShouldBe(i);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await platform.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_promotion_that_breaks_off_at_any_step_leaves_registry_and_deployment_both_old_or_both_new()
    {
        await Bind();
        await platform.Promotions.PromoteAsync(Name, 1, Ann);
        (await BreakEverywhere(() => platform.Promotions.PromoteAsync(Name, 2, Ann), from: 1, to: 2)).ShouldBe(["judged", "checked", "loaded", "served", "moved", "written", "committed", "switched"]);
    }

    [Fact]
    public async Task A_rollback_that_breaks_off_at_any_step_leaves_registry_and_deployment_both_old_or_both_new()
    {
        await Bind();
        await platform.Promotions.PromoteAsync(Name, 1, Ann);
        await platform.Promotions.PromoteAsync(Name, 2, Ann);
        (await BreakEverywhere(() => platform.Promotions.RollBackAsync(Name, 1, Ann), from: 2, to: 1)).ShouldContain("moved");
    }

    [Fact]
    public async Task The_first_promotion_makes_the_deployment_or_nothing()
    {
        await Bind();
        foreach (string step in new[] { "loaded", "served", "moved", "written", "committed", "switched" })
        {
            platform.Deployments.Reached = reached =>
            {
                if (reached == step)
                {
                    throw new IOException("power");
                }
            };
            await Should.ThrowAsync<IOException>(() => platform.Promotions.PromoteAsync(Name, 1, Ann));
            platform.Deployments.Reached = null;
            bool isThere = platform.Deployments.Find("d") is not null;
            platform.Registry.GetVersion(Name, 1).Status.ShouldBe(isThere ? ModelVersionStatus.Production : ModelVersionStatus.Training);
            isThere.ShouldBe(step is "committed" or "switched");
            if (isThere)
            {
                await Unbind();
                await platform.Deployments.DeleteAsync("d");
                await platform.Promotions.DemoteAsync(Name, 1, ModelVersionStatus.Training, Ann);
                await Bind();
            }
        }
    }

    [Fact]
    public async Task Rollback_goes_back_step_by_step_and_the_history_tells_what_was_in_production_at_any_time()
    {
        var moments = new List<(DateTimeOffset At, int? Version)> { (await Moment(), null) };
        foreach (int version in new[] { 1, 2, 3 })
        {
            await platform.Promotions.PromoteAsync(Name, version, Ann);
            moments.Add((await Moment(), version));
        }

        (await platform.Promotions.RollBackAsync(Name, null, Ben, "worse")).Version.ShouldBe(2);
        moments.Add((await Moment(), 2));
        (await platform.Promotions.RollBackAsync(Name, null, Ben)).Version.ShouldBe(1);
        moments.Add((await Moment(), 1));
        (await Should.ThrowAsync<ConflictException>(() => platform.Promotions.RollBackAsync(Name, null, Ben))).Message.ShouldContain("nothing to go back to");
        (await platform.Promotions.RollBackAsync(Name, 3, Ben)).Version.ShouldBe(3);
        await platform.Promotions.DemoteAsync(Name, 3, ModelVersionStatus.Archived, Ben, "gone");
        moments.Add((await Moment(), null));
        foreach ((DateTimeOffset at, int? version) in moments)
        {
            platform.Registry.ProductionAt(Name, at).Select(change => change.Version).ShouldBe(version is null ? [] : [version]);
        }

        platform.Registry.History(Name).Items[0].ShouldBe(
            platform.Registry.History(Name).Items[0] with { What = "demoted", Before = "production", After = "archived", By = "ben", Note = "gone" });
        platform.Registry.History(Name, version: 2).Items.Select(change => $"{change.What} {change.After} {change.By}").ShouldBe(
            ["status archived ben", "rolled_back production ben", "status archived ann", "promoted production ann", "registered strata:/models/" + ids[2] + " ann"]);
    }

    [Fact]
    public async Task A_version_that_was_never_in_production_is_not_rolled_back_to()
    {
        await platform.Promotions.PromoteAsync(Name, 1, Ann);
        (await Should.ThrowAsync<ConflictException>(() => platform.Promotions.RollBackAsync(Name, 3, Ann))).Message.ShouldContain("never been in production");
    }

    [Fact]
    public async Task Gates_refuse_with_value_and_bound_and_what_is_forced_stays_in_the_history()
    {
        await Rules(new Gate(GateKind.MetricFloor, "r2", 0.15), new Gate(GateKind.MetricCeiling, "rmse", 0.6), new Gate(GateKind.Latency, null, 10_000), new Gate(GateKind.Drift, null, 0.1));
        PromotionRefusedException refused = await Should.ThrowAsync<PromotionRefusedException>(() => platform.Promotions.PromoteAsync(Name, 1, Ann));
        refused.Problems.ShouldBe(["Gate 'r2 at least 0.15' failed: r2 is 0.1.", "Gate 'rmse at most 0.6' failed: rmse is 1."]);
        RegistryChange told = platform.Registry.History(Name).Items[0];
        (told.What, told.Version, told.Promotion!.Gates.Count).ShouldBe(("refused", 1, 4));
        platform.Registry.ProductionAt(Name, DateTimeOffset.MaxValue).ShouldBeEmpty();
        (await Should.ThrowAsync<DataException>(() => platform.Promotions.PromoteAsync(Name, 1, Ann, new PromotionOrder { Force = true }))).Message.ShouldContain("reason");
        await platform.Promotions.PromoteAsync(Name, 1, Ann, new PromotionOrder { Force = true, Reason = "a fire" });
        platform.Registry.History(Name).Items[0].Promotion!.Forced.ShouldBe("a fire");

        await platform.Promotions.PromoteAsync(Name, 2, Ann);
        PromotionRecord record = platform.Registry.History(Name).Items[0].Promotion!;
        record.Forced.ShouldBeNull();
        record.Gates.Select(gate => gate.Verdict).ShouldBe([GateVerdict.Passed, GateVerdict.Passed, GateVerdict.Passed, GateVerdict.Unknown]);
        record.Gates[0].Value.ShouldBe(0.2);
        record.Gates[2].Value!.Value.ShouldBeGreaterThan(0);
        record.Gates[3].Why.ShouldContain("no deployment is bound");
    }

    [Fact]
    public async Task A_gate_that_cannot_be_measured_refuses_but_for_drift()
    {
        await Rules(new Gate(GateKind.MetricFloor, "no_such", 0), new Gate(GateKind.CalibrationError, null, 0.1), new Gate(GateKind.LeakAudit));
        PromotionCheck check = await platform.Promotions.CheckAsync(Name, 1, Ann);
        check.Gates.Select(gate => (gate.Verdict, gate.Refuses)).ShouldAllBe(pair => pair.Verdict == GateVerdict.Unknown && pair.Refuses);
        check.Problems.Count.ShouldBe(3);
        platform.Registry.History(Name).Items[0].What.ShouldBe("rules", "a check leaves no trace");
    }

    [Fact]
    public async Task A_version_worse_than_that_in_production_is_refused_by_more_than_the_bound_whichever_way_is_better()
    {
        await platform.Promotions.PromoteAsync(Name, 2, Ann);
        await Rules(new Gate(GateKind.NotWorse, "rmse", 0.1), new Gate(GateKind.NotWorse, "r2", 0.2));
        PromotionCheck check = await platform.Promotions.CheckAsync(Name, 1, Ann);
        check.Gates.Select(gate => gate.Verdict).ShouldBe([GateVerdict.Failed, GateVerdict.Passed]);
        check.Gates[0].Value!.Value.ShouldBe(0.5, 1e-12);
        check.Gates[1].Value!.Value.ShouldBe(0.1, 1e-12);
        (await platform.Promotions.CheckAsync(Name, 3, Ann)).Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Approvals_of_others_than_the_one_who_promotes_count_and_are_not_forced()
    {
        await platform.Promotions.SetRulesAsync(Name, new PromotionRules { Approvals = 1 });
        await platform.Registry.ApproveAsync(Name, 1, true, "mine", Ann);
        PromotionRefusedException refused = await Should.ThrowAsync<PromotionRefusedException>(() => platform.Promotions.PromoteAsync(Name, 1, Ann, new PromotionOrder { Force = true, Reason = "now" }));
        refused.Problems.ShouldBe(["It has 0 of 1 approvals by others than the one who promotes."]);
        await platform.Registry.ApproveAsync(Name, 1, false, "not yet", Ben);
        (await Should.ThrowAsync<PromotionRefusedException>(() => platform.Promotions.PromoteAsync(Name, 1, Ann))).Problems.ShouldContain("ben has rejected it: not yet.");
        await platform.Registry.ApproveAsync(Name, 1, true, "now", Ben);
        (await platform.Promotions.PromoteAsync(Name, 1, Ann)).Status.ShouldBe(ModelVersionStatus.Production);
        platform.Registry.History(Name).Items[0].Promotion!.Approvals.Select(approval => $"{approval.By} {approval.Approved} {approval.Comment}").ShouldBe(["ann True mine", "ben True now"], ignoreOrder: true);
    }

    [Fact]
    public async Task Of_two_who_promote_at_once_one_is_told()
    {
        await Bind();
        await platform.Promotions.PromoteAsync(Name, 1, Ann);
        platform.Deployments.Reached = step =>
        {
            if (step == "judged")
            {
                platform.Deployments.Reached = null;
                platform.Promotions.PromoteAsync(Name, 3, Ben).GetAwaiter().GetResult();
            }
        };
        await Should.ThrowAsync<ConflictException>(() => platform.Promotions.PromoteAsync(Name, 2, Ann));
        CheckAgrees().ShouldBe(3);
    }

    [Fact]
    public async Task What_a_bound_deployment_serves_changes_by_promotion_only()
    {
        await Bind();
        await platform.Promotions.PromoteAsync(Name, 1, Ann);
        foreach (Func<Task> other in new Func<Task>[]
        {
            () => platform.Deployments.PromoteAsync("d", ids[2]),
            () => platform.Deployments.ChangeAsync("d", new DeploymentPlan { Models = [new DeployedModel(ids[1], 1), new DeployedModel(ids[2], 1)] }),
            () => platform.Deployments.DeleteAsync("d"),
            () => platform.Promotions.DemoteAsync(Name, 1, ModelVersionStatus.Archived, Ann),
            () => platform.Registry.SetStatusAsync(Name, 2, ModelVersionStatus.Production),
            () => platform.Registry.DeleteVersionAsync(Name, 1),
            () => platform.Registry.DeleteAsync(Name),
        })
        {
            await Should.ThrowAsync<ConflictException>(other);
            CheckAgrees().ShouldBe(1);
        }

        await platform.Deployments.ChangeAsync("d", DeploymentPlan.Of(ids[1]) with { LogShare = 0.5 });
        await platform.Deployments.TryAsync("d", new Canary(ids[2], TimeProvider.System.GetUtcNow().AddHours(1)), 0.1);
        await platform.Deployments.RollBackAsync("d");
        CheckAgrees().ShouldBe(1);
    }

    [Theory]
    [InlineData(1.0, 2)]
    [InlineData(0.1, 1)]
    public async Task A_canary_that_passes_in_a_bound_deployment_is_promoted_past_the_gates_or_not_at_all(double mostError, int inProduction)
    {
        await Bind();
        await platform.Promotions.PromoteAsync(Name, 1, Ann);
        await platform.Promotions.SetRulesAsync(Name, new PromotionRules { Deployment = "d", Gates = [new Gate(GateKind.MetricCeiling, "rmse", mostError)] });
        await platform.Deployments.TryAsync("d", new Canary(ids[2], TimeProvider.System.GetUtcNow().AddMilliseconds(50), LeastRequests: 1), 0.5);
        foreach (ServedModel served in platform.Deployments.Serving("d").Models)
        {
            served.Traffic.Current.Answer(1, TimeSpan.FromMilliseconds(1));
        }

        await Task.Delay(60, Cancellation);
        await new CanaryWatch(platform.Deployments, platform.Promotions, platform.Registry, TimeProvider.System).LookAsync();
        CheckAgrees().ShouldBe(inProduction);
        platform.Deployments.Get("d").Current.Change.ShouldBe(inProduction == 2 ? DeploymentChange.CanaryPassed : DeploymentChange.CanaryFailed);
    }

    [Fact]
    public async Task Another_projects_model_is_not_registered_and_its_deployment_is_not_in_the_chain()
    {
        Project other = await platform.Projects.CreateAsync(Actor.LocalOwner, "other", string.Empty);
        await Should.ThrowAsync<NotFoundException>(() => platform.Registry.RegisterModelAsync("theirs", ids[1], project: other.Id));
        platform.Registry.Exists("theirs", other.Id).ShouldBeFalse();
        await platform.Deployments.CreateAsync("theirs", DeploymentPlan.Of(ids[1]), other.Id);
        platform.Lineage.Of(LineageKind.Model, ids[1]).Nodes.Select(node => node.Kind).ShouldBe([LineageKind.Model, LineageKind.ModelVersion, LineageKind.Deployment, LineageKind.Predictions]);
        LineageGraph seen = platform.Lineage.Of(LineageKind.Model, ids[1], ["default"]);
        seen.Nodes.Select(node => node.Kind).ShouldBe([LineageKind.Model, LineageKind.ModelVersion]);
        seen.Edges.Count.ShouldBe(1);
        Should.Throw<NotFoundException>(() => platform.Lineage.Of(LineageKind.Deployment, "theirs", ["default"]));
        platform.Lineage.Of(LineageKind.Deployment, "theirs", [other.Id]).Nodes.Select(node => node.Kind).ShouldBe([LineageKind.Deployment, LineageKind.Predictions]);
    }

    [Fact]
    public async Task The_same_model_registered_again_is_the_same_version_and_is_held()
    {
        (await platform.Registry.RegisterModelAsync(Name, ids[2], alias: "champion")).Version.ShouldBe(2);
        platform.Registry.GetByAlias(Name, "champion").ModelId.ShouldBe(ids[2]);
        platform.Registry.Versions(Name).Total.ShouldBe(3);
        (await Should.ThrowAsync<ConflictException>(() => platform.Models.DeleteAsync(ids[2]))).Message.ShouldContain("registered model");
        await platform.Registry.DeleteVersionAsync(Name, 2);
        await platform.Models.DeleteAsync(ids[2]);
        await Should.ThrowAsync<NotFoundException>(() => platform.Registry.RegisterModelAsync(Name, "none"));
    }

    [Fact]
    public async Task Rules_that_make_no_sense_are_refused_all_at_once()
    {
        DataException refused = await Should.ThrowAsync<DataException>(() => Rules(
            new Gate(GateKind.MetricFloor, null, 1), new Gate(GateKind.Latency), new Gate(GateKind.LeakAudit, null, 1), new Gate(GateKind.NotWorse, "no_such", -1)));
        refused.Problems.Count.ShouldBe(5);
    }

    /// <summary>Breaks off at the first, second, ... step until it succeeds; tells at which.</summary>
    private async Task<IReadOnlyList<string>> BreakEverywhere(Func<Task> change, int from, int to)
    {
        var broken = new List<string>();
        for (int failing = 1; ; failing++)
        {
            int step = 0;
            platform.Deployments.Reached = reached =>
            {
                if (++step == failing)
                {
                    broken.Add(reached);
                    throw new IOException("power");
                }
            };
            bool done = false;
            try
            {
                await change();
                done = true;
            }
            catch (IOException)
            {
                // Which of both it is now is checked below.
            }

            platform.Deployments.Reached = null;
            int now = CheckAgrees();
            if (done)
            {
                now.ShouldBe(to);
                return broken;
            }

            await platform.DisposeAsync();
            await Open();
            CheckAgrees().ShouldBe(now);
            if (now == to)
            {
                await platform.Promotions.PromoteAsync(Name, from, Ann);
            }

            CheckAgrees().ShouldBe(from);
        }
    }

    /// <summary>Exactly one version is in production, and the deployment serves it, in the database and in memory; returns it.</summary>
    private int CheckAgrees()
    {
        RegisteredModel model = platform.Registry.Get(Name);
        ModelVersion version = platform.Registry.InProduction(model).ShouldHaveSingleItem();
        platform.Deployments.Get("d").Current.Plan.Models.Single().ModelId.ShouldBe(version.ModelId);
        platform.Deployments.Serving("d").Choose("anybody").Stored.Id.ShouldBe(version.ModelId);
        platform.Registry.ProductionAt(Name, DateTimeOffset.MaxValue).Single().Version.ShouldBe(version.Version);
        platform.Promotions.Agrees(model).ShouldBeTrue();
        return version.Version;
    }

    private static async Task<DateTimeOffset> Moment()
    {
        await Task.Delay(3, Cancellation);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        await Task.Delay(3, Cancellation);
        return now;
    }

    private Task<RegisteredModel> Bind() => platform.Promotions.SetRulesAsync(Name, new PromotionRules { Deployment = "d" });

    private Task<RegisteredModel> Unbind() => platform.Promotions.SetRulesAsync(Name, PromotionRules.None);

    private Task<RegisteredModel> Rules(params Gate[] gates) => platform.Promotions.SetRulesAsync(Name, new PromotionRules { Gates = gates });

    private async Task Open()
    {
        platform = StrataPlatform.Open(TestPlatform.OptionsFor(folder.Root) with { Database = Database }, TestPlatform.LoadModel, TimeProvider.System);
        await platform.StartAsync(Cancellation);
    }

    /// <summary>A line of that slope.</summary>
    private async Task<string> Import(double slope, IReadOnlyDictionary<string, double> metrics)
    {
        double[] x = [.. Enumerable.Range(0, 50).Select(i => i / 10.0)];
        var table = new TrainingTable(new Frame(new Float64Column("x", x)), new NumberTarget("y", [.. x.Select(value => slope * value)]));
        using var file = new MemoryStream();
        new ModelFile(new LinearRegression().Fit(table, new FitContext()), new ModelCard()).Save(file);
        file.Position = 0;
        return (await platform.Models.ImportAsync(file, new ModelEntry($"line {slope}") { Metrics = metrics })).Id;
    }
}

public sealed class PromotionTests : PromotionContract;

public sealed class PromotionOnPostgresTests(PostgresCluster cluster) : PromotionContract
{
    protected override string? Database { get; } = cluster.EmptyDatabase($"promotion-{Guid.NewGuid()}");
}
