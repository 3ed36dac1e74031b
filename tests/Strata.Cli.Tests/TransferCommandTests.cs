using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Strata.Cli.Tests;

/// <summary>Networks that begin from what others learned, from the command line.</summary>
public sealed class TransferCommandTests : IDisposable
{
    private static readonly string[] Settings = ["--algorithm", "mlp", "--set", "epochs=5", "--set", "width=8", "--set", "layers=2"];
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_network_is_exported_as_safetensors_and_another_begins_from_it_and_tells_the_gain()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(200, kinds: 3)), few = line.Write("few.csv", FlowerTable.Csv(60, kinds: 3, seed: 2));
        CommandLine.Outcome first = await line.Run(["train", table, "--target", "kind", .. Settings, "--out", line.PathOf("first.strata")]);
        CommandLine.Outcome exported = await line.Run("export", line.PathOf("first.strata"), "--format", "safetensors", "--out", line.PathOf("first.safetensors"), "--json");

        CommandLine.Outcome tuned = await line.Run(["train", few, "--target", "kind", .. Settings, "--from", line.PathOf("first.safetensors"), "--against-scratch", "--out", line.PathOf("tuned.strata"), "--json"]);
        CommandLine.Outcome fromModel = await line.Run(["train", few, "--target", "kind", .. Settings, "--from", line.PathOf("first.strata"), "--set", "freeze=hidden.0", "--out", line.PathOf("frozen.strata")]);

        first.ExitCode.ShouldBe(ExitCode.Done, first.Error);
        exported.ExitCode.ShouldBe(ExitCode.Done, exported.Error);
        tuned.ExitCode.ShouldBe(ExitCode.Done, tuned.Error);
        fromModel.ExitCode.ShouldBe(ExitCode.Done, fromModel.Error);
        JsonNode transfer = JsonNode.Parse(tuned.Output)!["transfer"]!;
        ((double)transfer["from_weights"]! - (double)transfer["from_scratch"]!).ShouldBe((double)transfer["gain"]! * (transfer["metric"]!.ToString() == "log_loss" ? -1 : 1), 1e-9);
        fromModel.Error.ShouldContain("parameters begin from the given weights");
    }

    [Fact]
    public async Task A_network_learns_without_a_target_and_is_listed_with_its_card()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(200, kinds: 3)), data = line.PathOf("data");

        CommandLine.Outcome pretrained = await line.Run(["pretrain", table, "--drop", "kind", .. Settings, "--name", "flowers", "--licence", "CC0", "--data", data, "--out", line.PathOf("w.safetensors"), "--json"]);
        CommandLine.Outcome listed = await line.Run("pretrained", "list", "--data", data);
        CommandLine.Outcome shown = await line.Run("pretrained", "show", "flowers", "--data", data);
        CommandLine.Outcome shipped = await line.Run("pretrained", "show", "exoplanets_k2", "--data", data);
        CommandLine.Outcome unknown = await line.Run("pretrained", "show", "nothing", "--data", data);
        CommandLine.Outcome written = await line.Run("pretrained", "export", "flowers", "--data", data, "--out", line.PathOf("again.safetensors"));
        CommandLine.Outcome tuned = await line.Run(["train", table, "--target", "kind", .. Settings, "--from", line.PathOf("again.safetensors"), "--out", line.PathOf("m.strata")]);

        pretrained.ExitCode.ShouldBe(ExitCode.Done, pretrained.Error);
        listed.Output.ShouldContain("flowers");
        listed.Output.ShouldContain("exoplanets_universal");
        shown.Output.ShouldContain("licence: CC0");
        shown.Output.ShouldContain("explained_share");
        shipped.Output.ShouldContain("NASA Exoplanet Archive");
        unknown.ExitCode.ShouldBe(ExitCode.Failed);
        written.ExitCode.ShouldBe(ExitCode.Done, written.Error);
        tuned.ExitCode.ShouldBe(ExitCode.Done, tuned.Error);
    }

    [Theory]
    [InlineData("train", "--target", "kind", "--algorithm", "random_forest", "--from", "x.safetensors", "--out", "m.strata")]
    [InlineData("train", "--target", "kind", "--algorithm", "mlp", "--from", "nowhere", "--out", "m.strata")]
    [InlineData("pretrain", "--algorithm", "random_forest", "--out", "w.safetensors")]
    [InlineData("pretrain", "--algorithm", "mlp")]
    public async Task What_cannot_be_done_is_refused_with_a_sentence(string command, params string[] options)
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(60));

        CommandLine.Outcome refused = await line.Run([command, table, .. options.Select(option => option.EndsWith(".strata", StringComparison.Ordinal) || option.EndsWith("w.safetensors", StringComparison.Ordinal) ? line.PathOf(option) : option)]);

        refused.ExitCode.ShouldBe(ExitCode.Failed);
        refused.Error.Trim().Length.ShouldBeGreaterThan(20);
    }
}
