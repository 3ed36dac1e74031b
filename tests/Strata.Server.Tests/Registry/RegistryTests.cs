using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Registry;

public abstract class RegistryContract(TrainedRun trained)
{
    private readonly StrataClient client = trained.Running.Client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_is_registered_promoted_served_and_rolled_back()
    {
        ModelVersionView first = await client.RegisterModelAsync("planets", new ModelVersionRequest(RunId: trained.Run.Id, Description: "the first", Alias: "champion"), cancellation: Cancellation);
        (first.Version, first.Status, first.ModelId, first.RunId).ShouldBe((1, ModelVersionStatus.Training, trained.Run.ModelId, trained.Run.Id));
        first.Aliases.ShouldBe(["champion"]);
        first.Metrics["accuracy"]!.Value.ShouldBeGreaterThan(0.5);
        (await client.RegisterModelAsync("planets", new ModelVersionRequest(JobId: trained.Run.Job!.Id), cancellation: Cancellation)).Version.ShouldBe(1, "the same model once more is the same version");

        RegisteredModelView bound = await client.SetPromotionRulesAsync(
            "planets",
            new PromotionRulesRequest("planets-live", Gates: [new GateView(GateKind.MetricFloor, "accuracy", 0.5), new GateView(GateKind.CalibrationError, Bound: 0.9), new GateView(GateKind.LeakAudit), new GateView(GateKind.Latency, Bound: 1000), new GateView(GateKind.Drift, Bound: 0.2)]),
            cancellation: Cancellation);
        bound.Serving.ShouldBeNull();
        PromotionCheckView check = await client.CheckGatesAsync("planets", 1, cancellation: Cancellation);
        check.Problems.ShouldBeEmpty();
        check.Ready.ShouldBeTrue();
        check.Gates.Select(gate => gate.Verdict).ShouldBe([GateVerdict.Passed, GateVerdict.Passed, GateVerdict.Passed, GateVerdict.Passed, GateVerdict.Unknown]);
        (await client.PromoteModelVersionAsync("planets", 1, new VersionPromotionRequest(ModelVersionStatus.Staged), cancellation: Cancellation)).Status.ShouldBe(ModelVersionStatus.Staged);
        (await client.PromoteModelVersionAsync("planets", 1, cancellation: Cancellation)).Status.ShouldBe(ModelVersionStatus.Production);
        BoundDeploymentView serving = (await client.RegisteredModelAsync("planets", cancellation: Cancellation)).Serving!;
        (serving.Deployment, serving.Revision, serving.Agrees).ShouldBe(("planets-live", 1, true));
        serving.Versions.ShouldBe([1]);
        (await client.DeploymentAsync("planets-live", Cancellation)).Current.Models.Single().ModelId.ShouldBe(trained.Run.ModelId);

        string second = await Retrained();
        (await client.RegisterModelAsync("planets", new ModelVersionRequest(second), cancellation: Cancellation)).Version.ShouldBe(2);
        DateTimeOffset before = DateTimeOffset.UtcNow;
        await client.PromoteModelVersionAsync("planets", 2, new VersionPromotionRequest(Reason: "newer"), cancellation: Cancellation);
        (await client.ProductionAsync("planets", cancellation: Cancellation)).Versions.Single().Version.ShouldBe(2);
        (await client.ProductionAsync("planets", before, cancellation: Cancellation)).Versions.Single().Version.ShouldBe(1);
        ModelVersionView back = await client.RollBackRegisteredModelAsync("planets", reason: "worse", cancellation: Cancellation);
        back.Version.ShouldBe(1);
        (await client.DeploymentAsync("planets-live", Cancellation)).Current.Change.ShouldBe(DeploymentChange.RolledBack);

        Page<RegistryChangeView> history = await client.RegistryHistoryAsync("planets", count: 2, cancellation: Cancellation);
        history.Total.ShouldBe(11);
        (history.Items[0].What, history.Items[0].Note, history.Items[0].Promotion!.Revision).ShouldBe(("rolled_back", "worse", 3));
        (await client.RegistryHistoryAsync("planets", 2, cancellation: Cancellation)).Items.Select(change => change.What).ShouldBe(["status", "promoted", "registered"]);
        (await client.RegisteredModelsAsync(cancellation: Cancellation)).Items.ShouldContain(model => model.Name == "planets");
        (await client.ModelVersionsAsync("planets", cancellation: Cancellation)).Items.Select(version => version.Version).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task A_refusal_names_each_gate_with_value_and_bound()
    {
        await client.RegisterModelAsync("refused", new ModelVersionRequest(trained.Run.ModelId), cancellation: Cancellation);
        await client.SetPromotionRulesAsync("refused", new PromotionRulesRequest(Approvals: 1, Gates: [new GateView(GateKind.MetricFloor, "accuracy", 2)]), cancellation: Cancellation);
        Problem problem = (await Should.ThrowAsync<RefusedException>(() => client.PromoteModelVersionAsync("refused", 1, cancellation: Cancellation))).Problem;
        (problem.Status, problem.Title, problem.Problems.Count).ShouldBe((409, "Promotion refused", 2));
        problem.Problems[0].ShouldStartWith("Gate 'accuracy at least 2' failed: accuracy is 0.");
        await client.ApproveModelVersionAsync("refused", 1, new ApprovalRequest(false, "no"), cancellation: Cancellation);
        (await client.ModelVersionAsync("refused", 1, cancellation: Cancellation)).Approvals.Single().Comment.ShouldBe("no");
        (await Should.ThrowAsync<RefusedException>(() => client.SetPromotionRulesAsync("refused", new PromotionRulesRequest(Gates: [new GateView(GateKind.Latency)]), cancellation: Cancellation))).Problem.Status.ShouldBe(422);
        HttpResponseMessage mlflow = await trained.Running.Http.PostAsync(
            "/api/2.0/mlflow/model-versions/transition-stage", new StringContent("""{"name":"refused","version":"1","stage":"Production"}""", System.Text.Encoding.UTF8, "application/json"), Cancellation);
        await client.CreateRegisteredModelAsync(new RegisteredModelRequest("by MLflow"), Cancellation);
        HttpResponseMessage made = await trained.Running.Http.PostAsync(
            "/api/2.0/mlflow/model-versions/create", new StringContent($$"""{"name":"by MLflow","source":"strata:/models/{{trained.Run.ModelId}}"}""", System.Text.Encoding.UTF8, "application/json"), Cancellation);
        made.EnsureSuccessStatusCode();
        (await client.ModelVersionAsync("by MLflow", 1, cancellation: Cancellation)).ModelId.ShouldBe(trained.Run.ModelId);
        (await mlflow.Content.ReadAsStringAsync(Cancellation)).ShouldContain("accuracy at least 2", customMessage: "MLflow's clients come to the same gates");
    }

    [Fact]
    public async Task Names_descriptions_tags_and_aliases_change_and_all_can_be_deleted()
    {
        await client.CreateRegisteredModelAsync(new RegisteredModelRequest("things", "some", new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }), Cancellation);
        RegisteredModelView changed = await client.ChangeRegisteredModelAsync("things", new RegisteredModelChangeRequest("other things", "others", new Dictionary<string, string?> { ["a"] = null, ["c"] = "3" }), cancellation: Cancellation);
        (changed.Name, changed.Description).ShouldBe(("other things", "others"));
        changed.Tags.ShouldBe(new Dictionary<string, string> { ["b"] = "2", ["c"] = "3" }, ignoreOrder: true);
        await client.RegisterModelAsync("other things", new ModelVersionRequest(trained.Run.ModelId), cancellation: Cancellation);
        ModelVersionView version = await client.ChangeModelVersionAsync(
            "other things", 1, new ModelVersionChangeRequest("good", new Dictionary<string, string?> { ["x"] = "y" }, ["best"]), cancellation: Cancellation);
        (version.Description, version.Tags["x"], version.Aliases.Single()).ShouldBe(("good", "y", "best"));
        (await client.PromoteModelVersionAsync("other things", 1, cancellation: Cancellation)).Status.ShouldBe(ModelVersionStatus.Production);
        (await client.DemoteModelVersionAsync("other things", 1, cancellation: Cancellation)).Status.ShouldBe(ModelVersionStatus.Archived);
        await client.DeleteModelVersionAsync("other things", 1, cancellation: Cancellation);
        await client.DeleteRegisteredModelAsync("other things", cancellation: Cancellation);
        (await Should.ThrowAsync<RefusedException>(() => client.RegisteredModelAsync("other things", cancellation: Cancellation))).Problem.Status.ShouldBe(404);
    }

    /// <summary>The same model with another seed.</summary>
    private async Task<string> Retrained()
    {
        RunView run = await client.StartRunAsync(new RunRequest(trained.Dataset.Id, new PlanRequest("verdict", Algorithm: "decision_tree", Drop: ["id"], Seed: 4, Threads: 1)), Cancellation);
        (await client.WaitAsync(run.Job!.Id, cancellation: Cancellation)).Status.ShouldBe(JobStatus.Completed);
        return (await client.RunAsync(run.Id, Cancellation)).ModelId!;
    }
}

public sealed class RegistryTests(TrainedRun trained) : RegistryContract(trained), IClassFixture<TrainedRun>;

public sealed class RegistryOnPostgresTests(TrainedPostgresRun trained) : RegistryContract(trained), IClassFixture<TrainedPostgresRun>;
