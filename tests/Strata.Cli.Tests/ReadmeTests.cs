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

    [GeneratedRegex(@"^\./strata (?<arguments>(?:profile|train|predict|explain) [^#\n]*)", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Command();
}
