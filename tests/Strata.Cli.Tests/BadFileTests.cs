using System.Text;
using Shouldly;
using Xunit;

namespace Strata.Cli.Tests;

/// <summary>Files as people really have them: each gets a clear error, or a repair that is told.</summary>
public sealed class BadFileTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task An_empty_file() => (await Refused([])).ShouldContain("empty");

    [Fact]
    public async Task Only_a_header() => (await Refused("a,b,y\n")).ShouldContain("no rows");

    [Fact]
    public async Task A_binary_file() => (await Refused([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x3E, 0, 1, 0, 0, 0])).ShouldContain("is a program");

    [Fact]
    public async Task All_targets_missing() => (await Refused("a,y\n1,\n2,NA\n3,\n")).ShouldContain("no value");

    [Fact]
    public async Task One_class() => (await Refused("a,y\n1,yes\n2,yes\n3,yes\n")).ShouldContain("at least two");

    [Fact]
    public async Task Fifty_thousand_columns()
    {
        string header = string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"c{i}"));

        string error = await Refused($"{header},y\n{header.Replace('c', '1')},yes\n");

        error.ShouldContain("50001 columns");
    }

    [Fact]
    public async Task Ragged_rows_are_repaired_and_told() => (await Accepted(Table((row, text) => row == 7 ? text[..text.LastIndexOf(',')] : text))).ShouldContain("1 row");

    [Fact]
    public async Task Duplicate_headers_are_made_unique_and_told() => (await Accepted(Table((_, text) => text).Replace("a,b,y", "a,a,y", StringComparison.Ordinal))).ShouldContain("'a_2'");

    [Fact]
    public async Task Infinite_values_are_read_as_missing_and_told() => (await Accepted(Table((row, text) => row == 3 ? "inf," + text[(text.IndexOf(',') + 1)..] : text))).ShouldContain("nfinit");

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_read_as_Latin1_and_told()
    {
        byte[] bytes = Encoding.Latin1.GetBytes(Table((_, text) => text.Replace("no", "né", StringComparison.Ordinal)));

        (await Accepted(bytes)).ShouldContain("UTF-8");
    }

    private static string Table(Func<int, string, string> change)
    {
        var text = new StringBuilder("a,b,y\n");
        for (int row = 0; row < 60; row++)
        {
            text.Append(change(row, $"{row % 7},{row * 0.37},{(row % 7 > 3 ? "yes" : "no")}")).Append('\n');
        }

        return text.ToString();
    }

    private Task<string> Refused(string content) => Refused(Encoding.UTF8.GetBytes(content));

    private async Task<string> Refused(byte[] content)
    {
        CommandLine.Outcome outcome = await Train(content);
        outcome.ExitCode.ShouldBe(ExitCode.Failed);
        File.Exists(line.PathOf("m.strata")).ShouldBeFalse();
        return outcome.Error;
    }

    private Task<string> Accepted(string content) => Accepted(Encoding.UTF8.GetBytes(content));

    private async Task<string> Accepted(byte[] content)
    {
        CommandLine.Outcome outcome = await Train(content);
        outcome.ExitCode.ShouldBe(ExitCode.Done, outcome.Error);
        return outcome.Error;
    }

    private async Task<CommandLine.Outcome> Train(byte[] content)
    {
        string path = line.PathOf("table.csv");
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
        return await line.Run("train", path, "--target", "y", "--out", line.PathOf("m.strata"));
    }
}
