using Shouldly;
using Strata.Client.Contracts;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Platform;
using Strata.Platform.Models;
using Xunit;
using GateKind = Strata.Client.Contracts.GateKind;

namespace Strata.Cli.Tests;

public sealed class RegistryCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_model_is_registered_held_to_rules_promoted_and_told_of()
    {
        string data = line.PathOf("data");
        string model = await Stored(data);

        (await Run(data, "model", "register", "planets", "--model", model, "--alias", "champion")).ShouldContain($"planets version 1: Training, model {model}");
        (await Run(data, "registry", "rules", "planets", "--gate", "latency=100000", "--gate", "metric_ceiling:no_such=1")).ShouldContain("2 gates");
        CommandLine.Outcome refused = await line.Run("registry", "promote", "planets", "1", "--data", data);
        (refused.ExitCode, refused.Error.Contains("no_such at most 1", StringComparison.Ordinal)).ShouldBe((ExitCode.Failed, true), refused.Error);
        (await Run(data, "registry", "promote", "planets", "1", "--force", "--reason", "it is known")).ShouldContain("Production");
        (await Run(data, "registry", "history", "planets")).ShouldContain("it is known");
    }

    [Theory]
    [InlineData("metric_floor:accuracy=0.9", GateKind.MetricFloor, "accuracy", 0.9)]
    [InlineData("not_worse:f_beta:2=0.01", GateKind.NotWorse, "f_beta:2", 0.01)]
    [InlineData("leak_audit", GateKind.LeakAudit, null, null)]
    public void A_gate_is_read_from_its_words(string text, GateKind kind, string? metric, double? bound) => GateText.Read(text).ShouldBe(new GateView(kind, metric, bound));

    [Theory]
    [InlineData("speed=1")]
    [InlineData("latency=fast")]
    public void A_gate_that_nobody_knows_is_refused(string text) => Should.Throw<DataException>(() => GateText.Read(text)).Message.ShouldContain("expected");

    private async Task<string> Run(string data, params string[] arguments)
    {
        CommandLine.Outcome outcome = await line.Run([.. arguments, "--data", data]);
        outcome.ExitCode.ShouldBe(ExitCode.Done, outcome.Error);
        return outcome.Output;
    }

    /// <summary>The id of a model in a new data folder.</summary>
    private static async Task<string> Stored(string data)
    {
        await using StrataPlatform platform = StrataPlatform.Open(new PlatformOptions { DataFolder = data }, stream => ModelFile.Load(stream).Model, TimeProvider.System);
        double[] x = [1, 2, 3, 4];
        using var file = new MemoryStream();
        new ModelFile(new LinearRegression().Fit(new TrainingTable(new Frame(new Float64Column("x", x)), new NumberTarget("y", x)), new FitContext()), new ModelCard()).Save(file);
        file.Position = 0;
        return (await platform.Models.ImportAsync(file, new ModelEntry("line"))).Id;
    }
}
