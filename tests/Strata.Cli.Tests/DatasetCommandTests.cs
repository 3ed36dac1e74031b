using Shouldly;
using Xunit;

namespace Strata.Cli.Tests;

/// <summary><c>strata dataset</c> against a running server.</summary>
public sealed class DatasetCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task A_table_is_sent_cleaned_selected_and_split_from_the_command_line()
    {
        await using ServedProgram served = await ServedProgram.StartAsync(line.PathOf("data"));
        async Task<CommandLine.Outcome> Run(params string[] arguments)
        {
            CommandLine.Outcome outcome = await line.Run(["dataset", .. arguments, "--server", served.Address.ToString()]);
            outcome.ExitCode.ShouldBe(0, outcome.Error);
            return outcome;
        }

        string table = line.Write("people.csv", "age,shoe,income\n" + string.Concat(Enumerable.Range(0, 40).Select(row => $"{(row == 7 ? string.Empty : 20 + row)},{36 + row * 7 % 10},{(row < 20 ? "low" : "high")}\n")));
        string id = (await Run("upload", table, "--target", "income", "--json")).Json["dataset_id"]!.GetValue<string>();

        CommandLine.Outcome cleaned = await Run("clean", id, "--missing", "forward_fill", "--outliers", "iqr", "--name", "clean");
        cleaned.Output.ShouldContain("clean: 40 of 40 rows");
        cleaned.Output.ShouldMatch("(?m)^age +1 +0$");
        string clean = cleaned.Output[..cleaned.Output.IndexOf(' ', StringComparison.Ordinal)];
        (await Run("select", clean, "--method", "tree_importance", "--keep", "1")).Output.ShouldMatch("(?m)^age .*yes$");
        (await Run("split", clean, "--test-size", "0.25", "--json")).Json["test_rows"]!.GetValue<int>().ShouldBe(10);
        (await Run("list")).Output.ShouldContain("clean (train)");

        CommandLine.Outcome refused = await line.Run("dataset", "clean", id, "--missing", "none", "--server", served.Address.ToString());
        refused.ExitCode.ShouldNotBe(0);
        refused.Error.ShouldContain("nothing to clean");
    }
}
