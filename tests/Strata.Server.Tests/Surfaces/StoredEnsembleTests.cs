using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Testing;
using Xunit;

namespace Strata.Server.Tests.Surfaces;

/// <summary>A server with several models of one table, trained with one seed so that they hold the same rows back, and one with another.</summary>
public class TrainedModels : IAsyncLifetime
{
    public RunningServer Running { get; private set; } = null!;

    public DatasetView Dataset { get; private set; } = null!;

    public RunView Tree { get; private set; } = null!;

    public RunView Linear { get; private set; } = null!;

    public RunView OtherSplit { get; private set; } = null!;

    protected virtual string? Database => null;

    public async ValueTask InitializeAsync()
    {
        Running = await RunningServer.Start(options => options with { Database = Database });
        Dataset = await TrainedRun.Upload(Running.Client, TrainedRun.Table());
        Tree = await Train("verdict", "decision_tree", "tree", seed: 3);
        Linear = await Train("verdict", "logistic_regression", "linear", seed: 3);
        OtherSplit = await Train("verdict", "random_forest", "other split", seed: 4);
    }

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    public async Task<RunView> Train(string target, string algorithm, string name, ulong seed)
    {
        RunView started = await Running.Client.StartRunAsync(new RunRequest(Dataset.Id, new PlanRequest(target, Algorithm: algorithm, Drop: ["id"], Seed: seed, Threads: 1), Name: name));
        await Running.Client.WaitAsync(started.Job!.Id);
        RunView run = await Running.Client.RunAsync(started.Id);
        run.Job!.Status.ShouldBe(JobStatus.Completed, run.Job.Error);
        return run;
    }

    /// <summary>Combines, waits, and tells what came of it.</summary>
    public async Task<OmicsJobView> Combine(OmicsEnsembleRequest request)
    {
        OmicsJobView started = await Running.Client.CreateEnsembleAsync(request);
        await Running.Client.WaitAsync(started.JobId);
        OmicsJobView job = await Running.Client.OmicsJobAsync(started.JobId);
        job.Status.ShouldBe(JobStatus.Completed, job.Error);
        return job;
    }
}

public sealed class TrainedModelsOnPostgres(PostgresCluster cluster) : TrainedModels
{
    protected override string? Database { get; } = cluster.EmptyDatabase($"ensembles-{Guid.NewGuid()}");
}

public sealed class StoredEnsembleTests(TrainedModels trained) : StoredEnsembleContract(trained), IClassFixture<TrainedModels>;

public sealed class StoredEnsemblePostgresTests(TrainedModelsOnPostgres trained) : StoredEnsembleContract(trained), IClassFixture<TrainedModelsOnPostgres>;

/// <summary>Ensembles of stored models.</summary>
public abstract class StoredEnsembleContract(TrainedModels trained)
{
    private StrataClient Client => trained.Running.Client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_vote_of_stored_models_is_tested_on_the_rows_that_all_of_them_have_held_back_and_is_a_model_like_any_other()
    {
        OmicsJobView job = await trained.Combine(Request(trained.Tree, trained.Linear) with { Weights = [1, 3], Name = "both" });

        job.Kind.ShouldBe("ensemble");
        OmicsResultsView results = await Client.OmicsResultsAsync(job.ModelId!, Cancellation);
        (results.Model.Name, results.Model.Algorithm, results.Model.Target).ShouldBe(("both", "voting", "verdict"));
        results.Members!.Members.Select(member => (member.ModelId, member.Name, member.Weight)).ShouldBe([(trained.Tree.ModelId!, "tree", 0.25), (trained.Linear.ModelId!, "linear", 0.75)]);

        // The seed was the same, so the test rows are too; each member alone is as good on them as its own run says.
        results.Members.Metric.ShouldBe("log_loss");
        results.Members.Members[1].Metrics["log_loss"]!.Value.ShouldBe(trained.Linear.Metrics["log_loss"]!.Value, 1e-9);
        TestRows rows = await Client.TestRowsAsync(job.RunId!, 0, 1000, cancellation: Cancellation);
        TestRows ofTree = await Client.TestRowsAsync(trained.Tree.Id, 0, 1000, cancellation: Cancellation);
        rows.Items.Select(row => row.Row).ShouldBe(ofTree.Items.Select(row => row.Row), ignoreOrder: true);
        results.Evaluation!.Importance[0].Column.ShouldBe("depth");
        (await Client.ModelAsync(job.ModelId!, Cancellation)).RunId.ShouldBe(job.RunId);
        OmicsExplanationView importance = await Client.ExplainOmicsModelAsync(job.ModelId!, new OmicsExplanationRequest("permutation", DatasetId: trained.Dataset.Id), Cancellation);
        importance.Explanation.Importance![0].Column.ShouldBe("depth");
    }

