using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Client.Contracts.TrainingPlatform;
using Strata.Tensors;
using Xunit;

namespace Strata.Server.Tests.Surfaces;

/// <summary>The training platform's requests over real HTTP, with real workers.</summary>
public abstract class TrainingPlatformTests(SharedServer server)
{
    private const string Gaps = "age,town,income\n20,a,low\n,a,high\n40,,low\n900,b,high\n30,a,low\n35,a,high\n25,b,low\n28,b,\n";

    private StrataClient Client => server.Running.Client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_uploaded_table_is_shown_with_its_types_target_and_gaps()
    {
        PlatformDatasetView dataset = await Upload(Gaps, "people.csv", "people", "income");

        (dataset.Name, dataset.Rows, dataset.Columns, dataset.TargetColumn, dataset.Status).ShouldBe(("people", 8, 3, "income", DatasetStatus.Ready));
        dataset.ColumnNames.ShouldBe(["age", "town", "income"]);
        dataset.ColumnTypes["town"].ShouldBe(ColumnType.Category);
        dataset.MissingValues.ShouldBe(new Dictionary<string, long> { ["age"] = 1, ["town"] = 1, ["income"] = 1 });
        (await Client.PlatformDatasetsAsync(cancellation: Cancellation)).Items.ShouldContain(one => one.DatasetId == dataset.DatasetId && one.MissingValues == null);

        byte[] workbook = Workbook.Of(["a", "b"], [1, "x"], [2, "y"]);
        PlatformDatasetView sheet = await Client.UploadPlatformDatasetAsync(new MemoryStream(workbook), "sheet.xlsx", targetColumn: "b", cancellation: Cancellation);
        (sheet.Name, sheet.Rows, sheet.TargetColumn).ShouldBe(("sheet", 2, "b"));

        RefusedException refused = await Should.ThrowAsync<RefusedException>(() => Upload(Gaps, "people.csv", "others", "incomes"));
        (refused.Problem.Status, refused.Message).ShouldBe((422, "The target: There is no column 'incomes'. Did you mean 'income'?"));
        (await Client.PlatformDatasetsAsync(cancellation: Cancellation)).Items.ShouldNotContain(one => one.Name == "others");
    }

    [Fact]
    public async Task Cleaning_makes_a_new_dataset_and_says_what_it_did()
    {
        PlatformDatasetView dataset = await Upload(Gaps, "people.csv", "to clean", "income");

        CleanDataView cleaned = await Client.CleanDataAsync(new CleanDataRequest(dataset.DatasetId, MissingStrategy.Median, OutlierMethod.Iqr, 1.5), Cancellation);

        (cleaned.Name, cleaned.OriginalDatasetId, cleaned.OriginalRows, cleaned.CleanedRows, cleaned.RowsRemoved).ShouldBe(("to clean (cleaned)", dataset.DatasetId, 8, 7, 1));
        cleaned.MissingFilled.ShouldBe(new Dictionary<string, int> { ["age"] = 1, ["town"] = 1 }, ignoreOrder: true);
        cleaned.OutliersRemoved.ShouldBe(new Dictionary<string, int> { ["age"] = 1 });
        cleaned.Steps.Select(step => step.Step).ShouldBe(["impute", "outliers"]);
        cleaned.Notes.ShouldContain(note => note.Contains("fits them again on its training rows only"));
        PlatformDatasetView made = await Client.PlatformDatasetAsync(cleaned.DatasetId, Cancellation);
        made.DerivedFrom.ShouldNotBeNull().ParentId.ShouldBe(dataset.DatasetId);
        made.MissingValues!["income"].ShouldBe(1);
        (await Client.PlatformDatasetAsync(dataset.DatasetId, Cancellation)).Rows.ShouldBe(8);

        foreach ((MissingStrategy strategy, string? age) in new[] { (MissingStrategy.Mean, "154"), (MissingStrategy.Mode, "20"), (MissingStrategy.ForwardFill, "20"), (MissingStrategy.BackwardFill, "40"), (MissingStrategy.Drop, null) })
        {
            CleanDataView other = await Client.CleanDataAsync(new CleanDataRequest(dataset.DatasetId, strategy, Name: $"by {strategy}"), Cancellation);
            DatasetRows rows = await Client.DatasetRowsAsync(other.DatasetId, cancellation: Cancellation);
            (strategy == MissingStrategy.Drop ? other.CleanedRows == 6 && rows.Rows[1][0] == "900" : rows.Rows[1][0] == age).ShouldBeTrue($"{strategy}: {rows.Rows[1][0]}");
        }

        (await Client.CleanDataAsync(new CleanDataRequest(dataset.DatasetId, MissingStrategy.None, OutlierMethod.Zscore, 2), Cancellation)).OutliersRemoved.ShouldBe(new Dictionary<string, int> { ["age"] = 1 });
    }

