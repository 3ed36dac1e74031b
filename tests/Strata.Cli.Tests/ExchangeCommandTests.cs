using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Tensors;
using Xunit;

namespace Strata.Cli.Tests;

public sealed partial class ExchangeCommandTests : IDisposable
{
    private readonly CommandLine line = new();

    public void Dispose() => line.Dispose();

    [Theory]
    [InlineData("xgboost", "m.json", "binary:logistic")]
    [InlineData("lightgbm", "m.txt", "binary sigmoid:1")]
    public async Task An_exported_model_that_is_imported_again_predicts_the_same(string format, string file, string objective)
    {
        string table = await Trained();

        CommandLine.Outcome exported = await line.Run("export", line.PathOf("m.strata"), "--format", format, "--out", line.PathOf(file), "--json");
        CommandLine.Outcome imported = await line.Run("import", line.PathOf(file), "--out", line.PathOf("back.strata"), "--target", "income", "--classes", "<=50K,>50K", "--json");

        exported.ExitCode.ShouldBe(ExitCode.Done, exported.Error);
        exported.Json["objective"]!.GetValue<string>().ShouldBe(objective);
        imported.ExitCode.ShouldBe(ExitCode.Done, imported.Error);
        imported.Json["imported_from"]!.GetValue<string>().ShouldContain(objective);
        imported.Json["signature"]!["target"]!.GetValue<string>().ShouldBe("income");
        double[] before = await Probabilities("m.strata", table), after = await Probabilities("back.strata", table);
        before.Zip(after).Max(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan(1e-6);
        before.Distinct().Count().ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task The_levels_of_categories_are_written_beside_the_exported_file()
    {
        await Trained();

        CommandLine.Outcome exported = await line.Run("export", line.PathOf("m.strata"), "--format", "xgboost", "--out", line.PathOf("m.json"));

        JsonNode.Parse(await File.ReadAllTextAsync(line.PathOf("m.categories.json"), TestContext.Current.CancellationToken))!.ToJsonString().ShouldBe("""{"education":["college","school"]}""");
        exported.Output.ShouldContain("m.categories.json");
        exported.Error.ShouldContain("codes in the order of their levels");
    }

    [Fact]
    public async Task An_imported_model_is_shown_with_where_it_came_from_and_explained()
    {
        string table = await Trained();
        await line.Run("export", line.PathOf("m.strata"), "--format", "lightgbm", "--out", line.PathOf("m.txt"));
        await line.Run("import", line.PathOf("m.txt"), "--out", line.PathOf("back.strata"));

        CommandLine.Outcome shown = await line.Run("show", line.PathOf("back.strata"));
        CommandLine.Outcome explained = await line.Run("explain", line.PathOf("back.strata"), table, "--out", line.PathOf("e.csv"));

        shown.Output.ShouldContain("Imported from LightGBM v4, binary sigmoid:1");
        shown.Output.ShouldContain("'college', 'school'");
        shown.Output.ShouldNotContain("Trained on 0 rows");
        explained.ExitCode.ShouldBe(ExitCode.Done, explained.Error);
        TableFile.Read(line.PathOf("e.csv"), new TableReadOptions(), TestContext.Current.CancellationToken).Frame.Names.ShouldBe(["age", "hours", "education", "bias"]);
    }

    [Fact]
    public async Task What_the_other_program_cannot_express_is_refused_with_the_reason_and_no_file_is_written()
    {
        await Trained("logistic_regression");

        CommandLine.Outcome exported = await line.Run("export", line.PathOf("m.strata"), "--format", "xgboost", "--out", line.PathOf("m.out"));

        exported.ExitCode.ShouldBe(ExitCode.Failed);
        exported.Error.ShouldContain("no sum of trees");
        File.Exists(line.PathOf("m.out")).ShouldBeFalse();
    }

    [Fact]
    public async Task Levels_can_be_named_when_a_file_has_only_codes()
    {
        string model = line.Write("m.txt", """
            tree
            version=v4
            num_class=1
            num_tree_per_iteration=1
            label_index=0
            max_feature_idx=0
            objective=regression
            feature_names=colour
            feature_infos=0:1:2
            tree_sizes=300

            Tree=0
            num_leaves=2
            num_cat=1
            split_feature=0
            split_gain=1
            threshold=0
            decision_type=1
            left_child=-1
            right_child=-2
            leaf_value=10 20
            leaf_weight=1 1
            leaf_count=1 1
            internal_value=15
            internal_weight=2
            internal_count=2
            cat_boundaries=0 1
            cat_threshold=5
            is_linear=0
            shrinkage=1


            end of trees

            pandas_categorical:null

            """);
        string levels = line.Write("levels.json", """{"colour": ["red", "green", "blue"]}""");
        string rows = line.Write("rows.csv", "colour,n\nred,1\ngreen,1\nblue,1\npink,1\n,1\n");

        CommandLine.Outcome imported = await line.Run("import", model, "--categories", levels, "--out", line.PathOf("m.strata"));
        CommandLine.Outcome wrong = await line.Run("import", model, "--categories", line.Write("few.json", """{"colour": ["red"], "size": ["L"]}"""), "--out", line.PathOf("n.strata"));
        await line.Run("predict", line.PathOf("m.strata"), rows, "--out", line.PathOf("p.csv"));

        imported.ExitCode.ShouldBe(ExitCode.Done, imported.Error);
        Frame predicted = TableFile.Read(line.PathOf("p.csv"), new TableReadOptions(), TestContext.Current.CancellationToken).Frame;
        Enumerable.Range(0, 5).Select(predicted["prediction"].NumberAt).ShouldBe([10, 20, 10, 20, 20]);
        wrong.ExitCode.ShouldBe(ExitCode.Failed);
        wrong.Error.ShouldContain("category 2");
    }

    [Fact]
    public async Task The_commands_of_the_guide_work()
    {
        await Trained();
        await line.Run("export", line.PathOf("m.strata"), "--format", "xgboost", "--out", line.PathOf("model.json"));
        File.Copy(line.PathOf("model.categories.json"), line.PathOf("levels.json"));
        string guide = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "guide", "exchange.md"), TestContext.Current.CancellationToken);
        MatchCollection commands = Command().Matches(guide);

        commands.Count.ShouldBeGreaterThanOrEqualTo(6);
        foreach (Match command in commands)
        {
            string[] arguments = [.. command.Groups["arguments"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Contains('.', StringComparison.Ordinal) ? line.PathOf(word) : word)];
            CommandLine.Outcome outcome = await line.Run(arguments);
            outcome.ExitCode.ShouldBe(ExitCode.Done, $"{command.Value}\n{outcome.Error}");
        }
    }

