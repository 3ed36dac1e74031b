using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using Strata.Learning;
using Strata.Tensors;
using Xunit;

namespace Strata.Cli.Tests;

/// <summary>What the README shows is run here.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task The_commands_of_the_README_work()
    {
        line.Write("people.csv", People(300, 1));
        line.Write("more-people.csv", People(20, 2));
        MatchCollection commands = Command().Matches(Readme());

        commands.Count.ShouldBeGreaterThanOrEqualTo(4);
        foreach (Match command in commands)
        {
            string[] arguments = [.. command.Groups["arguments"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Contains('.', StringComparison.Ordinal) ? line.PathOf(word) : word)];
            CommandLine.Outcome outcome = await line.Run(arguments);
            outcome.ExitCode.ShouldBe(ExitCode.Done, $"{command.Value}\n{outcome.Error}");
        }
    }

    [Fact]
    public void The_CSharp_of_the_README_is_the_example_that_is_compiled()
    {
        string source = File.ReadAllText(Path.Combine(Root(), "tests", "Strata.Cli.Tests", "ReadmeExample.cs"));
        string example = string.Join('\n', source.Split("// README begins\n")[1].Split("        // README ends")[0].Split('\n').Select(text => text.Trim()));

        Readme().ShouldContain($"```csharp\n{example}```");
    }

    [Fact]
    public void The_CSharp_of_the_README_runs()
    {
        line.Write("people.csv", People(300, 1));
        string before = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = line.Folder;
            Contributions reasons = ReadmeExample.Run();
            reasons.RowCount.ShouldBe(300);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Fact]
    public void The_CSharp_of_the_guide_is_the_sample_to_the_letter()
    {
        string source = File.ReadAllText(Path.Combine(Root(), "samples", "Income", "Walkthrough.cs"));
        string[] lines = source.Split("// guide begins\n")[1].Split("        // guide ends")[0].Split('\n');
        string example = string.Join('\n', lines.Select(text => text.StartsWith("        ", StringComparison.Ordinal) ? text[8..] : text));

        File.ReadAllText(Path.Combine(Root(), "docs", "guide", "csharp.md")).ShouldContain($"```csharp\n{example}```");
    }

    [Fact]
    public void The_sample_runs_from_table_to_answer()
    {
        string table = line.Write("people.csv", WithNames(People(400, 1)));
        using var output = new StringWriter();

        Predictions answer = Samples.Income.Walkthrough.Run(table, line.PathOf("out"), output);

        answer.Classes.ShouldBe(["<=50K", ">50K"]);
        answer.ClassCode(0).ShouldBe(1);
        output.ToString().ShouldContain("baseline: log_loss");
        Directory.GetFiles(line.PathOf("out"), "*.svg", SearchOption.AllDirectories).Length.ShouldBe(5);
        File.Exists(line.PathOf("out/income.strata")).ShouldBeTrue();
    }

    private static string People(int rows, ulong seed)
    {
        var chance = new RandomSource(seed);
        var text = new StringBuilder("age,hours,education,income\n");
        for (int row = 0; row < rows; row++)
        {
            int age = 18 + chance.NextInt(50), hours = 10 + chance.NextInt(50);
            bool high = age / 10.0 + hours / 8.0 + 2 * chance.NextGaussian() > 9;
            text.Append(CultureInfo.InvariantCulture, $"{age},{hours},{(chance.NextInt(2) == 0 ? "school" : "college")},{(high ? ">50K" : "<=50K")}\n");
        }

        return text.ToString();
    }

    /// <summary>The same rows with a first column that no model should learn from.</summary>
    private static string WithNames(string people) => string.Join('\n', people.TrimEnd().Split('\n').Select((text, row) => row == 0 ? $"name,{text}" : $"person {row},{text}"));

    private static string Readme() => File.ReadAllText(Path.Combine(Root(), "README.md"));

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Strata.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests run outside the repository.");
    }

    [GeneratedRegex(@"^\./strata (?<arguments>(?:profile|train|compare|predict|explain) [^#\n]*)", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Command();
}