    [Fact]
    public async Task Each_way_of_selection_finds_the_columns_that_matter()
    {
        PlatformDatasetView dataset = await Upload(Survey(120), "survey.csv", "to select", "verdict");
        foreach (SelectionMethod method in Enum.GetValues<SelectionMethod>())
        {
            SelectFeaturesView selected = await Client.SelectFeaturesAsync(new SelectFeaturesRequest(dataset.DatasetId, "verdict", method, NFeatures: 2, RandomState: 1, Name: $"by {method}"), Cancellation);

            selected.SelectedFeatures.ShouldBe(["signal", "echo"], ignoreOrder: true, customMessage: $"{method}");
            selected.RemovedFeatures.ShouldBe(["noise1", "noise2", "noise3"], ignoreOrder: true);
            selected.Scores["signal"].ShouldNotBeNull().ShouldBeGreaterThan(selected.Scores["noise1"]!.Value);
            (selected.Rows, selected.TargetColumn, selected.Method).ShouldBe((120, "verdict", method));
        }
    }

    [Fact]
    public async Task A_training_uses_the_recorded_split_and_tells_its_evaluation_history_and_summary()
    {
        PlatformDatasetView dataset = await Upload(Survey(150), "survey.csv", "to train", "verdict");
        CleanDataView cleaned = await Client.CleanDataAsync(new CleanDataRequest(dataset.DatasetId, MissingStrategy.Mean, OutlierMethod.Zscore, 4), Cancellation);
        SplitDataView split = await Client.SplitDataAsync(new SplitDataRequest(cleaned.DatasetId, TestSize: 0.2, ValidationSize: 0.2, RandomState: 42), Cancellation);
        (split.TrainRows, split.ValidationRows, split.TestRows).ShouldBe((90, 30, 30));

        TrainingJobView started = await Client.TrainModelAsync(
            new TrainModelRequest(split.TrainDatasetId, "verdict", "xgboost", TrainedRun.Values("""{"n_estimators":60,"max_depth":3,"n_jobs":4}"""), EarlyStopping: true, EarlyStoppingPatience: 5, RandomState: 7), Cancellation);
        (started.Algorithm, started.TargetColumn, started.Evaluation, started.TrainingSummary).ShouldBe(("xgboost", "verdict", null, null));
        started.Notes.ShouldContain(note => note.StartsWith("'n_jobs' says nothing of the model"));
        TrainingJobView done = await Done(started.JobId);

        TrainedEvaluationView evaluation = done.Evaluation.ShouldNotBeNull();
        evaluation.Metrics["roc_auc"].ShouldNotBeNull().ShouldBeGreaterThan(0.8);
        evaluation.ConfusionMatrix.SelectMany(row => row).Sum().ShouldBe(30);
        evaluation.FeatureImportance.Keys.ShouldContain("signal");
        TrainingSummaryView summary = done.TrainingSummary.ShouldNotBeNull();
        (summary.TrainingRows, summary.TestRows).ShouldBe((90, 30));
        summary.EpochsTrained.ShouldNotBeNull().ShouldBeInRange(6, 60);
        done.TrainingHistory.ShouldNotBeEmpty();
        done.TrainingHistory.Values.ShouldAllBe(series => series.Count == summary.EpochsTrained);
        done.ModelId.ShouldNotBeNull();
        done.Notes.ShouldContain(note => note.StartsWith("'n_jobs'"));
        done.Notes.ShouldContain(note => note.Contains("impute, outliers: the training went back to the rows of 'to train'"));
        done.Notes.ShouldContain(note => note.Contains("used that split as it is"));
        done.Warnings.ShouldNotContain(warning => warning.Contains("as it is"));

        TrainingJobView asItIs = await Done((await Client.TrainModelAsync(new TrainModelRequest(split.TrainDatasetId, Algorithm: "decision_tree", AsIs: true), Cancellation)).JobId);
        asItIs.Warnings.ShouldContain(warning => warning.Contains("was trained on as it is: its step impute was fitted on 150 rows"));
        asItIs.TrainingSummary!.TestRows.ShouldBe(30);
    }