    private async Task<string> Trained(string algorithm = "gradient_boosting")
    {
        var chance = new RandomSource(4);
        var text = new StringBuilder("age,hours,education,income\n");
        for (int row = 0; row < 300; row++)
        {
            int age = 18 + chance.NextInt(50), hours = 10 + chance.NextInt(50);
            bool college = chance.NextInt(2) == 0, high = age / 10.0 + hours / 8.0 + (college ? 1 : 0) + chance.NextGaussian() > 9;
            text.Append(CultureInfo.InvariantCulture, $"{(chance.NextInt(5) == 0 ? string.Empty : age)},{hours},{(college ? "college" : "school")},{(high ? ">50K" : "<=50K")}\n");
        }

        string table = line.Write("people.csv", text.ToString());
        (await line.Run("train", table, "--target", "income", "--algorithm", algorithm, "--out", line.PathOf("m.strata"))).ExitCode.ShouldBe(ExitCode.Done);
        return table;
    }

    private async Task<double[]> Probabilities(string model, string table)
    {
        (await line.Run("predict", line.PathOf(model), table, "--out", line.PathOf("p.csv"))).ExitCode.ShouldBe(ExitCode.Done);
        Column probabilities = TableFile.Read(line.PathOf("p.csv"), new TableReadOptions(), TestContext.Current.CancellationToken).Frame["p(>50K)"];
        return [.. Enumerable.Range(0, probabilities.Count).Select(probabilities.NumberAt)];
    }

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
