using Strata.Learning.Search;
using Xunit;

namespace Strata.Learning.Tests.Search;

/// <summary>Functions with known minima, and spaces of every kind of parameter.</summary>
internal static class Landscapes
{
    public static SearchSpace BraninSpace { get; } = new(new NumberParameter("x", -5, 10), new NumberParameter("y", 0, 15));

    /// <summary>Numbers, whole numbers, logarithms, steps, choices, and parameters under conditions, two deep.</summary>
    public static SearchSpace MixedSpace { get; } = new(
        new NumberParameter("rate", 1e-4, 1) { LogScale = true },
        new NumberParameter("trees", 10, 1000) { IsInteger = true, LogScale = true },
        new NumberParameter("depth", 1, 7) { IsInteger = true },
        new NumberParameter("share", 0.1, 0.9) { Step = 0.2 },
        new ChoiceParameter("kernel", ["linear", "rbf", "poly"]),
        new NumberParameter("gamma", 1e-3, 10) { LogScale = true, When = new Condition("kernel", ["rbf", "poly"]) },
        ChoiceParameter.Boolean("scaled") with { When = new Condition("kernel", ["poly"]) },
        new NumberParameter("degree", 2, 5) { IsInteger = true, When = new Condition("scaled", ["true"]) });

    /// <summary>Runs until the budget is used up or the test is cancelled.</summary>
    public static void Search(this Study study, Objective objective, SearchBudget budget) => study.Run(objective, budget, TestContext.Current.CancellationToken);

    /// <summary>Minimum 0.397887 at three places.</summary>
    public static double Branin(RunningTrial trial)
    {
        double x = trial.Value("x"), y = trial.Value("y");
        double bend = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return bend * bend + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x) + 10;
    }

    /// <summary>Smallest, 0, at rate 0.01, trees 100, depth 3, share 0.5, kernel poly, gamma 1, scaled, degree 3.</summary>
    public static double Mixed(RunningTrial trial)
    {
        double cost = Math.Pow(Math.Log10(trial.Value("rate")) + 2, 2) + Math.Pow(Math.Log10(trial.Integer("trees")) - 2, 2)
            + Math.Abs(trial.Integer("depth") - 3) + Math.Abs(trial.Value("share") - 0.5);
        cost += trial.Choice("kernel") switch { "linear" => 2, "rbf" => 1, _ => 0 };
        cost += trial.Has("gamma") ? Math.Pow(Math.Log10(trial.Value("gamma")), 2) : 0;
        cost += trial.Has("scaled") && !trial.Boolean("scaled") ? 0.5 : 0;
        return cost + (trial.Has("degree") ? Math.Abs(trial.Integer("degree") - 3) : 0);
    }
}
