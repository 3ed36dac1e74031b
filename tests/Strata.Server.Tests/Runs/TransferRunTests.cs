using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Learning.Catalog;
using Strata.Learning.ModelFiles;
using Strata.Learning.Workflow;
using Xunit;

namespace Strata.Server.Tests.Runs;

public sealed class TransferRunTests(TrainedRun trained) : IClassFixture<TrainedRun>
{
    private StrataClient Client => trained.Running.Client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_network_begins_from_a_stored_models_weights_and_says_what_they_are_worth()
    {
        RunView first = await Train(Network("""{"epochs":2,"width":8,"layers":1}"""));
        RunView second = await Train(Network("""{"epochs":1,"width":8,"layers":1,"freeze":"hidden.*"}""", new StartRequest(first.ModelId, AgainstScratch: true)));
        second.StartedFrom.ShouldBe(new StartView(first.Name, first.ModelId, true));
        second.Notes.ShouldContain(note => note.Contains("begin from the given weights", StringComparison.Ordinal));
        TransferGainView gain = (await Client.EvaluationAsync(second.Id, Cancellation)).Transfer.ShouldNotBeNull();
        gain.Metric.ShouldBe("log_loss");
        gain.Gain.ShouldBe(gain.FromScratch - gain.FromWeights, 1e-12);
        (await Client.EvaluationAsync(first.Id, Cancellation)).Transfer.ShouldBeNull();

        // What was frozen is as it was given.
        Safetensors before = await Weights(first), after = await Weights(second);
        string frozen = before.Tensors.First(tensor => tensor.Name.StartsWith("hidden.0", StringComparison.Ordinal)).Name, head = before.Tensors.Last(tensor => tensor.Name.StartsWith("head", StringComparison.Ordinal)).Name;
        after.TryGet(frozen)!.ToSingles().ShouldBe(before.TryGet(frozen)!.ToSingles());
        after.TryGet(head)!.ToSingles().ShouldNotBe(before.TryGet(head)!.ToSingles());

        // A clone begins from the same weights.
        JobView again = await Client.CloneAsync(second.Job!.Id, new CloneRequest(), Cancellation);
        (await Client.RunAsync(again.Owner, Cancellation)).StartedFrom!.ModelId.ShouldBe(first.ModelId);
        await Client.WaitAsync(again.Id, cancellation: Cancellation);
    }

    [Fact]
    public async Task Weights_that_have_seen_rows_of_the_test_are_told_by_the_leak_audit()
    {
        RunRequest network = Network("""{"epochs":1,"width":8,"layers":1}""");
        RunView first = await Train(network);
        RunRequest next = network with { StartFrom = new StartRequest(first.ModelId) };
        RunView alike = await Train(next), otherwise = await Train(next with { Plan = next.Plan with { Seed = 9 } });
        RunView further = await Train(next with { StartFrom = new StartRequest(alike.ModelId), Plan = next.Plan with { TestSize = 0.3 } });

        (await Findings(alike)).ShouldBeEmpty();
        LeakFindingView finding = (await Findings(otherwise)).ShouldHaveSingleItem();
        finding.Severity.ShouldBe(LeakSeverity.Warning);
        finding.Message.ShouldContain($"'{first.Name}'");
        finding.Advice.ShouldContain("seed 0, test_size 0.2");
        (await Findings(further)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Weights_that_somebody_pretrained_are_found_by_name()
    {
        RunView first = await Train(Network("""{"epochs":1,"width":8,"layers":1}"""));
        var card = new WeightsCard { Name = "my-weights", Algorithm = "mlp", TrainedOn = "survey", TrainedRows = 1, Metrics = new Dictionary<string, double>(), Inputs = ModelFile.Load(await Download(first)).Model.Signature.Features };
        new WeightsFolder(Path.Join(trained.Running.DataFolder, "pretrained")).Add(card, await Weights(first));
        RunView second = await Train(Network("""{"epochs":1,"width":8,"layers":1}""", new StartRequest(Pretrained: "my-weights")));
        second.StartedFrom.ShouldBe(new StartView("my-weights", null, false));
    }

    [Fact]
    public async Task Starting_weights_that_cannot_be_are_refused()
    {
        string shipped = trained.Running.Platform.Models.List().Items.First(model => model.Origin == Platform.Models.ModelOrigin.Pretrained).Name;
        (await Refused(Network("{}", new StartRequest()))).ShouldContain("one of them");
        (await Refused(Network("{}", new StartRequest("none")))).ShouldContain("'none'");
        (await Refused(Network("{}", new StartRequest(Pretrained: "nothing")))).ShouldContain(shipped);
        (await Refused(Network("{}", new StartRequest(trained.Run.ModelId)))).ShouldContain("gradient_boosting");
        (await Refused(new RunRequest(trained.Dataset.Id, new PlanRequest("verdict", Drop: ["id"]), StartFrom: new StartRequest(trained.Run.ModelId)))).ShouldContain("no network");
        (await Refused(Network("{}", new StartRequest(trained.Run.ModelId)) with { Tuning = new TuningRequest(Trials: 2) })).ShouldContain("'start_from' goes with a training without tuning");
    }

    private RunRequest Network(string hyperparameters, StartRequest? start = null) =>
        new(trained.Dataset.Id, new PlanRequest("verdict", Algorithm: "mlp", Hyperparameters: TrainedRun.Values(hyperparameters), Drop: ["id"], Threads: 1), StartFrom: start);

    private async Task<RunView> Train(RunRequest request)
    {
        RunView run = await Client.StartRunAsync(request, Cancellation);
        JobView job = await Client.WaitAsync(run.Job!.Id, cancellation: Cancellation);
        job.Status.ShouldBe(JobStatus.Completed, job.Error);
        return await Client.RunAsync(run.Id, Cancellation);
    }

    private async Task<LeakFindingView[]> Findings(RunView run) => [.. (await Client.EvaluationAsync(run.Id, Cancellation)).LeakAudit!.Where(finding => finding.Kind == "weights_saw_test_rows")];

    private async Task<string> Refused(RunRequest request) => (await Should.ThrowAsync<RefusedException>(() => Client.StartRunAsync(request, Cancellation))).Message;

    private async Task<MemoryStream> Download(RunView run)
    {
        var file = new MemoryStream();
        await Client.DownloadModelAsync(run.ModelId!, file, Cancellation);
        file.Position = 0;
        return file;
    }

    private async Task<Safetensors> Weights(RunView run) => InitialWeights.Of(ModelFile.Load(await Download(run)).Model);
}
