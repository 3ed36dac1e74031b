using System.Globalization;
using System.Text;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Xunit;

namespace Strata.Cli.Tests;

/// <summary>Series and clouds on the command line, from the file to the predictions.</summary>
public sealed class ArrayTableTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Theory]
    [InlineData("gradient_boosting")]
    [InlineData("minirocket")]
    public async Task A_table_with_a_row_for_each_step_is_trained_on_and_predicted(string algorithm)
    {
        string table = line.Write("beats.csv", Steps(80)), model = line.PathOf("m.strata");

        CommandLine.Outcome trained = await line.Run("train", table, "--series-id", "patient", "--series-time", "t", "--target", "ill", "--drop", "patient", "--algorithm", algorithm, "--out", model, "--json");

        trained.ExitCode.ShouldBe(ExitCode.Done, trained.Error);
        trained.Json["metrics"]!["accuracy"]!.GetValue<double>().ShouldBeGreaterThan(0.8);
        CommandLine.Outcome predicted = await line.Run("predict", model, table, "--series-id", "patient", "--series-time", "t", "--out", line.PathOf("p.csv"));
        predicted.ExitCode.ShouldBe(ExitCode.Done, predicted.Error);
        TableFile.Read(line.PathOf("p.csv"), cancellation: TestContext.Current.CancellationToken).Frame.RowCount.ShouldBe(80);
    }

    [Fact]
    public async Task Series_written_as_lists_in_a_table_are_what_a_model_wants()
    {
        string table = line.Write("beats.csv", Steps(80)), model = line.PathOf("m.strata");
        (await line.Run("train", table, "--series-id", "patient", "--series-time", "t", "--target", "ill", "--drop", "patient", "--algorithm", "decision_tree", "--out", model)).ExitCode.ShouldBe(ExitCode.Done);

        CommandLine.Outcome predicted = await line.Run("predict", model, line.Write("new.csv", "series\n\"[0,0.2,0.4,0.7,1.1]\"\n\"[0,0,0]\"\n"), "--out", line.PathOf("p.csv"));

        predicted.ExitCode.ShouldBe(ExitCode.Done, predicted.Error);
        Column answers = TableFile.Read(line.PathOf("p.csv"), cancellation: TestContext.Current.CancellationToken).Frame["prediction"];
        answers.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_profile_tells_sizes_gaps_and_ranges_of_arrays()
    {
        CommandLine.Outcome profile = await line.Run("profile", line.Write("s.csv", "y,s\n1,\"[1,2,3]\"\n2,\"[4,null]\"\n"));

        profile.ExitCode.ShouldBe(ExitCode.Done, profile.Error);
        profile.Output.ShouldContain("length 2..3; 1 with gaps; value 1 to 4");
    }

    [Fact]
    public async Task A_channel_without_the_column_of_series_is_refused()
    {
        CommandLine.Outcome refused = await line.Run("profile", line.Write("s.csv", "y\n1\n"), "--series-time", "t");

        refused.ExitCode.ShouldNotBe(ExitCode.Done);
        refused.Error.ShouldContain("go with --series-id");
    }

    /// <summary>Patients of whom every second one's beats rise.</summary>
    private static string Steps(int patients)
    {
        var text = new StringBuilder("patient,t,beat,ill\n");
        for (int patient = 0; patient < patients; patient++)
        {
            for (int t = 0; t < 30; t++)
            {
                double beat = (patient % 2 == 0 ? 0.1 * t : 0) + 0.3 * Math.Sin(t * (patient + 2));
                text.Append(CultureInfo.InvariantCulture, $"{patient},{t},{beat:0.000},{(patient % 2 == 0 ? "yes" : "no")}\n");
            }
        }

        return text.ToString();
    }
}
