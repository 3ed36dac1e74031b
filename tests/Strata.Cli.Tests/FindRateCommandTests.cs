using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Strata.Cli.Tests;

public sealed class FindRateCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_rate_is_suggested_where_the_loss_falls_and_the_curve_is_told_and_drawn()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(300)), picture = line.PathOf("rates.svg");
        string[] command = ["find-rate", table, "--target", "kind", "--drop", "garden", "--algorithm", "mlp", "--set", "width=16"];

        CommandLine.Outcome json = await line.Run([.. command, "--svg", picture, "--json"]);
        CommandLine.Outcome people = await line.Run(command);

        json.ExitCode.ShouldBe(ExitCode.Done, json.Error);
        double[] rates = [.. json.Json["rates"]!.AsArray().Select(rate => rate!.GetValue<double>())], losses = [.. json.Json["losses"]!.AsArray().Select(loss => loss!.GetValue<double>())];
        double suggested = json.Json["suggested"]!.GetValue<double>();
        rates.ShouldBe(rates.Order());
        losses.Length.ShouldBe(rates.Length);
        suggested.ShouldBeInRange(1e-4, 0.5);
        XDocument.Load(picture).Root!.Name.LocalName.ShouldBe("svg");
        people.Output.ShouldContain("LEARNING RATE");
        people.Output.ShouldContain("Suggested: ");
        people.Output.ShouldContain("--set learning_rate=");
    }

    [Fact]
    public async Task What_is_no_network_is_refused_with_the_names_of_those_that_are()
    {
        string table = line.Write("flowers.csv", FlowerTable.Csv(100));

        CommandLine.Outcome refused = await line.Run("find-rate", table, "--target", "kind", "--algorithm", "decision_tree");

        refused.ExitCode.ShouldBe(ExitCode.Failed);
        refused.Error.ShouldContain("no learning rate to find");
        refused.Error.ShouldContain("mlp");
    }
}