    [Fact]
    public async Task A_training_without_a_split_scales_selects_and_stops_early_as_asked()
    {
        PlatformDatasetView dataset = await Upload(Survey(150), "survey.csv", "without split", "verdict");

        TrainingJobView network = await Client.TrainModelAsync(
            new TrainModelRequest(
                dataset.DatasetId, Algorithm: "neural_network", Hyperparameters: TrainedRun.Values("""{"hidden_layer_sizes":[16,8],"max_iter":12}"""), TestSize: 0.3, ValidationSize: 0.14,
                ScalingMethod: ScalingMethod.Minmax, FeatureSelection: JsonSerializer.SerializeToElement(new { method = "correlation", n_features = 3 }), EarlyStopping: true, EarlyStoppingPatience: 3, CrossValidationFolds: 2), Cancellation);
        network.Algorithm.ShouldBe("mlp");
        network.Notes.ShouldBe(["'neural_network' is here 'mlp': Multilayer perceptron.", "'hidden_layer_sizes' [16,8] are here 2 layers of 16, the widest of them."]);
        network.Hyperparameters["validation_fraction"].GetDouble().ShouldBe(0.2);
        TrainingJobView done = await Done(network.JobId);

        done.TrainingSummary!.TestRows.ShouldBe(45);
        done.TrainingSummary.EpochsTrained.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(12);
        done.Evaluation!.CrossValidation.ShouldNotBeNull().Keys.ShouldContain("log_loss");
        RunView run = await Client.RunAsync(done.RunId, Cancellation);
        IReadOnlyList<StepRequest> steps = run.Plan!.Preparation.ShouldNotBeNull();
        steps.Select(step => step.Step).ShouldBe(["select_best", "drop_text", "scale"]);
        steps[2].Settings!["method"].GetString().ShouldBe("min_max");
    }

    [Theory]
    [InlineData(TuneMethod.GridSearch, """{"max_depth":[2,4],"min_samples_leaf":[1,5]}""", null, 4)]
    [InlineData(TuneMethod.RandomSearch, null, """{"max_depth":[2,3,4],"min_samples_leaf":{"low":1,"high":20}}""", 3)]
    [InlineData(TuneMethod.Optuna, null, """{"max_depth":{"low":2,"high":6},"min_samples_leaf":{"low":1,"high":20,"log":true}}""", 3)]
    public async Task Hyperparameters_are_searched_by_grids_and_distributions(TuneMethod method, string? grid, string? distributions, int trials)
    {
        PlatformDatasetView dataset = await Upload(Survey(90), "survey.csv", "to tune", "verdict");
        var request = new TuneModelRequest(
            dataset.DatasetId, "verdict", "decision_tree", method,
            grid is null ? null : JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<JsonElement>>>(grid),
            distributions is null ? null : TrainedRun.Values(distributions),
            NTrials: method == TuneMethod.GridSearch ? null : trials, CvFolds: 2, Scoring: "roc_auc", RandomState: 3);

        TrainingJobView done = await Done((await Client.TuneModelAsync(request, Cancellation)).JobId);

        TuningSummaryView tuning = done.Tuning.ShouldNotBeNull();
        tuning.Trials.Count.ShouldBe(trials);
        tuning.BestParams.Keys.ShouldBe(["max_depth", "min_rows_per_leaf"], ignoreOrder: true);
        (tuning.Metric, tuning.BestScore > 0.6).ShouldBe(("roc_auc", true));
        done.Hyperparameters.Keys.ShouldContain("max_depth");
        done.Evaluation.ShouldNotBeNull();
        using HttpResponseMessage answer = await server.Running.Http.GetAsync($"/api/ml/models/tune/{done.JobId}", Cancellation);
        (await answer.Read<TrainingJobView>()).Tuning!.BestScore.ShouldBe(tuning.BestScore);
    }

