using System.Text.RegularExpressions;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Neural.Augmentation;
using Strata.Learning.Workflow;
using Xunit;

namespace Strata.Learning.Tests.Data;

/// <summary>What <c>docs/guide/arrays.md</c> says, held to the program.</summary>
public partial class ArrayGuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(Root(), "docs", "guide", "arrays.md"));

    [Fact]
    public void Every_augmentation_step_and_algorithm_it_names_is_there()
    {
        foreach (Match setting in Augmentations().Matches(Guide))
        {
            AugmentationPlan.Of([setting.Groups[1].Value]).IsEmpty.ShouldBeFalse();
        }

        AugmentationPlan.Of(["flip", "crop=4", "cutout"]).Changes.Count.ShouldBe(3);
        foreach (Match step in Steps().Matches(Guide))
        {
            PreparationSteps.Named(step.Groups[1].Value).Summary.ShouldNotBeEmpty();
        }

        foreach (Match algorithm in AlgorithmNames().Matches(Guide))
        {
            Algorithms.Named(algorithm.Groups[1].Value).Summary.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void Its_program_trains_on_simulated_waves()
    {
        Frame waves = SimulatedArrays.Series(rows: 400, seed: 1);
        var series = (ArrayColumn)waves["series"];
        Guide.ShouldContain("SimulatedArrays.Series(rows: 400, seed: 1)");
        series.StepsOf(0).ShouldBeInRange(60, 100);

        TrainingOutcome outcome = Training.Run(new TrainingPlan { Target = "wave", Algorithm = "minirocket" }, waves, new FitContext());

        outcome.Evaluation.Metrics["accuracy"].ShouldBeGreaterThan(0.9);
    }

    private static string Root()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Strata.slnx")))
        {
            at = at.Parent;
        }

        return at!.FullName;
    }

    [GeneratedRegex("`([a-z]+=[0-9.]+)`", RegexOptions.NonBacktracking)]
    private static partial Regex Augmentations();

    [GeneratedRegex("--prepare ([a-z_]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Steps();

    [GeneratedRegex("--algorithm ([a-z0-9_]+)", RegexOptions.NonBacktracking)]
    private static partial Regex AlgorithmNames();
}
