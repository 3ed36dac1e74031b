using Strata.Learning.Metrics;

namespace Strata.Learning.Bayes;

/// <summary>Classes in each of which every column is normally distributed, on its own. Takes complete numbers only; learns in one pass.</summary>
public sealed record GaussianNaiveBayes : IRecipe<GaussianNaiveBayesModel>
{
    internal const string AlgorithmName = "gaussian_naive_bayes";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("What is added to every variance, as a part of the largest variance of a column.", Min = 0, Max = 1e6, SearchMin = 1e-12, SearchMax = 1, LogScale = true, Aliases = ["var_smoothing"])]
    public double VarianceSmoothing { get; init; } = 1e-9;

    [Hyperparameter("Whether frequent classes are more probable from the start; else all are equally.")]
    public bool FitPrior { get; init; } = true;

    public GaussianNaiveBayesModel Fit(TrainingTable table, FitContext context)
    {
        ClassRows rows = ClassRows.Of(table, context);
        double[] means = ClassMoments.Of(rows, context.Cancellation).Means;
        double[] variances = rows.Squares(means, context.Cancellation);
        double smoothing = VarianceSmoothing * LargestVariance(rows.ClassWeights, means, variances);
        Divide(variances, rows.ClassWeights);
        for (int i = 0; i < variances.Length; i++)
        {
            variances[i] += smoothing;
            // A column without any spread in a class would be divided by zero; what a double can tell apart is a spread.
            variances[i] = Math.Max(variances[i], Math.Max(1e-300, 1e-30 * means[i] * means[i]));
        }

        var model = new GaussianNaiveBayesModel(ModelSignature.Of(table), means, variances, rows.LogPriors(FitPrior), rows.Notes(table.Target));
        FinishedFit.Report(model, table, context);
        return model;
    }

    /// <summary>Of any column over all classes: within them and between their means.</summary>
    private static double LargestVariance(double[] classWeights, double[] means, double[] squares)
    {
        int columns = means.Length / classWeights.Length;
        double total = classWeights.Sum(), largest = 0;
        for (int j = 0; j < columns; j++)
        {
            double mean = 0, square = 0;
            for (int k = 0; k < classWeights.Length; k++)
            {
                mean += classWeights[k] / total * means[k * columns + j];
            }

            for (int k = 0; k < classWeights.Length; k++)
            {
                double distance = means[k * columns + j] - mean;
                square += squares[k * columns + j] + classWeights[k] * distance * distance;
            }

            largest = Math.Max(largest, square / total);
        }

        return largest;
    }

    private static void Divide(double[] sums, double[] classWeights)
    {
        int columns = sums.Length / classWeights.Length;
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = classWeights[i / columns] > 0 ? sums[i] / classWeights[i / columns] : 0;
        }
    }
}