    [Fact]
    public async Task Algorithms_are_compared_on_the_same_folds()
    {
        PlatformDatasetView dataset = await Upload(Survey(90), "survey.csv", "to compare", "verdict");

        ModelComparisonView started = await Client.CompareModelsAsync(new CompareModelsRequest(dataset.DatasetId, ["DecisionTree", "knn", "logistic_regression"], CvFolds: 3, Scoring: "accuracy"), Cancellation);
        started.Notes.ShouldContain("'knn' is here 'k_nearest_neighbors': Nearest neighbours.");
        (await Client.WaitAsync(started.JobId, null, Cancellation)).Status.ShouldBe(JobStatus.Completed);
        ModelComparisonView done = await Client.ModelComparisonAsync(started.JobId, Cancellation);

        done.Ranking.Select(one => one.Rank).ShouldBe([1, 2, 3, 4]);
        done.Ranking.Select(one => one.Algorithm).ShouldBe(["decision_tree", "k_nearest_neighbors", "logistic_regression", "baseline"], ignoreOrder: true);
        done.Ranking[^1].Algorithm.ShouldBe("baseline");
        done.Ranking.ShouldAllBe(one => one.Scores.Count == 3 && one.Error == null);
        (done.BestModel, done.Metric, done.TargetColumn).ShouldBe((done.Ranking[0].Algorithm, "accuracy", "verdict"));
    }

    [Fact]
    public async Task A_split_by_group_or_time_is_obeyed_and_recorded()
    {
        PlatformDatasetView dataset = await Upload("site,day,x,y\n" + string.Concat(Enumerable.Range(0, 40).Select(row => $"s{row % 8},{row},{row % 5},{(row % 3 == 0 ? "a" : "b")}\n")), "visits.csv", "visits", "y");

        SplitDataView grouped = await Client.SplitDataAsync(new SplitDataRequest(dataset.DatasetId, TestSize: 0.25, Group: "site", Name: "by site"), Cancellation);
        string?[] Sites(DatasetRows rows) => [.. rows.Rows.Select(row => row[0]).Distinct()];
        Sites(await Client.DatasetRowsAsync(grouped.TrainDatasetId, cancellation: Cancellation)).Intersect(Sites(await Client.DatasetRowsAsync(grouped.TestDatasetId, cancellation: Cancellation))).ShouldBeEmpty();
        (grouped.ValidationDatasetId, grouped.ValidationRows).ShouldBe((null, 0));

        SplitDataView timed = await Client.SplitDataAsync(new SplitDataRequest(dataset.DatasetId, TestSize: 0.25, Stratify: JsonSerializer.SerializeToElement(false), Time: "day", Name: "by day"), Cancellation);
        (await Client.DatasetRowsAsync(timed.TestDatasetId, cancellation: Cancellation)).Rows.ShouldAllBe(row => int.Parse(row[1]!, CultureInfo.InvariantCulture) >= 30);
        DatasetView part = await Client.DatasetAsync(timed.TrainDatasetId, Cancellation);
        part.DerivedFrom!.Split.ShouldNotBeNull().Part.ShouldBe(SplitPart.Train);
        (part.Origin, part.Name).ShouldBe((DatasetOrigin.Derived, "by day (train)"));

        using HttpResponseMessage file = await server.Running.Http.GetAsync($"/api/datasets/{timed.TrainDatasetId}/file", Cancellation);
        (await file.Content.ReadAsStringAsync(Cancellation)).ShouldStartWith("site,day,x,y\ns0,0,0,a\n");
    }

