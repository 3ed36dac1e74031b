using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Data;
using Strata.Platform.Datasets;
using Strata.Platform.Jobs;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Platform.TestWorker;
using Strata.Tensors;
using Xunit;

namespace Strata.Platform.Tests.Models;

/// <summary>A run from its plan to a stored model, trained by a real worker.</summary>
public class TrainModelTests : IAsyncLifetime
{
    /// <summary>Null is SQLite.</summary>
    protected virtual string? Database => null;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();
    private StrataPlatform platform = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        platform = StrataPlatform.Open(TestPlatform.OptionsFor(folder.Root, Database) with { CheckpointEvery = TimeSpan.FromMilliseconds(20) }, TestPlatform.LoadModel, TimeProvider.System);
        await platform.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await platform.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_run_leaves_a_model_its_evaluation_its_tested_rows_and_its_curves()
    {
        Dataset dataset = await TableAsync();
        Run started = await platform.Runs.StartAsync(new RunRequest(dataset.Id, Plan()) { Name = "first" });
        Job job = await platform.Jobs.WaitAsync(started.JobId!, Patience, Cancellation);
        job.Status.ShouldBe(JobStatus.Completed, job.Error);

        Run run = platform.Runs.Get(started.Id);
        run.Metrics["accuracy"].ShouldBeGreaterThan(0.8);
        run.Parameters["trees"].ShouldBe("20");
        run.Notes.ShouldNotBeEmpty();
        job.Result!["model_id"]!.GetValue<string>().ShouldBe(run.ModelId);
        platform.Runs.Series(run.Id).ShouldNotBeEmpty();
        platform.Runs.Artifacts(run.Id).Select(artifact => artifact.Name).ShouldBe(["evaluation.json", "model.strata", "report.html", "report.json", "rows.frame", "worst_rows.frame"]);
        JsonNode evaluation = JsonNode.Parse(platform.Runs.OpenArtifact(run.Id, TrainModel.EvaluationFileName))!;
        evaluation["importance"]![0]!["column"]!.GetValue<string>().ShouldBe("x");

        StoredModel model = platform.Models.Get(run.ModelId!);
        (model.Name, model.Version, model.Target, model.RunId, model.Origin).ShouldBe(("first", 1, "y", run.Id, ModelOrigin.Trained));
        model.Classes.ShouldBe(["high", "low"]);

        TestedRowPage rows = platform.Runs.TestedRows(run.Id, 0, 1000);
        rows.Total.ShouldBe(60);
        rows.Columns.ShouldBe(["x", "noise", "y"]);
        rows.Items.Select(row => row.Row).ShouldBeUnique();
        foreach (TestedRow row in rows.Items)
        {
            platform.Datasets.Rows(dataset.Id, (int)row.Row, 1).Rows[0].ShouldBe(row.Values);
            row.Truth.ShouldBe(row.Values[2]);
            row.Prediction.ShouldBe(rows.Classes[row.Probabilities[0] >= row.Probabilities[1] ? 0 : 1]);
            row.Loss.ShouldBe(-Math.Log(row.Probabilities[rows.Classes.ToList().IndexOf(row.Truth)]), 1e-12);
        }

        TestedRowPage worst = platform.Runs.TestedRows(run.Id, 0, 5, worstFirst: true);
        worst.Items.Select(row => row.Loss).ShouldBe(rows.Items.Select(row => row.Loss).OrderDescending().Take(5));

        Frame table = platform.Datasets.OpenTable(dataset.Id);
        double first = platform.Models.Load(model.Id).Predict(table).Probability((int)rows.Items[0].Row, 0);
        first.ShouldBe(rows.Items[0].Probabilities[0]);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_model_file_and_each_run_its_own_version()
    {
        Dataset dataset = await TableAsync();
        Run[] runs = [await TrainedAsync(dataset, Plan()), await TrainedAsync(dataset, Plan())];
        StoredModel[] models = [.. runs.Select(run => platform.Models.Get(run.ModelId!))];
        models[1].Hash.ShouldBe(models[0].Hash);
        models.Select(model => model.Version).ShouldBe([1, 2]);
        await platform.Models.DeleteAsync(models[0].Id);
        platform.Models.Load(models[1].Id).Signature.Target.ShouldBe("y");
        Should.Throw<NotFoundException>(() => platform.Models.Load(models[0].Id));
    }

    [Fact]
    public async Task A_training_whose_worker_is_killed_goes_on_where_it_was_and_gives_the_same_model()
    {
        Dataset dataset = await TableAsync();
        JsonObject plan = Plan();
        plan["hyperparameters"] = new JsonObject { ["trees"] = 3000, ["row_fraction"] = 0.5 };
        Run whole = await TrainedAsync(dataset, (JsonObject)plan.DeepClone());
        Run run = await platform.Runs.StartAsync(new RunRequest(dataset.Id, plan));
        string FileOf(int attempt, string name) => Path.Join(platform.Storage.AttemptsFolder, $"{run.JobId}-{attempt}", name);
        await UntilAsync(() => File.Exists(FileOf(1, "checkpoint")));
        using (Process kill = Process.Start("kill", ["-KILL", await File.ReadAllTextAsync(FileOf(1, "worker.pid"), Cancellation)]))
        {
            await kill.WaitForExitAsync(Cancellation);
        }

        long firstStep = -1;
        await UntilAsync(() => (firstStep = FirstStep(FileOf(2, "events.jsonl"))) >= 0);
        Job job = await platform.Jobs.WaitAsync(run.JobId!, Patience, Cancellation);

        job.Status.ShouldBe(JobStatus.Completed, job.Error);
        job.Attempt.ShouldBe(2);
        firstStep.ShouldBeGreaterThan(0);
        platform.Models.Get(platform.Runs.Get(run.Id).ModelId!).Hash.ShouldBe(platform.Models.Get(whole.ModelId!).Hash);
    }

    [Fact]
    public async Task A_plan_that_does_not_fit_fails_the_run_with_every_problem()
    {
        Dataset dataset = await TableAsync();
        JsonObject plan = Plan();
        plan["target"] = "z";
        plan["group"] = "w";
        Run run = await platform.Runs.StartAsync(new RunRequest(dataset.Id, plan));
        Job job = await platform.Jobs.WaitAsync(run.JobId!, Patience, Cancellation);
        job.Status.ShouldBe(JobStatus.Failed);
        job.Error!.ShouldContain("'z'");
        job.Error!.ShouldContain("'w'");
        platform.Runs.Get(run.Id).ModelId.ShouldBeNull();
    }

    [Fact]
    public async Task A_dataset_in_use_by_a_run_is_not_deleted()
    {
        Dataset dataset = await TableAsync();
        JsonObject plan = Plan();
        plan["hyperparameters"] = new JsonObject { ["trees"] = 10_000 };
        Run run = await platform.Runs.StartAsync(new RunRequest(dataset.Id, plan));
        (await Should.ThrowAsync<ConflictException>(() => platform.Datasets.DeleteAsync(dataset.Id))).Message.ShouldContain(run.JobId!);
        await platform.Jobs.CancelAsync(run.JobId!);
        await platform.Jobs.WaitAsync(run.JobId!, Patience, Cancellation);
        await platform.Datasets.DeleteAsync(dataset.Id);
        platform.Runs.Get(run.Id).DatasetName.ShouldBe("table");
    }

    [Fact]
    public async Task A_model_file_can_be_imported_once_and_a_file_that_is_none_leaves_nothing()
    {
        Run run = await TrainedAsync(await TableAsync(), Plan());
        var file = new MemoryStream();
        using (Stream stored = platform.Models.OpenFile(run.ModelId!))
        {
            await stored.CopyToAsync(file, Cancellation);
        }

        StoredModel imported = await platform.Models.ImportAsync(new MemoryStream(file.ToArray()), new ModelEntry("mine"), cancellation: Cancellation);
        imported.Origin.ShouldBe(ModelOrigin.Imported);
        (await platform.Models.ImportAsync(new MemoryStream(file.ToArray()), new ModelEntry("mine"), cancellation: Cancellation)).Id.ShouldBe(imported.Id);
        int blobs = platform.Storage.Blobs.All().Count();
        await Should.ThrowAsync<Exception>(() => platform.Models.ImportAsync(new MemoryStream([1, 2, 3]), new ModelEntry("bad"), cancellation: Cancellation));
        platform.Storage.Blobs.All().Count().ShouldBe(blobs);
    }

    /// <summary>The step of the first metric that a worker has filed, or -1 before there is one.</summary>
    private static long FirstStep(string eventsFile)
    {
        if (!File.Exists(eventsFile))
        {
            return -1;
        }

        using var reader = new StreamReader(new FileStream(eventsFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        string? line = reader.ReadToEnd().Split('\n').SkipLast(1).FirstOrDefault(one => one.Contains("\"step\":", StringComparison.Ordinal) && one.Contains("train_log_loss", StringComparison.Ordinal));
        return line is null ? -1 : JsonNode.Parse(line)!["step"]!.GetValue<long>();
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        var watch = Stopwatch.StartNew();
        while (!holds())
        {
            watch.Elapsed.ShouldBeLessThan(Patience);
            await Task.Delay(5, Cancellation);
        }
    }

    private static JsonObject Plan() => new() { ["target"] = "y", ["algorithm"] = "gradient_boosting", ["hyperparameters"] = new JsonObject { ["trees"] = 20 }, ["seed"] = 3 };

    private async Task<Dataset> TableAsync()
    {
        var random = new RandomSource(5);
        var text = new StringBuilder("x,noise,y\n");
        for (int row = 0; row < 300; row++)
        {
            double x = random.NextDouble();
            text.Append(CultureInfo.InvariantCulture, $"{x:0.0000},{random.NextDouble():0.0000},{(x + 0.1 * random.NextDouble() > 0.55 ? "high" : "low")}\n");
        }

        Dataset dataset = await platform.Datasets.UploadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), new DatasetUpload("table.csv"), Cancellation);
        await platform.Jobs.WaitAsync(dataset.JobId!, Patience, Cancellation);
        return platform.Datasets.Get(dataset.Id);
    }

    private async Task<Run> TrainedAsync(Dataset dataset, JsonObject plan)
    {
        Run run = await platform.Runs.StartAsync(new RunRequest(dataset.Id, plan));
        Job job = await platform.Jobs.WaitAsync(run.JobId!, Patience, Cancellation);
        job.Status.ShouldBe(JobStatus.Completed, job.Error);
        return platform.Runs.Get(run.Id);
    }
}
