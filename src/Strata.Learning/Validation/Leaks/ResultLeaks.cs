using System.Globalization;
using Strata.Learning.Data.Profiling;
using Strata.Learning.Metrics;

namespace Strata.Learning.Validation.Leaks;

/// <summary>What the results of a training say about leaks.</summary>
public static class ResultLeaks
{
    private const double ConcentratedShare = 0.9;
    private const int LeastColumns = 4;
    private const double LeastGoodness = 0.95;
    private const int LeastTestRows = 100;
    private const double MostDeviations = 4;

    /// <summary>Findings about a model, by how it does on test rows, what it rests on, and how it does on rows it learned from.</summary>
    /// <param name="test">On the test rows.</param>
    /// <param name="testRows">What it predicted there, with the truth.</param>
    /// <param name="trainingRows">The same of (some of) the training rows, or null where they were not predicted.</param>
    /// <param name="importance">How much each column matters on test rows, in the main metric's unit; empty where not measured.</param>
    public static IEnumerable<LeakFinding> Of(
        Evaluation test, (Predictions Predictions, Target Target) testRows, (Predictions Predictions, Target Target)? trainingRows, IReadOnlyDictionary<string, double> importance)
    {
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(importance);
        return new[] { Perfect(test), Concentrated(test, importance), trainingRows is { } own ? BetterOnTest(testRows, own) : null }.OfType<LeakFinding>();
    }

    private static LeakFinding? Perfect(Evaluation test)
    {
        string name = test.Task.IsClassification() ? "accuracy" : "r2";
        return test.RowCount >= LeastTestRows && test.Metrics.GetValueOrDefault(name) is double value && value >= (name == "accuracy" ? 1 : 0.99999)
            ? new LeakFinding(
                LeakKind.Perfect, LeakSeverity.Warning, null,
                string.Create(CultureInfo.InvariantCulture, $"Not one of {test.RowCount} test rows is wrong ({name} {value:0.0000}): few questions are that easy."),
                "Look whether some columns together hold the answer, or whether test rows repeat training rows.", new Dictionary<string, double> { [name] = value })
            : null;
    }

    private static LeakFinding? Concentrated(Evaluation test, IReadOnlyDictionary<string, double> importance)
    {
        string name = test.Task.IsClassification() ? "roc_auc" : "r2";
        double sum = importance.Values.Where(value => value > 0).Sum();
        if (importance.Count < LeastColumns || sum <= 0 || !(test.Metrics.GetValueOrDefault(name) >= LeastGoodness))
        {
            return null;
        }

        (string column, double largest) = importance.MaxBy(pair => pair.Value);
        return largest < ConcentratedShare * sum ? null : new LeakFinding(
            LeakKind.ConcentratedImportance, LeakSeverity.Warning, column,
            string.Create(CultureInfo.InvariantCulture, $"The model lives on '{column}' ({ColumnWarnings.Percent(largest / sum)} of all importance) and is nearly perfect ({name} {test.Metrics[name]:0.000})."),
            $"Ask whether '{column}' is known when a prediction is asked for; train without it to see what remains.",
            new Dictionary<string, double> { ["importance_share"] = largest / sum, [name] = test.Metrics[name] });
    }

    /// <summary>Welch's comparison of the losses of single rows.</summary>
    private static LeakFinding? BetterOnTest((Predictions Predictions, Target Target) test, (Predictions Predictions, Target Target) training)
    {
        double[] onTest = RowLosses.Of(test.Predictions, test.Target), onTraining = RowLosses.Of(training.Predictions, training.Target);
        if (onTest.Length < LeastTestRows || onTraining.Length < LeastTestRows)
        {
            return null;
        }

        (double testMean, double testError) = MeanAndError(onTest);
        (double trainMean, double trainError) = MeanAndError(onTraining);
        double deviations = (trainMean - testMean) / Math.Sqrt(testError * testError + trainError * trainError);
        return deviations < MostDeviations ? null : new LeakFinding(
            LeakKind.BetterOnTest, LeakSeverity.Warning, null,
            string.Create(CultureInfo.InvariantCulture, $"The model is better on test rows (mean loss {testMean:G4}) than on the rows it learned from ({trainMean:G4}), by {deviations:0.0} standard errors."),
            "Test rows are easier or otherwise made: compare where both come from before trusting the result.",
            new Dictionary<string, double> { ["test_loss"] = testMean, ["training_loss"] = trainMean, ["standard_errors"] = deviations });
    }

    private static (double Mean, double Error) MeanAndError(double[] losses)
    {
        double mean = losses.Average();
        return (mean, Math.Sqrt(losses.Sum(loss => (loss - mean) * (loss - mean)) / (losses.Length - 1) / losses.Length) + 1e-12);
    }
}