    [Fact]
    public async Task The_houses_own_route_makes_datasets_by_any_steps_and_by_splits()
    {
        PlatformDatasetView dataset = await Upload(Survey(40), "survey.csv", "to derive", "verdict");

        DerivedDatasetsView made = await Client.DeriveAsync(dataset.DatasetId, new DerivationRequest([new StepRequest("drop_columns", TrainedRun.Values("""{"columns":["noise1"]}""")), new StepRequest("impute")], Name: "narrow"), Cancellation);
        DatasetView narrow = made.Datasets.ShouldHaveSingleItem();
        (narrow.Name, narrow.DerivedFrom!.Steps.Select(step => (step.Step, step.ColumnsBefore, step.ColumnsAfter)).First()).ShouldBe(("narrow", ("drop_columns", 6, 5)));
        DerivedDatasetsView parts = await Client.DeriveAsync(narrow.Id, new DerivationRequest(Split: new SplitRequest(0.5), Seed: 3), Cancellation);
        parts.Datasets.Select(part => part.RowCount).ShouldBe([20, 20]);

        (await Should.ThrowAsync<RefusedException>(() => Client.DeriveAsync(narrow.Id, new DerivationRequest([new StepRequest("impute")], new SplitRequest()), Cancellation))).Problem.Status.ShouldBe(422);
        (await Should.ThrowAsync<RefusedException>(() => Client.DeleteDatasetAsync(dataset.DatasetId, Cancellation))).Problem.Status.ShouldBe(409);
        (await Should.ThrowAsync<RefusedException>(() => Client.DeriveAsync(dataset.DatasetId, new DerivationRequest([new StepRequest("select_columns", TrainedRun.Values("""{"columns":["nois"]}"""))]), Cancellation))).Message.ShouldContain("There is no column 'nois'");
    }

    [Theory]
    [InlineData("/api/ml/data/clean", """{"dataset_id":"DATASET","missing_strategy":"guess"}""", 400, "mean, median, mode, drop, forward_fill, backward_fill, none")]
    [InlineData("/api/ml/data/clean", """{"dataset_id":"DATASET","missing_strategy":"none"}""", 422, "nothing to clean")]
    [InlineData("/api/ml/data/clean", """{"dataset_id":"DATASET","outlier_threshold":2}""", 422, "goes with an 'outlier_method'")]
    [InlineData("/api/ml/data/clean", """{"dataset_id":"DATASET","strategy":"mean"}""", 400, "missing_strategy")]
    [InlineData("/api/ml/data/clean", """{"missing_strategy":"mean"}""", 400, "dataset_id")]
    [InlineData("/api/ml/data/clean", """{"dataset_id":"nowhere"}""", 404, "nowhere")]
    [InlineData("/api/ml/data/select-features", """{"dataset_id":"DATASET","target_column":"verdct"}""", 422, "Did you mean 'verdict'?")]
    [InlineData("/api/ml/data/select-features", """{"dataset_id":"DATASET","n_features":0}""", 422, "n_features")]
    [InlineData("/api/ml/data/split", """{"dataset_id":"DATASET","test_size":0.8,"validation_size":0.3}""", 422, "leaves none to learn from")]
    [InlineData("/api/ml/data/split", """{"dataset_id":"DATASET","stratify":7}""", 422, "true, false, or the name of a column")]
    [InlineData("/api/ml/models/train", """{"dataset_id":"DATASET","algorithm":"random_forst"}""", 422, "Did you mean 'random_forest'?")]
    [InlineData("/api/ml/models/train", """{"dataset_id":"DATASET","algorithm":"random_forest","hyperparameters":{"n_estimators":-1}}""", 422, "'trees' is '-1'")]
    [InlineData("/api/ml/models/train", """{"dataset_id":"DATASET","test_size":0.7,"validation_size":0.4}""", 422, "leaves none to learn from")]
    [InlineData("/api/ml/models/train", """{"dataset_id":"DATASET","feature_selection":"magic"}""", 422, "mutual_info")]
    [InlineData("/api/ml/models/train", """{"dataset_id":"DATASET","feature_selection":{"method":"rfe","n_features":"ten"}}""", 422, "an object of 'method' and 'n_features'")]
    [InlineData("/api/ml/models/train", """{"dataset_id":"DATASET","validation_size":-0.1}""", 422, "0 for none")]
    [InlineData("/api/ml/models/tune", """{"dataset_id":"DATASET","param_distributions":{"trees":7}}""", 422, "a list of values, or an object of 'low' and 'high'")]
    [InlineData("/api/ml/models/compare", """{"dataset_id":"DATASET","algorithms":["ridge","gess"]}""", 422, "gess")]
    public async Task What_makes_no_sense_is_refused_with_what_does(string path, string body, int status, string told)
    {
        PlatformDatasetView dataset = await Upload(Survey(30), "survey.csv", "to refuse", "verdict");
        using var content = new StringContent(body.Replace("DATASET", dataset.DatasetId, StringComparison.Ordinal), Encoding.UTF8, "application/json");

        using HttpResponseMessage answer = await server.Running.Http.PostAsync(path, content, Cancellation);

        (await answer.Problem(status)).Detail.ShouldContain(told);
    }

