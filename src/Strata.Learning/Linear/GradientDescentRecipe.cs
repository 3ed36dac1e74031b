namespace Strata.Learning.Linear;

/// <summary>What recipes have in common that go along the gradient, by steps of a schedule.</summary>
public abstract record GradientDescentRecipe : StochasticRecipe
{
    private protected GradientDescentRecipe()
    {
    }

    [Hyperparameter("The strength of the penalty, by standardised columns.", Min = 0, Max = 1e6, SearchMin = 1e-6, SearchMax = 1e-1, LogScale = true)]
    public double Alpha { get; init; } = 1e-4;

    [Hyperparameter("The share of the penalty that is on absolute coefficients.", Min = 0, Max = 1)]
    public double L1Ratio { get; init; }

    [Hyperparameter("How long steps are.")]
    public StepSchedule Schedule { get; init; } = StepSchedule.Optimal;

    [Hyperparameter("The first step, where the schedule asks for one.", Min = 1e-10, Max = 1e3, SearchMin = 1e-4, SearchMax = 1, LogScale = true)]
    public double FirstStep { get; init; } = 0.01;

    private protected override StochasticSettings Settings(string title, StochasticLoss loss) =>
        base.Settings(title, loss) with { Alpha = Alpha, L1Ratio = L1Ratio, Schedule = Schedule, FirstStep = FirstStep };
}
