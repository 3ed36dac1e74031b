using System.Globalization;
using Shouldly;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Tensors;
using Xunit;

namespace Strata.Cli.Tests;

/// <summary>A person who knows an algorithm's name can train it on a table as people have them.</summary>
public sealed class EveryAlgorithmTests : IDisposable
{
    private readonly CommandLine line = new();

    public static TheoryData<string, string?> Trainings =>
    [
        .. Algorithms.All.Where(algorithm => algorithm.ArrayTypes.Count == 0).SelectMany(algorithm => algorithm.Tasks.Select(task => new TheoryDataRow<string, string?>(
            algorithm.Name, task switch { LearningTask.BinaryClassification or LearningTask.MulticlassClassification => "kind", LearningTask.Regression => "height", _ => null })).DistinctBy(row => row.Data)),
    ];

    public static TheoryData<string> SeriesAlgorithms => [.. Algorithms.All.Where(algorithm => algorithm.ArrayTypes.Contains(ColumnType.Series)).Select(algorithm => algorithm.Name)];

    public void Dispose() => line.Dispose();

    [Theory]
    [MemberData(nameof(Trainings))]
    public async Task Every_algorithm_trains_on_numbers_categories_and_gaps(string algorithm, string? target)
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(200, kinds: 3));
        string[] targeted = target is null ? [] : ["--target", target];

        CommandLine.Outcome trained = await line.Run(["train", table, .. targeted, "--algorithm", algorithm, "--out", line.PathOf("m.strata"), "--json"]);
        CommandLine.Outcome predicted = await line.Run("predict", line.PathOf("m.strata"), line.Write("more.csv", FlowerTable.Csv(50, kinds: 3, seed: 2)), "--out", line.PathOf("p.csv"));

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        predicted.ExitCode.ShouldBe(ExitCode.Done, predicted.Error);
        File.ReadAllLines(line.PathOf("p.csv")).Length.ShouldBe(51);
    }

    [Theory]
    [MemberData(nameof(SeriesAlgorithms))]
    public async Task Every_algorithm_for_series_trains_on_lists_of_numbers_beside_a_table(string name)
    {
        string[] quick = name == "automl" ? ["--set", "deterministic=true", "--set", "algorithms=linear"] : Algorithms.Named(name).Hyperparameters.Any(known => known.Name == "epochs") ? ["--set", "epochs=2"] : [];
        string table = line.Write("motions.jsonl", Motions(60, seed: 1)), more = line.Write("more.jsonl", Motions(15, seed: 2));

        CommandLine.Outcome trained = await line.Run(["train", table, "--target", "kind", "--algorithm", name, .. quick, "--out", line.PathOf("m.strata"), "--json"]);
        CommandLine.Outcome predicted = await line.Run("predict", line.PathOf("m.strata"), more, "--out", line.PathOf("p.csv"));

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        predicted.ExitCode.ShouldBe(ExitCode.Done, predicted.Error);
        File.ReadAllLines(line.PathOf("p.csv")).Length.ShouldBe(16);
    }

    [Fact]
    public async Task A_Gaussian_process_says_how_sure_it_is_of_each_number()
    {
        CommandLine.Outcome trained = await line.Run("train", line.Write("flowers.csv", FlowerTable.Csv(200)), "--target", "height", "--algorithm", "gaussian_process", "--out", line.PathOf("m.strata"));
        await line.Run("predict", line.PathOf("m.strata"), line.Write("more.csv", FlowerTable.Csv(20, seed: 2)), "--out", line.PathOf("p.csv"));

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        string[] lines = File.ReadAllLines(line.PathOf("p.csv"));
        lines[0].ShouldBe("row,prediction,standard_deviation");
        lines.Skip(1).ShouldAllBe(row => double.Parse(row.Split(',', StringSplitOptions.None)[2], System.Globalization.CultureInfo.InvariantCulture) > 0);
    }

    [Fact]
    public async Task Members_of_an_ensemble_can_be_calibrated()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(300));
        CommandLine.Outcome trained = await line.Run(
            "train", table, "--target", "kind", "--algorithm", "voting", "--set", "members=random_forest(trees=20, calibrate=isotonic), gaussian_naive_bayes(calibrate=platt), logistic_regression", "--out", line.PathOf("m.strata"));
        CommandLine.Outcome predicted = await line.Run("predict", line.PathOf("m.strata"), table, "--out", line.PathOf("p.csv"));
        CommandLine.Outcome wrong = await line.Run("train", table, "--target", "kind", "--algorithm", "voting", "--set", "members=random_forest(calibrate=magic)", "--out", line.PathOf("n.strata"));

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        predicted.ExitCode.ShouldBe(ExitCode.Done, predicted.Error);
        wrong.Error.ShouldContain("platt, isotonic, temperature, beta");
    }

    [Fact]
    public async Task A_training_that_takes_longer_than_it_may_is_given_up()
    {
        CommandLine.Outcome trained = await line.Run(
            "train", line.Write("flowers.csv", FlowerTable.Csv(2000)), "--target", "kind", "--algorithm", "random_forest", "--set", "trees=100000", "--time-limit", "0.5", "--out", line.PathOf("m.strata"));

        trained.ExitCode.ShouldBe(ExitCode.Failed);
        trained.Error.ShouldContain("The time limit of 0.5 s was up");
        File.Exists(line.PathOf("m.strata")).ShouldBeFalse();
    }

    /// <summary>JSON lines: six steps of three numbers, a number, a category and the class.</summary>
    private static string Motions(int rows, ulong seed)
    {
        var random = new RandomSource(seed);
        string Step(int kind) => string.Create(CultureInfo.InvariantCulture, $"[{kind + random.NextGaussian():0.###},{random.NextGaussian():0.###},{random.NextGaussian():0.###}]");
        return string.Concat(Enumerable.Range(0, rows).Select(row => (row, Kind: random.NextInt(2))).Select(one => string.Create(
            CultureInfo.InvariantCulture, $"{{\"motion\":[{string.Join(',', Enumerable.Range(0, 6).Select(_ => Step(one.Kind)))}],\"mass\":{50 + one.row},\"side\":\"{(one.row % 3 == 0 ? "left" : "right")}\",\"kind\":\"kind {one.Kind}\"}}\n")));
    }
}
