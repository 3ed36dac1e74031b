using Shouldly;
using Xunit;

namespace Strata.Cli.Tests;

/// <summary>Answers that can be matched to what the rows are about.</summary>
public sealed class PredictCommandTests : IDisposable
{
    private const string Rows = "patient,ward,measured,petal length,petal width,colour,site\n007,w1,3.5,1.2,0.3,red,a\nb 8,w1,2.5,0.1,0.2,\"blue\",b\n009,w2,1.5,2,1,red,a\n";

    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task The_group_and_dropped_identifiers_stand_beside_the_answers_without_being_asked_for()
    {
        string model = await Trained("--group", "ward", "--drop", "patient", "--drop", "measured", "--drop", "site");

        CommandLine.Outcome predicted = await line.Run("predict", model, line.Write("new.csv", Rows), "--out", line.PathOf("p.csv"));

        predicted.ExitCode.ShouldBe(ExitCode.Done, predicted.Error);
        predicted.Output.ShouldContain("3 predictions written to");
        predicted.Output.ShouldContain("with 'patient', 'ward'");
        string[] lines = await Lines();
        lines[0].ShouldBe("row,patient,ward,prediction,p(kind a),p(kind b)");
        lines.Skip(1).Select(text => string.Join(',', text.Split(',')[..3])).ShouldBe(["0,007,w1", "1,b 8,w1", "2,009,w2"]);
    }

    [Fact]
    public async Task Columns_that_are_asked_for_stand_there_instead_also_those_of_the_model()
    {
        string model = await Trained("--drop", "patient", "--drop", "ward", "--drop", "measured", "--drop", "site"), rows = line.Write("new.csv", Rows.Replace("ward", "prediction", StringComparison.Ordinal));

        (await line.Run("predict", model, rows, "--keep", "prediction, colour", "--out", line.PathOf("p.csv"), "--json")).Json["kept"]!.AsArray().Select(name => name!.GetValue<string>()).ShouldBe(["prediction", "colour"]);
        string[] lines = await Lines();
        lines[0].ShouldBe("row,prediction (table),colour,prediction,p(kind a),p(kind b)");
        lines[1].ShouldStartWith("0,w1,red,kind ");

        (await line.Run("predict", model, rows, "--keep", "none", "--out", line.PathOf("p.csv"))).ExitCode.ShouldBe(ExitCode.Done);
        (await Lines())[0].ShouldBe("row,prediction,p(kind a),p(kind b)");

        (await line.Run("predict", model, rows, "--keep", "patiend", "--out", line.PathOf("p.csv"))).Error.ShouldContain("There is no column 'patiend'. Did you mean 'patient'?");
    }

    private async Task<string> Trained(params string[] further)
    {
        string[] flowers = FlowerTable.Csv(120).TrimEnd('\n').Split('\n');
        string table = line.Write("flowers.csv", string.Join('\n', flowers.Select((text, row) => row == 0 ? $"patient,ward,measured,site,{text}" : $"p{row:000},w{row % 9},{row / 2.0},s,{text}")));
        CommandLine.Outcome trained = await line.Run(["train", table, "--target", "kind", "--algorithm", "decision_tree", "--drop", "garden", "--drop", "height", "--out", line.PathOf("m.strata"), .. further]);
        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        return line.PathOf("m.strata");
    }

    private Task<string[]> Lines() => File.ReadAllLinesAsync(line.PathOf("p.csv"), TestContext.Current.CancellationToken);
}
