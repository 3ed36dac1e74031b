using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;
using Strata.Tensors;
using Xunit;

namespace Strata.Cli.Tests;

public sealed partial class OnnxCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Fact]
    public async Task An_exported_model_has_a_certificate_that_names_its_file_and_its_rows()
    {
        await Trained("gradient_boosting");

        CommandLine.Outcome exported = await line.Run("export", line.PathOf("people.strata"), "--format", "onnx", "--out", line.PathOf("m.onnx"), "--rows", line.PathOf("people.csv"), "--json");
        JsonNode certificate = JsonNode.Parse(await File.ReadAllTextAsync(line.PathOf("m.onnx.certificate.json"), TestContext.Current.CancellationToken))!;

        exported.ExitCode.ShouldBe(ExitCode.Done, exported.Error);
        exported.Json["inputs"]!.AsArray().Select(input => input!["name"]!.GetValue<string>()).ShouldBe(["age", "hours", "education"]);
        exported.Json["outputs"]!.AsArray().Select(output => output!["name"]!.GetValue<string>()).ShouldBe(["label", "probabilities"]);
        certificate["sha256"]!.GetValue<string>().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(line.PathOf("m.onnx"), TestContext.Current.CancellationToken))));
        certificate["rows"]!.GetValue<int>().ShouldBe(64);
        certificate["rows_are_made_up"]!.GetValue<bool>().ShouldBeFalse();
        certificate["largest_difference"]!.GetValue<double>().ShouldBeLessThan(1e-5);
        certificate["inputs"]![2]!["values"]!.AsArray().Select(text => text!.GetValue<string>()).Distinct().Order(StringComparer.Ordinal).ShouldBe(["college", "school"]);
    }

    [Fact]
    public async Task Without_a_table_the_rows_are_made_up()
    {
        await Trained("logistic_regression");

        CommandLine.Outcome exported = await line.Run("export", line.PathOf("people.strata"), "--format", "onnx", "--out", line.PathOf("m.onnx"));

        exported.ExitCode.ShouldBe(ExitCode.Done, exported.Error);
        exported.Output.ShouldContain("made-up rows");
        exported.Error.ShouldContain("an empty text for missing: 'education'");
    }

    [Fact]
    public async Task Options_of_another_format_are_refused()
    {
        await Trained("decision_tree");

        CommandLine.Outcome exported = await line.Run("export", line.PathOf("people.strata"), "--format", "lightgbm", "--out", line.PathOf("m.txt"), "--doubles");

        exported.ExitCode.ShouldBe(ExitCode.Failed);
        exported.Error.ShouldContain("--doubles goes with --format onnx only");
    }

    [Fact]
    public async Task The_commands_of_the_guide_work()
    {
        await Trained("gradient_boosting");
        MatchCollection commands = Command().Matches(Guide());

        commands.Count.ShouldBeGreaterThanOrEqualTo(2);
        foreach (Match command in commands)
        {
            string[] arguments = [.. command.Groups["arguments"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Contains('.', StringComparison.Ordinal) ? line.PathOf(word) : word)];
            CommandLine.Outcome outcome = await line.Run(arguments);
            outcome.ExitCode.ShouldBe(ExitCode.Done, $"{command.Value}\n{outcome.Error}");
        }
    }

    [Fact]
    public async Task The_CSharp_of_the_guide_is_compiled_to_the_letter_and_runs()
    {
        string source = await File.ReadAllTextAsync(Path.Combine(Root(), "tests", "Strata.Cli.Tests", "OnnxExample.cs"), TestContext.Current.CancellationToken);
        string example = string.Join('\n', source.Split("// guide begins\n")[1].Split("        // guide ends")[0].Split('\n').Select(text => text.Trim()));
        await Trained("gradient_boosting");

        Guide().ShouldContain($"```csharp\n{example}```");
        OnnxExample.Run(line.Folder).Agrees.ShouldBeTrue();
    }

    private async Task Trained(string algorithm)
    {
        var chance = new RandomSource(4);
        var text = new StringBuilder("age,hours,education,income\n");
        for (int row = 0; row < 200; row++)
        {
            int age = 18 + chance.NextInt(50), hours = 10 + chance.NextInt(50);
            bool college = chance.NextInt(2) == 0, high = age / 10.0 + hours / 8.0 + (college ? 1 : 0) + chance.NextGaussian() > 9;
            text.Append(CultureInfo.InvariantCulture, $"{(chance.NextInt(5) == 0 ? string.Empty : age)},{hours},{(college ? "college" : "school")},{(high ? ">50K" : "<=50K")}\n");
        }

        (await line.Run("train", line.Write("people.csv", text.ToString()), "--target", "income", "--algorithm", algorithm, "--out", line.PathOf("people.strata"))).ExitCode.ShouldBe(ExitCode.Done);
    }

    private static string Guide() => File.ReadAllText(Path.Combine(Root(), "docs", "guide", "onnx.md"));

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Strata.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests run outside the repository.");
    }

    [GeneratedRegex(@"^strata (?<arguments>[^#\n]*)", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Command();
}
