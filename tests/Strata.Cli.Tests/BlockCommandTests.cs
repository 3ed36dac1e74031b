using System.Globalization;
using Shouldly;
using Strata.Tensors;
using Xunit;

namespace Strata.Cli.Tests;

/// <summary>From files of blocks to answers about samples of which a block was never measured.</summary>
public sealed class BlockCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task Blocks_are_joined_learned_from_whole_and_predicted_where_one_is_missing()
    {
        Write("train", 80, seed: 1);
        Write("test", 20, seed: 2);
        CommandLine.Outcome joined = await line.Run("join", "--block", $"mrna={line.PathOf("train_mrna.csv")}", "--block", $"protein={line.PathOf("train_protein.csv")}", "--labels", line.PathOf("train_kind.csv"), "--out", line.PathOf("train.csv"));
        await line.Run("join", "--block", $"mrna={line.PathOf("test_mrna.csv")}", "--out", line.PathOf("test.csv"));

        CommandLine.Outcome trained = await line.Run("train", line.PathOf("train.csv"), "--target", "kind", "--preset", "omics.blocks", "--set", "members=logistic_regression", "--test-size", "0", "--out", line.PathOf("m.strata"), "--json");
        CommandLine.Outcome predicted = await line.Run("predict", line.PathOf("m.strata"), line.PathOf("test.csv"), "--out", line.PathOf("p.csv"));

        joined.Output.ShouldContain("80 rows and 6 columns");
        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        (trained.Json["algorithm"]!.GetValue<string>(), trained.Json["training_rows"]!.GetValue<int>(), trained.Json["test_rows"]!.GetValue<int>()).ShouldBe(("blocks", 80, 80));
        trained.Json["split"]!.GetValue<string>().ShouldStartWith("Learned from all rows; judged by models of folds");
        trained.Json["metrics"]!["accuracy"]!.GetValue<double>().ShouldBeInRange(0.7, 0.999);
        predicted.ExitCode.ShouldBe(ExitCode.Done, predicted.Error);
        predicted.Error.ShouldContain("Block 'protein' is missing (2 columns)");
        string[] rows = File.ReadAllLines(line.PathOf("p.csv")), truth = File.ReadAllLines(line.PathOf("test_kind.csv"));
        rows[0].ShouldBe("row,sample,prediction,p(ill),p(well)");
        rows.Skip(1).Select(text => text.Split(',')[1]).ShouldBe(truth.Skip(1).Select(text => text.Split(',')[0]));
        rows.Skip(1).Zip(truth.Skip(1)).Count(pair => pair.First.Split(',')[2] == pair.Second.Split(',')[1]).ShouldBeGreaterThan(12);
    }

    /// <summary>Two blocks in which one column each tells the kind, in rows of other orders.</summary>
    private void Write(string part, int rows, ulong seed)
    {
        var random = new RandomSource(seed);
        (string Id, bool Ill)[] samples = [.. Enumerable.Range(0, rows).Select(row => ($"p{row:000}", random.NextInt(2) == 1))];
        string Line((string Id, bool Ill) sample) => string.Create(CultureInfo.InvariantCulture, $"{sample.Id},{(sample.Ill ? 1.5 : 0) + random.NextGaussian():0.###},{random.NextGaussian():0.###}\n");
        line.Write($"{part}_mrna.csv", "sample,A,B\n" + string.Concat(samples.Select(Line)));
        line.Write($"{part}_protein.csv", "sample,A,B\n" + string.Concat(samples.Reverse().Select(Line)));
        line.Write($"{part}_kind.csv", "sample,kind\n" + string.Concat(samples.Select(sample => $"{sample.Id},{(sample.Ill ? "ill" : "well")}\n")));
    }
}
