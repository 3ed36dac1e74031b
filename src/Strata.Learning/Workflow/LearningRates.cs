using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Neural;
using Strata.Learning.Workflow.Plots;

namespace Strata.Learning.Workflow;

/// <summary>Looks for the learning rate of a planned network before it is trained.</summary>
public static class LearningRates
{
    /// <summary>The loss over learning rates on the rows that the plan learns from, prepared as it says; rows held back for the test are not looked at.</summary>
    /// <param name="plan">Of a training whose algorithm is a network.</param>
    /// <param name="table">The rows.</param>
    /// <param name="context">Cancellation; seed and threads give way to the plan's.</param>
    /// <exception cref="DataException">Plan and table do not fit, or the algorithm is no network.</exception>
    public static LearningRateCurve Of(TrainingPlan plan, Frame table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        Algorithm algorithm = Algorithms.Named(plan.Algorithm);
        if (algorithm.Recipe(plan.Hyperparameters) is not NetworkRecipe network)
        {
            string[] networks = [.. Algorithms.All.Where(known => known.Recipe() is NetworkRecipe).Select(known => known.Name)];
            throw new DataException($"{algorithm.Title} has no learning rate to find by a sweep; that is for networks: {string.Join(", ", networks)}.");
        }

        context = context with { Seed = plan.Seed, Threads = plan.Threads ?? context.Threads, Progress = null };
        var (planned, _, training, _, _, _) = Training.Prepare(plan, network, table, test: null);
        var (_, rows, within) = Training.PipelineOf(planned, network).Prepare(training, ModelSignature.Of(training), context);
        return LearningRateFinder.Find(network, rows, within);
    }

    /// <summary>The curve as a picture, over powers of ten.</summary>
    public static string ToSvg(this LearningRateCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return Plot.Curves("Learning rates", "learning rate, as a power of ten", "loss", [new Series("loss", [.. curve.Rates.Select(Math.Log10)], curve.Losses)]);
    }
}