    [Fact]
    public async Task A_job_of_another_kind_is_no_training()
    {
        PlatformDatasetView dataset = await Upload(Survey(30), "survey.csv", "no training", "verdict");
        string reading = (await Client.DatasetAsync(dataset.DatasetId, Cancellation)).JobId!;
        foreach (string path in new[] { "train", "tune", "compare" })
        {
            using HttpResponseMessage answer = await server.Running.Http.GetAsync($"/api/ml/models/{path}/{reading}", Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    /// <summary>The requests of the guide in their order: what one answers is what the next names.</summary>
    [Fact]
    public async Task The_guides_requests_do_what_it_says()
    {
        var answers = new GuideRequests("training-platform.md", Survey(120));
        await answers.Run(server.Running, Cancellation);
        answers.Count.ShouldBeGreaterThanOrEqualTo(9);
    }

    private Task<PlatformDatasetView> Upload(string table, string fileName, string name, string target) =>
        Client.UploadPlatformDatasetAsync(new MemoryStream(Encoding.UTF8.GetBytes(table)), fileName, name, target, cancellation: Cancellation);

    private async Task<TrainingJobView> Done(string jobId)
    {
        JobView job = await Client.WaitAsync(jobId, null, Cancellation);
        job.Status.ShouldBe(JobStatus.Completed, job.Error);
        return await Client.TrainingJobAsync(jobId, Cancellation);
    }

    /// <summary>Two columns that tell the verdict, with some gaps, and three that do not.</summary>
    private static string Survey(int rows)
    {
        var random = new RandomSource(23);
        var text = new StringBuilder("signal,echo,noise1,noise2,noise3,verdict\n");
        for (int row = 0; row < rows; row++)
        {
            double signal = random.NextGaussian(), echo = signal + random.NextGaussian() * 0.5;
            string gap = row % 25 == 3 ? string.Empty : echo.ToString("R", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{signal:R},{gap},{random.NextGaussian():R},{random.NextGaussian():R},{random.NextGaussian():R},{(signal + random.NextGaussian() * 0.3 > 0 ? "planet" : "none")}\n");
        }

        return text.ToString();
    }
}

public sealed class TrainingPlatformOnSqliteTests(SharedServer server) : TrainingPlatformTests(server), IClassFixture<SharedServer>;

public sealed class TrainingPlatformOnPostgresTests(SharedPostgresServer server) : TrainingPlatformTests(server), IClassFixture<SharedPostgresServer>;
