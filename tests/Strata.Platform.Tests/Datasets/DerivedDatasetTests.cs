using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Workflow;
using Strata.Platform.Datasets;
using Strata.Platform.Jobs;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Platform.TestWorker;
using Strata.Tensors;
using Xunit;

namespace Strata.Platform.Tests.Datasets;

/// <summary>Datasets made from others by real workers, and trainings that go back along them.</summary>
public class DerivedDatasetTests : IAsyncLifetime
{
    /// <summary>Null is SQLite.</summary>
    protected virtual string? Database => null;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();
    private StrataPlatform platform = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        platform = StrataPlatform.Open(TestPlatform.OptionsFor(folder.Root, Database), TestPlatform.LoadModel, TimeProvider.System);
        await platform.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await platform.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_dataset_is_made_by_steps_that_are_recorded_and_goes_without_a_trace()
    {
        Dataset parent = await UploadAsync("age,town,income\n20,a,low\n,a,high\n40,,low\n900,b,high\n30,a,low\n35,a,high\n", "people.csv");
        var order = new DerivationOrder([Step("impute", """{"numbers":"median","categories":"most_frequent","indicators":false}"""), Step("outliers", """{"action":"drop"}""")]) { Target = "income", Name = "clean people" };
        Dataset made = await ReadyAsync(await platform.DerivedDatasets.DeriveAsync(parent.Id, order));

        made.Status.ShouldBe(DatasetStatus.Ready, made.Error);
        (made.Name, made.Version, made.Origin, made.RowCount, made.ColumnCount, made.SuggestedTarget).ShouldBe(("clean people", 1, DatasetOrigin.Derived, 5, 3, "income"));
        Derivation derivation = made.Derivation.ShouldNotBeNull();
        (derivation.ParentId, derivation.ParentName, derivation.ParentHash, derivation.RowsBefore).ShouldBe((parent.Id, "people", parent.ContentHash, 6));
        derivation.Done.Select(step => (step.Step, step.FittedRows, step.RowsBefore, step.RowsAfter)).ShouldBe([("impute", 6, 6, 6), ("outliers", 6, 6, 5)]);
        derivation.Done[0].Filled.Count.ShouldBe(2);
        platform.Datasets.Rows(made.Id, 1, 2).Rows.ShouldBe([["35", "a", "high"], ["40", "a", "low"]]);
        using (var text = new StreamReader(platform.Datasets.OpenOriginal(made.Id)))
        {
            (await text.ReadToEndAsync(Cancellation)).ShouldStartWith("age,town,income\n20,a,low\n");
        }

        (await platform.DerivedDatasets.DeriveAsync(parent.Id, order)).Id.ShouldBe(made.Id);
        (await Should.ThrowAsync<ConflictException>(() => platform.Datasets.DeleteAsync(parent.Id))).Message.ShouldContain("'clean people' was made from");
        await Should.ThrowAsync<ConflictException>(() => platform.Datasets.RetypeAsync(made.Id, new Dictionary<string, Learning.Data.ColumnType>()));
        await platform.Datasets.DeleteAsync(made.Id);
        await platform.Datasets.DeleteAsync(parent.Id);
        platform.Storage.Blobs.All().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_step_that_fails_fails_the_dataset_with_its_words()
    {
        Dataset parent = await UploadAsync("a,b\n1,2\n3,\n,4\n", "t.csv");
        Dataset failed = await ReadyAsync(await platform.DerivedDatasets.DeriveAsync(parent.Id, new DerivationOrder([Step("select_columns", """{"columns":["a","c"]}""")])));
        failed.Status.ShouldBe(DatasetStatus.Failed);
        failed.Error.ShouldNotBeNull().ShouldContain("'c'");
        await platform.Datasets.DeleteAsync(failed.Id);
        await Should.ThrowAsync<Learning.Data.DataException>(() => platform.DerivedDatasets.DeriveAsync(parent.Id, new DerivationOrder([Step("balance")])));
        await Should.ThrowAsync<Learning.Data.DataException>(() => platform.DerivedDatasets.DeriveAsync(parent.Id, new DerivationOrder([Step("scale")]) { Target = "z" }));
    }

    /// <summary>Cleaned, chosen, split, trained: the test rows are the recorded ones, as they were read, and no step has learned from them.</summary>
    [Fact]
    public async Task A_training_on_a_part_of_a_split_goes_back_to_the_rows_that_were_read_and_uses_exactly_that_split()
    {
        Dataset root = await UploadAsync(Noise(rows: 150, columns: 600), "noise.csv");
        Dataset chosen = await ReadyAsync(await platform.DerivedDatasets.DeriveAsync(root.Id, new DerivationOrder([Step("select_best", """{"score":"correlation","keep":15}""")]) { Target = "y" }));
        Dataset[] parts = await Task.WhenAll((await platform.DerivedDatasets.SplitAsync(chosen.Id, new SplitPlan { Target = "y", TestSize = 0.4, ValidationSize = 0.1 })).Select(ReadyAsync));
        parts.Select(part => (part.Name, part.RowCount, part.ColumnCount)).ShouldBe([("noise (derived) (train)", 75, 16), ("noise (derived) (validation)", 15, 16), ("noise (derived) (test)", 60, 16)]);
        (await platform.DerivedDatasets.SplitAsync(chosen.Id, new SplitPlan { Target = "y", TestSize = 0.4, ValidationSize = 0.1 })).Select(part => part.Id).ShouldBe(parts.Select(part => part.Id));

        Run refitted = await TrainedAsync(parts[0], asIs: false), asItIs = await TrainedAsync(parts[0], asIs: true);

        refitted.Metrics["roc_auc"].ShouldBeInRange(0.3, 0.68);
        asItIs.Metrics["roc_auc"].ShouldBeGreaterThan(0.7);
        refitted.Notes.ShouldContain(note => note.Contains("fitted these steps on its training rows only"));
        refitted.Notes.ShouldContain(note => note.Contains("used that split as it is"));
        asItIs.Notes.ShouldContain(note => note.StartsWith("Leak warning:") && note.Contains("chose columns by 'y' of 150 rows"));
        FindingOf(refitted).ShouldBe("notice");
        FindingOf(asItIs).ShouldBe("critical");
        refitted.Plan!["dataset_steps"]![0]!["step"]!.GetValue<string>().ShouldBe("select_best");
        platform.Datasets.Get(refitted.DatasetId!).Id.ShouldBe(parts[0].Id);

        TestedRowPage tested = platform.Runs.TestedRows(refitted.Id, 0, 1000);
        tested.Total.ShouldBe(60);
        tested.Columns.Count.ShouldBe(601);
        DatasetRows expected = platform.Datasets.Rows(parts[2].Id, 0, 1000);
        foreach ((TestedRow row, string?[] part) in tested.Items.Zip(expected.Rows))
        {
            platform.Datasets.Rows(root.Id, (int)row.Row, 1).Rows[0].ShouldBe(row.Values);
            row.Truth.ShouldBe(part[^1]);
            row.Values[tested.Columns.ToList().IndexOf(expected.Columns[0])].ShouldBe(part[0]);
        }

        await platform.Datasets.DeleteAsync(parts[2].Id);
        (await Should.ThrowAsync<ConflictException>(() => platform.Runs.StartAsync(new RunRequest(parts[0].Id, Plan())))).Message.ShouldContain("The test part");
    }

    [Fact]
    public async Task A_plan_that_names_a_column_which_only_the_steps_make_is_refused()
    {
        Dataset root = await UploadAsync(Noise(rows: 40, columns: 2), "noise.csv");
        Dataset made = await ReadyAsync(await platform.DerivedDatasets.DeriveAsync(root.Id, new DerivationOrder([Step("derive", """{"column":"both","formula":"x0 + x1"}""")])));
        JsonObject plan = Plan();
        plan["drop"] = new JsonArray("both");
        (await Should.ThrowAsync<ConflictException>(() => platform.Runs.StartAsync(new RunRequest(made.Id, plan)))).Message.ShouldContain("'both' is made by the steps");
        (await Should.ThrowAsync<ConflictException>(() => platform.Runs.StartAsync(new RunRequest(made.Id, Plan()) { Preset = "exoplanets.kepler" }))).Message.ShouldContain("without the preset");
    }

    private async Task<Run> TrainedAsync(Dataset dataset, bool asIs)
    {
        Run run = await platform.Runs.StartAsync(new RunRequest(dataset.Id, Plan()) { AsIs = asIs });
        Job job = await platform.Jobs.WaitAsync(run.JobId!, Patience, Cancellation);
        job.Status.ShouldBe(JobStatus.Completed, job.Error);
        return platform.Runs.Get(run.Id);
    }

    private string? FindingOf(Run run) => JsonNode.Parse(platform.Runs.OpenArtifact(run.Id, TrainModel.EvaluationFileName))!["leak_audit"]!.AsArray()
        .FirstOrDefault(finding => finding!["kind"]!.GetValue<string>() == "prepared_on_all_rows")?["severity"]!.GetValue<string>();

    private static JsonObject Plan() => new() { ["target"] = "y", ["algorithm"] = "logistic_regression", ["threads"] = 1 };

    private static StepPlan Step(string name, string settings = "{}") => new(name) { Settings = ((JsonObject)JsonNode.Parse(settings)!).ToDictionary(pair => pair.Key, pair => pair.Value?.DeepClone()) };

    /// <summary>Columns that have nothing to do with the target, which is the last.</summary>
    private static string Noise(int rows, int columns)
    {
        var random = new RandomSource(17);
        var text = new StringBuilder(string.Join(',', Enumerable.Range(0, columns).Select(column => $"x{column}"))).Append(",y\n");
        for (int row = 0; row < rows; row++)
        {
            text.AppendJoin(',', Enumerable.Range(0, columns).Select(_ => random.NextGaussian().ToString("R", CultureInfo.InvariantCulture))).Append(row % 2 == 0 ? ",yes\n" : ",no\n");
        }

        return text.ToString();
    }

    private async Task<Dataset> UploadAsync(string text, string name)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await ReadyAsync(await platform.Datasets.UploadAsync(content, new DatasetUpload(name), Cancellation));
    }

    private async Task<Dataset> ReadyAsync(Dataset dataset)
    {
        await platform.Jobs.WaitAsync(dataset.JobId!, Patience, Cancellation);
        return platform.Datasets.Get(dataset.Id);
    }
}
