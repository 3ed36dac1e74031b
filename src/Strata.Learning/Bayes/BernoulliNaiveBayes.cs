using Strata.Learning.Metrics;

namespace Strata.Learning.Bayes;

/// <summary>Classes that differ in how often each column is above a threshold, such as whether a word occurs. Takes complete numbers only; learns in one pass.</summary>
public sealed record BernoulliNaiveBayes : IRecipe<LogLinearBayesModel>
{
    internal const string AlgorithmName = "bernoulli_naive_bayes";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("What is added to how often a column is above and not above, so that neither is impossible in a class.", Min = 1e-10, Max = 1e6, SearchMin = 1e-4, SearchMax = 100, LogScale = true)]
    public double Alpha { get; init; } = 1;

    [Hyperparameter("Values above count as true, the others as false.", Aliases = ["binarize"])]
    public double Threshold { get; init; }

    [Hyperparameter("Whether frequent classes are more probable from the start; else all are equally.")]
    public bool FitPrior { get; init; } = true;

    public LogLinearBayesModel Fit(TrainingTable table, FitContext context)
    {
        ClassRows rows = ClassRows.Of(table, context);
        int columns = rows.ColumnCount;
        double[] above = rows.Sums(value => value > Threshold ? 1 : 0, context.Cancellation), coefficients = new double[above.Length], intercepts = new double[rows.ClassWeights.Length];
        for (int i = 0; i < above.Length; i++)
        {
            double all = rows.ClassWeights[i / columns] + 2 * Alpha;
            double whenAbove = Math.Log((above[i] + Alpha) / all), otherwise = Math.Log((Math.Max(0, rows.ClassWeights[i / columns] - above[i]) + Alpha) / all);
            coefficients[i] = whenAbove - otherwise;
            intercepts[i / columns] += otherwise;
        }

        var model = new LogLinearBayesModel(AlgorithmName, ModelSignature.Of(table), coefficients, intercepts, Threshold, rows.LogPriors(FitPrior), rows.Notes(table.Target));
        FinishedFit.Report(model, table, context);
        return model;
    }
}