    [Fact]
    public async Task Of_models_with_different_splits_only_the_rows_that_none_has_learned_from_are_used()
    {
        OmicsJobView job = await trained.Combine(Request(trained.Tree, trained.OtherSplit) with { Voting = OmicsVote.LogOdds });

        long[] rows = await Tested(job.RunId!), ofTree = await Tested(trained.Tree.Id), ofOther = await Tested(trained.OtherSplit.Id);
        rows.ShouldBe(ofTree.Intersect(ofOther), ignoreOrder: true);
        rows.Length.ShouldBeLessThan(ofTree.Length);
        job.Notes.ShouldContain(note => note.Contains("rows were left out, because a model has learned from them", StringComparison.Ordinal));
        job.Notes.ShouldContain(note => note.Contains("the figures are rough", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(OmicsEnsembleMethod.Stacking, "stacking")]
    [InlineData(OmicsEnsembleMethod.Blending, "blending")]
    public async Task A_meta_learner_learns_from_unseen_rows_only(OmicsEnsembleMethod method, string algorithm)
    {
        OmicsJobView job = await trained.Combine(Request(trained.Tree, trained.Linear) with { Method = method, MetaLearner = "logistic", Seed = 5 });

        long[] rows = await Tested(job.RunId!), unseen = await Tested(trained.Tree.Id);
        rows.Except(unseen).ShouldBeEmpty();
        int tested = method == OmicsEnsembleMethod.Stacking ? unseen.Length : unseen.Length / 2;
        rows.Length.ShouldBeInRange(tested - 2, tested + 2);
        (await Client.ModelAsync(job.ModelId!, Cancellation)).Algorithm.ShouldBe(algorithm);
        job.Notes.ShouldContain("'logistic' is Strata's 'logistic_regression'.");
        job.Notes.ShouldContain("Combines tree, linear, each as it was trained.");
    }

    [Fact]
    public async Task A_stack_is_no_member_on_the_rows_that_it_has_learned_from_and_a_blend_is()
    {
        OmicsJobView stack = await trained.Combine(Request(trained.Tree, trained.Linear) with { Method = OmicsEnsembleMethod.Stacking });
        OmicsJobView blend = await trained.Combine(Request(trained.Tree, trained.Linear) with { Method = OmicsEnsembleMethod.Blending });

        RefusedException refused = await Should.ThrowAsync<RefusedException>(() => Client.CreateEnsembleAsync(Request(trained.Tree) with { ModelIds = [trained.Tree.ModelId!, stack.ModelId!] }, Cancellation));
        refused.Message.ShouldContain("whose meta-learner has learned from all rows");
        OmicsJobView job = await trained.Combine(Request(trained.Tree) with { ModelIds = [trained.Tree.ModelId!, blend.ModelId!] });
        (await Tested(job.RunId!)).ShouldBe(await Tested(blend.RunId!), ignoreOrder: true);
    }

    [Fact]
    public async Task A_distilled_model_is_tested_on_the_rows_that_its_teacher_has_held_back_and_stands_beside_it()
    {
        OmicsJobView started = await Client.DistilAsync(trained.OtherSplit.ModelId!, new DistilRequest(Hyperparameters: TrainedRun.Values("""{"trees": 40}""")), Cancellation);
        await Client.WaitAsync(started.JobId, cancellation: Cancellation);
        OmicsJobView job = await Client.OmicsJobAsync(started.JobId, Cancellation);

        (job.Status, job.Kind).ShouldBe((JobStatus.Completed, "distil"), job.Error);
        (await Tested(job.RunId!)).ShouldBe(await Tested(trained.OtherSplit.Id), ignoreOrder: true);
        OmicsResultsView results = await Client.OmicsResultsAsync(job.ModelId!, Cancellation);
        (results.Model.Name, results.Model.Algorithm, results.Model.Target).ShouldBe(("other split, distilled", "gradient_boosting", "verdict"));
        TaughtByView teacher = results.TaughtBy!;
        (teacher.ModelId, teacher.Name, teacher.Metric).ShouldBe((trained.OtherSplit.ModelId!, "other split", "log_loss"));
        teacher.Metrics["log_loss"]!.Value.ShouldBe(trained.OtherSplit.Metrics["log_loss"]!.Value, 1e-9);
        teacher.Fidelity!.Value.ShouldBeGreaterThan(0.6);
        teacher.StudentBytes.ShouldBeLessThan(teacher.Bytes);
        (await Client.RunAsync(job.RunId!, Cancellation)).Plan!.Hyperparameters["trees"].GetInt32().ShouldBe(40);

        LineageView back = await Client.LineageAsync(LineageKind.Model, job.ModelId!, Cancellation);
        back.Edges.ShouldContain(edge => edge.What == "was distilled by");
        back.Nodes.Select(node => node.Id).ShouldContain(trained.OtherSplit.ModelId!);
        (await Client.LineageAsync(LineageKind.Model, trained.OtherSplit.ModelId!, Cancellation)).Nodes.Select(node => node.Id).ShouldContain(job.ModelId!);
        (await Should.ThrowAsync<RefusedException>(() => Client.DistilAsync(trained.Tree.ModelId!, new DistilRequest(Hyperparameters: TrainedRun.Values("""{"leafs": 3}""")), Cancellation))).Message.ShouldContain("leafs");
    }

    [Fact]
    public async Task A_model_from_elsewhere_needs_a_dataset_to_be_distilled()
    {
        ModelView shipped = (await Client.OmicsModelsAsync(count: 1000, cancellation: Cancellation)).Models.First(model => model.Origin == ModelOrigin.Pretrained);
        (await Should.ThrowAsync<RefusedException>(() => Client.DistilAsync(shipped.Id, cancellation: Cancellation))).Message.ShouldContain("Name a dataset");
    }

    [Fact]
    public async Task Lineage_leads_from_members_to_the_ensemble_and_back()
    {
        OmicsJobView job = await trained.Combine(Request(trained.Tree, trained.Linear));

        LineageView back = await Client.LineageAsync(LineageKind.Model, job.ModelId!, Cancellation);
        back.Nodes.Select(node => node.Id).ShouldContain(trained.Tree.ModelId!);
        back.Edges.ShouldContain(edge => edge.What == "was combined by");
        LineageView on = await Client.LineageAsync(LineageKind.Model, trained.Linear.ModelId!, Cancellation);
        on.Nodes.Select(node => node.Id).ShouldContain(job.ModelId!);
    }

    [Fact]
    public async Task All_that_keeps_models_from_being_combined_is_said_at_once()
    {
        RunView other = await trained.Train("star", "decision_tree", "stars", seed: 3);
        RefusedException refused = await Should.ThrowAsync<RefusedException>(() => Client.CreateEnsembleAsync(
            Request(trained.Tree, other) with { Algorithms = ["ridge"], TestSize = 0.3, Folds = 3, Target = "depth" }, Cancellation));
        foreach (string part in new[] { "'algorithms' goes with", "'test_size' goes with", "'folds' goes with stacking", "stars predicts 'star', tree predicts 'verdict'" })
        {
            refused.Message.ShouldContain(part);
        }

        (await Should.ThrowAsync<RefusedException>(() => Client.CreateEnsembleAsync(Request(trained.Tree), Cancellation))).Message.ShouldContain("There are 1 models; expected 2 to 20.");
        (await Should.ThrowAsync<RefusedException>(() => Client.CreateEnsembleAsync(Request(trained.Tree, trained.Tree), Cancellation))).Message.ShouldContain("is named 2 times");
        (await Should.ThrowAsync<RefusedException>(() => Client.CreateEnsembleAsync(Request(trained.Tree) with { ModelIds = [trained.Tree.ModelId!, "none"] }, Cancellation))).Message.ShouldContain("none");
    }

    private OmicsEnsembleRequest Request(params RunView[] runs) => new() { DatasetId = trained.Dataset.Id, ModelIds = [.. runs.Select(run => run.ModelId!)] };

    private async Task<long[]> Tested(string runId) => [.. (await Client.TestRowsAsync(runId, 0, 1000, cancellation: Cancellation)).Items.Select(row => row.Row)];
}
