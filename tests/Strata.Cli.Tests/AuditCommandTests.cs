using Shouldly;
using Xunit;

namespace Strata.Cli.Tests;

public sealed class AuditCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task What_stands_in_both_tables_is_told_by_name()
    {
        string[] rows = FlowerTable.Csv(300).TrimEnd().Split('\n');
        string train = line.Write("train.csv", string.Join('\n', rows[..241]));
        string test = line.Write("test.csv", string.Join('\n', [rows[0], .. rows[241..], .. rows[1..21]]));

        CommandLine.Outcome told = await line.Run("audit-leaks", train, "--target", "kind", "--test", test);
        CommandLine.Outcome json = await line.Run("audit-leaks", train, "--target", "kind", "--group", "garden", "--test", test, "--json");

        told.ExitCode.ShouldBe(ExitCode.Done, told.Error);
        told.Output.ShouldContain("CRITICAL  20 of 80 test rows (25%) stand in the training rows too, value for value");
        told.Output.ShouldContain("row 61 of the test table, which is row 1 of the training table");
        json.Json["leak_audit"]!.AsArray().Select(finding => finding!["kind"]!.GetValue<string>()).ShouldContain("shared_groups");
    }

    [Fact]
    public async Task Intervals_are_told_by_declared_group()
    {
        string[] rows = FlowerTable.Csv(600).TrimEnd().Split('\n');
        string table = line.Write("flowers.csv", string.Join('\n', rows.Select((row, i) => i == 0 ? $"{row},site" : $"{row},s{i % 12}"))), model = line.PathOf("m.strata");

        CommandLine.Outcome trained = await line.Run("train", table, "--target", "kind", "--group", "site", "--algorithm", "logistic_regression", "--intervals", "0.9", "--out", model);
        CommandLine.Outcome evaluated = await line.Run("evaluate", model, table, "--json");

        trained.Output.ShouldContain("declared groups, each counted alike");
        evaluated.Json["regions"]!["declared_groups"]!.AsArray().Count.ShouldBeGreaterThan(1);
        evaluated.Json["regions"]!["mean_of_declared_groups"]!.GetValue<double>().ShouldBeInRange(0.5, 1);
    }
}
