using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Trees;
using Strata.Learning.Trees.Presets;
using Xunit;

namespace Strata.Learning.Tests.Trees.Presets;

/// <summary>What <c>docs/guide/boosting.md</c> says, held to the catalog.</summary>
public sealed class BoostingGuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Join(Root(), "docs", "guide", "boosting.md"));

    [Fact]
    public void Every_command_of_the_guide_makes_a_recipe()
    {
        string[] commands = [.. Guide.Split('\n').Where(line => line.StartsWith("strata train", StringComparison.Ordinal))];

        commands.Length.ShouldBeGreaterThan(2);
        foreach (string command in commands)
        {
            string[] words = command.Split(' ');
            string[] After(string option) => [.. words.Index().Where(word => word.Item == option).Select(word => words[word.Index + 1])];
            var values = After("--set").ToDictionary(pair => pair.Split('=')[0], pair => (JsonNode?)JsonValue.Create(pair.Split('=')[1]));
            Should.NotThrow(() => Algorithms.Named(After("--algorithm").FirstOrDefault() ?? "gradient_boosting").Recipe(values));
        }
    }

    [Fact]
    public void The_guide_names_every_objective_and_only_refusals_that_there_are()
    {
        foreach (BoostingObjective objective in Enum.GetValues<BoostingObjective>())
        {
            Guide.ShouldContain($"`{System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(objective.ToString())}`");
        }

        foreach ((IPreset preset, string[] names) in new (IPreset, string[])[]
        {
            (new XGBoost(), ["num_parallel_tree", "sampling_method", "one_drop"]), (new LightGbm(), ["linear_tree", "extra_trees", "forcedsplits_filename", "use_quantized_grad"]),
        })
        {
            names.ShouldAllBe(name => preset.Refused.ContainsKey(name) && Guide.Contains($"`{name}`"));
        }
    }

    private static string Root()
    {
        DirectoryInfo at = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Strata.slnx")))
        {
            at = at.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return at.FullName;
    }
}
