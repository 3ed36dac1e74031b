using Strata.Learning.Neural.Training;

namespace Strata.Learning.Neural;

/// <summary>The loss over learning rates.</summary>
/// <param name="Rates">Growing by a factor, one a step.</param>
/// <param name="Losses">Smoothed, as the network lowers it.</param>
/// <param name="Suggested">Where the loss falls fastest.</param>
public sealed record LearningRateCurve(IReadOnlyList<double> Rates, IReadOnlyList<double> Losses, double Suggested);

/// <summary>Finds a learning rate by a short sweep: steps of growing rate, until the loss explodes (Smith 2017).</summary>
public static class LearningRateFinder
{
    /// <exception cref="Data.DataException">The table cannot be learned from.</exception>
    public static LearningRateCurve Find(NetworkRecipe recipe, TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        using var fit = new NetworkFit(recipe, table, context with { Checkpoints = null });
        return fit.FindRate();
    }
}
