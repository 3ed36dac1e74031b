using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Search;
using Strata.Learning.Search.Analysis;
using Strata.Learning.Search.Samplers;
using Xunit;

namespace Strata.Learning.Tests.Search;

public class StudyAnalysisTests
{
    private static readonly FitContext OneThread = new() { Threads = 1 };

    [Fact]
    public void Shares_of_variance_are_those_of_a_function_whose_shares_are_known()
    {
        // Var(3 x) : Var(y) = 9 : 1, and z does nothing.
        IReadOnlyList<ParameterImportance> importance = ParameterImportance.Of(Cube, Trials(trial => 3 * trial.Value("x") + trial.Value("y")), context: OneThread);
        importance.Select(parameter => parameter.Parameter).Take(2).ShouldBe(["x", "y"]);
        importance[0].Share.ShouldBe(0.9, 0.04);
        importance[1].Share.ShouldBe(0.1, 0.04);
        importance[2].Share.ShouldBeLessThan(0.01);
    }

    [Fact]
    public void What_two_parameters_do_only_together_is_no_share_of_either()
    {
        IReadOnlyList<ParameterImportance> importance = ParameterImportance.Of(Cube, Trials(trial => trial.Value("x") > 0.5 == trial.Value("y") > 0.5 ? 1 : 0), context: OneThread);
        importance.Sum(parameter => parameter.Share).ShouldBeLessThan(0.2);
    }

    [Fact]
    public void Importance_is_that_of_the_function_and_near_the_peers()
    {
        JsonNode fixture = JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "Search", "Fixtures", "fanova.json")))!;
        var space = new SearchSpace(
            new NumberParameter("rate", 1e-4, 1) { LogScale = true },
            new NumberParameter("depth", 1, 8) { IsInteger = true },
            new ChoiceParameter("kernel", ["a", "b", "c"]),
            new NumberParameter("share", 0, 1));
        Trial[] trials = [.. fixture["trials"]!.AsArray().Select((row, i) =>
        {
            double[] numbers = [.. row!.AsArray().Select(number => number!.GetValue<double>())];
            return new Trial { Number = i, Point = numbers[..4], Value = numbers[4], Status = TrialStatus.Completed };
        })];
        IReadOnlyList<ParameterImportance> importance = ParameterImportance.Of(space, trials, context: OneThread);

        // What the function itself has: variances 1.4222, 0.7525, 0.3889 and 0.0133 of 2.6 in all, the rest by depth and share together.
        foreach ((string name, double variance) in new[] { ("rate", 1.4222), ("depth", 0.7525), ("kernel", 0.3889), ("share", 0.0133) })
        {
            importance.First(parameter => parameter.Parameter == name).Share.ShouldBe(variance / 2.603, 0.06, name);
        }

        // The peer scales the shares to sum to 1, and counts the outermost of whole numbers half: it gives depth more than its part.
        double sum = importance.Sum(parameter => parameter.Share);
        foreach (ParameterImportance parameter in importance)
        {
            (parameter.Share / sum).ShouldBe(fixture["importance"]![parameter.Parameter]!.GetValue<double>(), 0.09, parameter.Parameter);
        }
    }

    [Fact]
    public void Too_few_trials_or_equal_values_have_no_importance()
    {
        ParameterImportance.Of(Cube, Trials(trial => trial.Value("x"))[..3]).ShouldBeEmpty();
        ParameterImportance.Of(Cube, Trials(_ => 1)).ShouldBeEmpty();
        StudyPlots.Contour(Cube, [], "x", "y").ShouldBeNull();
    }

    [Fact]
    public void History_keeps_the_best_so_far_in_either_direction()
    {
        Trial At(int number, double value) => new() { Number = number, Point = [0], Value = value, Status = double.IsNaN(value) ? TrialStatus.Failed : TrialStatus.Completed };
        Trial[] trials = [At(0, double.NaN), At(1, 3), At(2, 1), At(3, 2)];
        StudyPlots.History(trials, Direction.Minimize).Select(point => point.Best).ShouldBe([double.NaN, 3, 1, 1]);
        StudyPlots.History(trials, Direction.Maximize).Select(point => point.Best).ShouldBe([double.NaN, 3, 3, 3]);
    }

    [Fact]
    public void Parallel_lines_and_slices_leave_out_parameters_that_do_not_count()
    {
        using var study = new Study(Landscapes.MixedSpace, Direction.Minimize, new RandomSampler(Landscapes.MixedSpace, 1));
        study.Search(Landscapes.Mixed, new SearchBudget { Trials = 40 });
        ParallelCoordinates parallel = StudyPlots.Parallel(Landscapes.MixedSpace, study.Trials);
        int kernel = Landscapes.MixedSpace.IndexOf("kernel"), gamma = Landscapes.MixedSpace.IndexOf("gamma");
        parallel.Axes[kernel].Choices.ShouldBe(["linear", "rbf", "poly"]);
        parallel.Lines.ShouldAllBe(line => (line.Positions[kernel] == 0) == (line.Positions[gamma] == null));
        StudyPlots.Slices(Landscapes.MixedSpace, study.Trials)[gamma].Values.Count.ShouldBe(parallel.Lines.Count(line => line.Positions[gamma] is not null));
        ParameterImportance.Of(Landscapes.MixedSpace, study.Trials, context: OneThread).Count.ShouldBe(8);
    }

    [Fact]
    public void A_contour_shows_where_the_values_are_low()
    {
        ParameterContour contour = StudyPlots.Contour(Cube, Trials(trial => Math.Pow(trial.Value("x") - 0.2, 2) + Math.Pow(trial.Value("y") - 0.8, 2)), "x", "y", resolution: 10, context: OneThread)!;
        contour.XPositions[2].ShouldBe(0.25, 1e-12);
        contour.Values[8][1].ShouldBeLessThan(0.05);
        contour.Values[0][9].ShouldBeGreaterThan(0.7);
        Should.Throw<DataException>(() => StudyPlots.Contour(Cube, [], "x", "w")).Message.ShouldContain("'w'");
    }

    private static SearchSpace Cube { get; } = new(new NumberParameter("x", 0, 1), new NumberParameter("y", 0, 1), new NumberParameter("z", 0, 1));

    private static Trial[] Trials(Objective objective)
    {
        using var study = new Study(Cube, Direction.Minimize, new QuasiRandomSampler(Cube, 1));
        study.Search(objective, new SearchBudget { Trials = 250 });
        return [.. study.Trials];
    }
}
