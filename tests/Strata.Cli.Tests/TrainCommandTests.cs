using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Tensors;
using Xunit;

namespace Strata.Cli.Tests;

public sealed class TrainCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Theory]
    [InlineData("gradient_boosting")]
    [InlineData("random_forest")]
    [InlineData("decision_tree")]
    [InlineData("logistic_regression")]
    public async Task Training_writes_a_model_and_tells_fit_seconds_metrics_and_model(string algorithm)
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(400));

        CommandLine.Outcome trained = await line.Run("train", table, "--target", "kind", "--drop", "height", "--group", "garden", "--algorithm", algorithm, "--out", line.PathOf("m.strata"), "--json");

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        trained.Json["model"]!.GetValue<string>().ShouldBe(line.PathOf("m.strata"));
        trained.Json["fit_seconds"]!.GetValue<double>().ShouldBeGreaterThan(0);
        trained.Json["metrics"]!["accuracy"]!.GetValue<double>().ShouldBeGreaterThan(0.7);
        File.Exists(line.PathOf("m.strata")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("gradient_boosting", "objective=lambda_rank")]
    [InlineData("lightgbm", "objective=lambdarank")]
    [InlineData("xgboost", "objective=rank:pairwise")]
    public async Task Rows_of_a_query_are_ranked_though_their_relevances_look_like_classes(string algorithm, string objective)
    {
        var random = new RandomSource(3);
        var text = new System.Text.StringBuilder("query_id,match,age,relevance\n");
        for (int row = 0; row < 600; row++)
        {
            double match = random.NextDouble();
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"q{row / 12},{match:0.000},{random.NextInt(90)},{Math.Floor(3 * Math.Min(0.99, match + 0.2 * random.NextDouble()))}\n");
        }

        CommandLine.Outcome trained = await line.Run(
            "train", line.Write("clicks.csv", text.ToString()), "--target", "relevance", "--group", "query_id", "--algorithm", algorithm, "--set", objective, "--out", line.PathOf("m.strata"), "--json");

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        trained.Json["metrics"]!["ndcg_10"]!.GetValue<double>().ShouldBeGreaterThan(0.85);
    }

    [Theory]
    [InlineData("logistic_regression")]
    [InlineData("multinomial_naive_bayes")]
    [InlineData("gradient_boosting")]
    public async Task Sparse_rows_are_trained_on_and_predicted_though_a_file_lacks_some_columns(string algorithm)
    {
        var random = new RandomSource(8);
        var text = new System.Text.StringBuilder();
        for (int row = 0; row < 600; row++)
        {
            int side = random.NextInt(2);
            var indices = Enumerable.Range(0, 6).Select(_ => 1 + random.NextInt(150)).Append(side == 1 ? 151 + random.NextInt(4) : 155 + random.NextInt(4)).Distinct().Order();
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{(side == 1 ? "+1" : "-1")} {string.Join(' ', indices.Select(index => $"{index}:{1 + random.NextInt(3)}"))}\n");
        }

        CommandLine.Outcome trained = await line.Run("train", line.Write("mails.svmlight", text.ToString()), "--target", "label", "--algorithm", algorithm, "--out", line.PathOf("m.strata"), "--json");
        CommandLine.Outcome predicted = await line.Run("predict", line.PathOf("m.strata"), line.Write("new.libsvm", "1 151:2 152:1\n-1 156:2 157:1\n"), "--out", line.PathOf("p.csv"));

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        trained.Json["metrics"]!["roc_auc"]!.GetValue<double>().ShouldBeGreaterThan(0.9);
        predicted.ExitCode.ShouldBe(ExitCode.Done, predicted.Error);
        Frame predictions = TableFile.Read(line.PathOf("p.csv"), cancellation: TestContext.Current.CancellationToken).Frame;
        Enumerable.Range(0, 2).Select(row => predictions.Columns[1].TextAt(row)).ShouldBe(["1", "-1"]);
    }

    [Fact]
    public async Task Outliers_are_looked_for_without_a_target()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(200));

        CommandLine.Outcome trained = await line.Run("train", table, "--algorithm", "isolation_forest", "--drop", "kind", "--out", line.PathOf("m.strata"));
        CommandLine.Outcome judged = await line.Run("train", table, "--algorithm", "isolation_forest", "--target", "kind", "--out", line.PathOf("n.strata"), "--json");
        CommandLine.Outcome other = await line.Run("train", table, "--algorithm", "random_forest", "--out", line.PathOf("o.strata"));

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        trained.Output.ShouldContain("outlier_share");
        trained.Output.ShouldNotContain("TRUE");
        judged.Json["metrics"]!["roc_auc"]!.GetValue<double>().ShouldBeInRange(0, 1);
        other.ExitCode.ShouldNotBe(ExitCode.Done);
        other.Error.ShouldContain("isolation_forest");
        (await line.Run("predict", line.PathOf("m.strata"), table, "--out", line.PathOf("p.csv"))).ExitCode.ShouldBe(ExitCode.Done);
        Read("p.csv").Names.ShouldBe(["row", "prediction", "score"]);
        (await line.Run("evaluate", line.PathOf("n.strata"), table)).Output.ShouldContain("roc_auc");
        (await line.Run("show", line.PathOf("m.strata"))).Output.ShouldContain("finds outliers");
    }

    [Fact]
    public async Task Steps_are_asked_for_in_order_and_a_wrong_one_is_told()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(300));
        string[] train = ["train", table, "--target", "kind", "--algorithm", "logistic_regression", "--drop", "height", "--out", line.PathOf("m.strata")];

        CommandLine.Outcome trained = await line.Run([.. train, "--prepare", "impute_iterative", "--prepare", "derive:column=area,formula=max([petal length] * [petal width], 0)", "--prepare", "target_encode"]);
        CommandLine.Outcome wrong = await line.Run([.. train, "--prepare", "scale:method=sideways"]);
        CommandLine.Outcome listed = await line.Run("steps"), one = await line.Run("steps", "scale"), schema = await line.Run("steps", "scale", "--json");

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        (await line.Run("explain", line.PathOf("m.strata"), table, "--out", line.PathOf("why.csv"))).ExitCode.ShouldBe(ExitCode.Done);
        Read("why.csv").Names.ShouldBe(["garden", "petal length", "petal width", "colour", "bias"]);
        wrong.ExitCode.ShouldBe(ExitCode.Failed);
        wrong.Error.ShouldContain("Step 'scale': 'method' is 'sideways'; it takes one of standard, min_max, robust, max_abs.");
        listed.Output.ShouldContain("impute_neighbors");
        one.Output.ShouldContain("robust");
        schema.Json["properties"]!["method"]!["default"]!.GetValue<string>().ShouldBe("standard");
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_model_file_bytes_for_any_number_of_threads()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(300));
        foreach ((string name, string threads) in new[] { ("a", "1"), ("b", "2"), ("c", "2") })
        {
            (await line.Run("train", table, "--target", "kind", "--seed", "7", "--threads", threads, "--out", line.PathOf(name))).ExitCode.ShouldBe(ExitCode.Done);
        }

        byte[] first = await File.ReadAllBytesAsync(line.PathOf("a"), TestContext.Current.CancellationToken);
        (await File.ReadAllBytesAsync(line.PathOf("b"), TestContext.Current.CancellationToken)).ShouldBe(first);
        (await File.ReadAllBytesAsync(line.PathOf("c"), TestContext.Current.CancellationToken)).ShouldBe(first);
    }

    [Fact]
    public async Task Predictions_keep_the_order_of_rows_and_give_each_class_its_probability()
    {
        (string model, string rows) = await Trained("kind", kinds: 3);

        (await line.Run("predict", model, rows, "--out", line.PathOf("p.csv"))).ExitCode.ShouldBe(ExitCode.Done);

        Frame predicted = Read("p.csv");
        predicted.Names.ShouldBe(["row", "prediction", "p(kind a)", "p(kind b)", "p(kind c)"]);
        predicted.RowCount.ShouldBe(60);
        for (int row = 0; row < 60; row++)
        {
            predicted["row"].NumberAt(row).ShouldBe(row);
            double[] probabilities = [.. predicted.Names.Skip(2).Select(name => predicted[name].NumberAt(row))];
            probabilities.Sum().ShouldBe(1, 1e-9);
            predicted["prediction"].TextAt(row).ShouldBe($"kind {(char)('a' + Array.IndexOf(probabilities, probabilities.Max()))}");
        }
    }

    [Fact]
    public async Task Reasons_of_two_classes_sum_to_the_log_odds()
    {
        (string model, string rows) = await Trained("kind");
        await line.Run("predict", model, rows, "--out", line.PathOf("p.csv"));

        (await line.Run("explain", model, rows, "--out", line.PathOf("e.csv"))).ExitCode.ShouldBe(ExitCode.Done);

        Frame predicted = Read("p.csv"), reasons = Read("e.csv");
        reasons.Names.ShouldBe(["garden", "petal length", "petal width", "colour", "height", "bias"]);
        for (int row = 0; row < reasons.RowCount; row++)
        {
            double p = predicted["p(kind b)"].NumberAt(row);
            reasons.Columns.Sum(column => column.NumberAt(row)).ShouldBe(Math.Log(p / (1 - p)), 1e-4);
        }
    }

    [Fact]
    public async Task Pairs_of_columns_sum_to_the_reasons_and_reasons_may_compare_with_other_rows()
    {
        (string model, string rows) = await Trained("kind");
        string[] against = ["explain", model, rows, "--method", "interventional", "--out"];
        await line.Run("explain", model, rows, "--out", line.PathOf("e.csv"));

        (await line.Run("explain", model, rows, "--interactions", "--out", line.PathOf("i.csv"))).ExitCode.ShouldBe(ExitCode.Done);
        (await line.Run([.. against, line.PathOf("b.csv"), "--background", rows])).ExitCode.ShouldBe(ExitCode.Done);
        (await line.Run([.. against, line.PathOf("n.csv"), "--background", "7"])).ExitCode.ShouldBe(ExitCode.Done);

        Frame reasons = Read("e.csv"), pairs = Read("i.csv"), other = Read("b.csv");
        string[] columns = ["garden", "petal length", "petal width", "colour", "height"];
        pairs.Names.ShouldBe(["row", "column", .. columns]);
        pairs.RowCount.ShouldBe(reasons.RowCount * columns.Length);
        columns.Sum(column => pairs[column].NumberAt(columns.Length + 1)).ShouldBe(reasons["petal length"].NumberAt(1), 1e-9);
        other.Columns.Sum(column => column.NumberAt(4)).ShouldBe(reasons.Columns.Sum(column => column.NumberAt(4)), 1e-9);
        other["bias"].NumberAt(0).ShouldNotBe(Read("n.csv")["bias"].NumberAt(0));
    }

    [Theory]
    [InlineData("gain")]
    [InlineData("cover")]
    [InlineData("splits")]
    [InlineData("permutation")]
    public async Task Importance_of_every_kind_is_told_on_the_whole(string kind)
    {
        (string model, string rows) = await Trained("kind");

        CommandLine.Outcome told = await line.Run("explain", model, rows, "--importance", kind, "--json");

        told.ExitCode.ShouldBe(ExitCode.Done, told.Error);
        told.Json["importance"]!.AsArray().Count.ShouldBe(5);
        told.Json["importance"]![0]!["mean"]!.GetValue<double>().ShouldBeGreaterThan(0);
        CommandLine.Outcome shown = await line.Run("show", model, "--importance", kind);
        shown.ExitCode.ShouldBe(kind == "permutation" ? ExitCode.Failed : ExitCode.Done);
    }

    [Fact]
    public async Task Options_that_do_not_go_together_are_refused()
    {
        CommandLine.Outcome refused = await line.Run("explain", "m.strata", "t.csv", "--method", "path", "--background", "5");

        refused.ExitCode.ShouldNotBe(ExitCode.Done);
        refused.Error.ShouldContain("--background goes with --method auto, interventional");
        refused.Error.ShouldContain("'--out' is required");
        (await line.Run("explain", "m.strata", "t.csv", "--method", "magic", "--out", "o.csv")).Error.ShouldContain("'magic' is none of auto, path, interventional");
    }

    [Fact]
    public async Task Reasons_of_several_classes_have_a_line_per_class()
    {
        (string model, string rows) = await Trained("kind", kinds: 3);

        (await line.Run("explain", model, rows, "--out", line.PathOf("e.csv"))).ExitCode.ShouldBe(ExitCode.Done);

        Frame reasons = Read("e.csv");
        reasons.RowCount.ShouldBe(180);
        reasons.Names.Last().ShouldBe("class");
        Enumerable.Range(0, 3).Select(reasons["class"].TextAt).ShouldBe(["kind a", "kind b", "kind c"]);
    }

    [Fact]
    public async Task Regression_predicts_numbers_whose_reasons_sum_to_them()
    {
        (string model, string rows) = await Trained("height");
        await line.Run("predict", model, rows, "--out", line.PathOf("p.csv"));
        await line.Run("explain", model, rows, "--out", line.PathOf("e.csv"));

        Frame predicted = Read("p.csv"), reasons = Read("e.csv");
        predicted.Names.ShouldBe(["row", "prediction"]);
        for (int row = 0; row < predicted.RowCount; row++)
        {
            reasons.Columns.Sum(column => column.NumberAt(row)).ShouldBe(predicted["prediction"].NumberAt(row), 1e-4);
        }
    }

    [Fact]
    public async Task A_test_table_of_its_own_is_what_metrics_are_about()
    {
        string train = line.Write("train.csv", FlowerTable.Csv(300)), test = line.Write("test.csv", FlowerTable.Csv(77, seed: 2));

        CommandLine.Outcome trained = await line.Run("train", train, "--target", "kind", "--drop", "garden", "--test", test, "--out", line.PathOf("m.strata"), "--json");
        CommandLine.Outcome evaluated = await line.Run("evaluate", line.PathOf("m.strata"), test, "--json");

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        trained.Json["test_rows"]!.GetValue<int>().ShouldBe(77);
        evaluated.Json["metrics"]!["log_loss"]!.GetValue<double>().ShouldBe(trained.Json["metrics"]!["log_loss"]!.GetValue<double>(), 1e-12);
    }

    [Fact]
    public async Task Show_tells_what_the_model_is()
    {
        (string model, _) = await Trained("kind");

        CommandLine.Outcome shown = await line.Run("show", model, "--json");

        shown.Json["algorithm"]!.GetValue<string>().ShouldBe("gradient_boosting");
        shown.Json["signature"]!["target"]!.GetValue<string>().ShouldBe("kind");
        (await line.Run("show", model)).Output.ShouldContain("petal length");
    }

    [Fact]
    public async Task Wrong_hyperparameters_are_named_all_at_once()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(100));

        CommandLine.Outcome refused = await line.Run("train", table, "--target", "kind", "--set", "learning_rat=0.1", "--set", "trees=-3", "--out", line.PathOf("m"));

        refused.ExitCode.ShouldBe(ExitCode.Failed);
        refused.Error.ShouldContain("Did you mean 'learning_rate'?");
        refused.Error.ShouldContain("'trees' is '-3'; it takes a whole number from 1");
    }

    [Fact]
    public async Task A_mistyped_target_is_answered_with_the_near_name()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(100));

        CommandLine.Outcome refused = await line.Run("train", table, "--target", "Kind", "--out", line.PathOf("m"));

        refused.ExitCode.ShouldBe(ExitCode.Failed);
        refused.Error.ShouldContain("Did you mean 'kind'?");
    }

    [Theory]
    [InlineData("train")]
    [InlineData("train", "t.csv", "--target", "x", "--out", "m", "--task", "guess")]
    [InlineData("train", "t.csv", "--target", "x", "--out", "m", "--test-size", "2")]
    [InlineData("train", "t.csv", "--target", "x", "--out", "m", "--set", "novalue")]
    [InlineData("train", "t.csv", "--target", "x", "--out", "m", "--threads", "0")]
    [InlineData("fly")]
    [InlineData("predict", "m.strata")]
    public async Task Wrong_usage_exits_with_two_and_points_to_help(params string[] arguments)
    {
        CommandLine.Outcome refused = await line.Run(arguments);

        refused.ExitCode.ShouldBe(ExitCode.Usage);
        refused.Error.ShouldContain("--help");
    }

    [Fact]
    public async Task An_interrupted_training_exits_with_130_and_leaves_no_model()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(4000));
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        using var output = new StringWriter();
        using var error = new StringWriter();

        int exitCode = await new StrataProgram(new Terminal(output, error, isInteractive: false)).RunAsync(
            ["train", table, "--target", "kind", "--set", "trees=10000", "--out", line.PathOf("m.strata")], interrupt.Token);

        exitCode.ShouldBe(ExitCode.Interrupted);
        File.Exists(line.PathOf("m.strata")).ShouldBeFalse();
    }

    [Fact]
    public async Task Algorithms_lists_the_catalog_and_one_algorithms_settings()
    {
        CommandLine.Outcome all = await line.Run("algorithms", "--json");
        CommandLine.Outcome one = await line.Run("algorithms", "gradient_boosting", "--json");

        JsonNode.Parse(all.Output)!.AsArray().Select(row => row!["name"]!.GetValue<string>()).ShouldContain("ridge");
        one.Json["properties"]!["learning_rate"]!["type"]!.GetValue<string>().ShouldBe("number");
        (await line.Run("algorithms", "gradient_bosting")).Error.ShouldContain("Did you mean 'gradient_boosting'?");
    }

    private async Task<(string Model, string Rows)> Trained(string target, int kinds = 2)
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(300, kinds)), rows = line.Write("rows.csv", FlowerTable.Csv(60, kinds, seed: 9));
        CommandLine.Outcome trained = await line.Run("train", table, "--target", target, "--set", "trees=40", "--out", line.PathOf("m.strata"));
        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        return (line.PathOf("m.strata"), rows);
    }

    private Frame Read(string name) => TableFile.Read(line.PathOf(name), cancellation: TestContext.Current.CancellationToken).Frame;
}
