using System.Globalization;
using static Strata.Learning.LearningTask;

namespace Strata.Learning.Metrics;

/// <summary>The one table of metrics. Definitions and edge cases are scikit-learn's.</summary>
internal static class MetricTable
{
    private static readonly LearningTask[] Classes = [BinaryClassification, MulticlassClassification];
    private static readonly LearningTask[] Two = [BinaryClassification];
    private static readonly LearningTask[] Many = [MulticlassClassification];
    private const string Share = "a number from 0 to 1";
    private const string Powers = "a number up to 0, or from 1 to 10";

    public static IReadOnlyList<Metric> Rows() =>
    [
        Metric.OfClasses("accuracy", "Accuracy", true, Classes, "Share of rows whose most probable class is the true one.", ClassMetrics.Accuracy),
        Metric.OfClasses("balanced_accuracy", "Balanced accuracy", true, Classes, "Mean over the classes of the share of their rows that is found.", ClassMetrics.BalancedAccuracy),
        Metric.OfClasses("roc_auc", "ROC AUC", true, Classes, "Chance that a random row of a class scores above a random other row; for several classes the mean of each against the rest.", ClassMetrics.RocAuc),
        Metric.OfClasses("roc_auc_weighted", "ROC AUC (weighted)", true, Classes, "As ROC AUC, of several classes the mean of each against the rest weighted by its rows.", ClassMetrics.RocAucWeighted).OnRequest(),
        Metric.OfClasses("roc_auc_ovo", "ROC AUC (one vs one)", true, Classes, "Chance that of two rows of two classes each is nearer to its own; the mean over the pairs of classes.", rows => ClassMetrics.RocAucOfPairs(rows, byRows: false)).OnRequest(),
        Metric.OfClasses("roc_auc_ovo_weighted", "ROC AUC (one vs one, weighted)", true, Classes, "As ROC AUC (one vs one), the pairs weighted by their rows.", rows => ClassMetrics.RocAucOfPairs(rows, byRows: true)).OnRequest(),
        Metric.OfClasses("average_precision", "Average precision", true, Classes, "Area under the precision-recall curve, in steps; for several classes the mean of each against the rest.", ClassMetrics.AveragePrecision),
        Metric.OfClasses("average_precision_weighted", "Average precision (weighted)", true, Classes, "As average precision, of several classes the mean of each against the rest weighted by its rows.", ClassMetrics.AveragePrecisionWeighted).OnRequest(),
        Metric.OfClasses("log_loss", "Log loss", false, Classes, "Mean of minus the logarithm of the probability given to the true class.", ClassMetrics.LogLoss),
        Metric.OfClasses("brier", "Brier score", false, Classes, "Mean squared distance of the probabilities from the truth: of class 1 for two classes, summed over the classes for more.", ClassMetrics.Brier),
        Metric.OfClasses("precision", "Precision", true, Two, "Share of the rows called positive that are.", rows => rows.Confusion.Precision(1)),
        Metric.OfClasses("recall", "Recall", true, Two, "Share of the positive rows that are found.", rows => rows.Confusion.Recall(1)),
        Metric.OfClasses("f1", "F1", true, Two, "Harmonic mean of precision and recall of the positive class.", rows => rows.Confusion.F1(1)),
        Metric.OfClasses("precision_macro", "Precision (macro)", true, Classes, "Mean over the classes of the share of the rows given a class that are of it.", rows => rows.Confusion.Macro(rows.Confusion.Precision)),
        Metric.OfClasses("recall_macro", "Recall (macro)", true, Classes, "Mean over the classes of the share of their rows that is found; a class that is only predicted counts as 0.", rows => rows.Confusion.Macro(rows.Confusion.Recall)),
        Metric.OfClasses("f1_macro", "F1 (macro)", true, Classes, "Mean over the classes of the harmonic mean of precision and recall.", rows => rows.Confusion.Macro(rows.Confusion.F1)),
        Metric.OfClasses("precision_weighted", "Precision (weighted)", true, Classes, "Mean of the classes' precisions, weighted by their rows.", rows => rows.Confusion.Weighted(rows.Confusion.Precision)),
        Metric.OfClasses("recall_weighted", "Recall (weighted)", true, Classes, "Mean of the classes' recalls, weighted by their rows.", rows => rows.Confusion.Weighted(rows.Confusion.Recall)),
        Metric.OfClasses("f1_weighted", "F1 (weighted)", true, Classes, "Mean of the classes' F1, weighted by their rows.", rows => rows.Confusion.Weighted(rows.Confusion.F1)),
        Metric.OfClasses("precision_micro", "Precision (micro)", true, Classes, "Share of all calls that are right: where each row has one class, the accuracy.", ClassMetrics.Accuracy).OnRequest(),
        Metric.OfClasses("recall_micro", "Recall (micro)", true, Classes, "Share of all rows that are found: where each row has one class, the accuracy.", ClassMetrics.Accuracy).OnRequest(),
        Metric.OfClasses("f1_micro", "F1 (micro)", true, Classes, "Harmonic mean of micro precision and recall: where each row has one class, the accuracy.", ClassMetrics.Accuracy).OnRequest(),
        Metric.OfClasses("mcc", "Matthews correlation", true, Classes, "Correlation of predicted and true classes, fair to rare ones: 1 is perfect, 0 is chance.", ClassMetrics.MatthewsCorrelation),
        Metric.OfClasses("cohen_kappa", "Cohen's kappa", true, Classes, "Agreement of predicted and true classes beyond what chance gives.", ClassMetrics.CohenKappa),
        Metric.OfClasses("top_3_accuracy", "Top-3 accuracy", true, Many, "Share of rows whose true class is among the three most probable; undefined for three classes.", rows => ClassMetrics.TopAccuracy(rows, 3)).FromClasses(4),
        Metric.OfClasses("expected_calibration_error", "Calibration error", false, Classes, "Mean gap between the confidence in the predicted class and how often it is right, over ten equal bins of confidence.", ClassMetrics.ExpectedCalibrationError),
        Metric.OfNumbers("r2", "R²", true, "Share of the target's variance that the predictions explain.", NumberMetrics.R2),
        Metric.OfNumbers("rmse", "RMSE", false, "Root of the mean squared error, in the target's unit.", NumberMetrics.RootMeanSquaredError),
        Metric.OfNumbers("mse", "Mean squared error", false, "Mean squared error, in the target's unit squared.", NumberMetrics.MeanSquaredError).OnRequest(),
        Metric.OfNumbers("rmsle", "RMSLE", false, "Root of the mean squared difference of the logarithms of 1 + value; of targets and predictions above -1.", NumberMetrics.RootMeanSquaredLogError).OnRequest(),
        Metric.OfNumbers("mae", "MAE", false, "Mean absolute error, in the target's unit.", NumberMetrics.MeanAbsoluteError),
        Metric.OfNumbers("mape", "MAPE", false, "Mean absolute error as a share of the true value.", NumberMetrics.MeanAbsolutePercentageError),
        Metric.OfNumbers("median_absolute_error", "Median absolute error", false, "Half of the rows have a smaller absolute error.", NumberMetrics.MedianAbsoluteError),
        Metric.OfNumbers("explained_variance", "Explained variance", true, "As R², but a constant offset is forgiven.", NumberMetrics.ExplainedVariance),
        Metric.OfNumbers("d2_absolute_error", "D² of absolute error", true, "Share of the absolute error of the median that the predictions save.", rows => NumberMetrics.PinballExplained(rows, 0.5)).OnRequest(),
        Metric.OfNumbers("max_error", "Largest error", false, "The largest absolute error of any row.", NumberMetrics.MaxError),
        Metric.OfNumbers("poisson_deviance", "Poisson deviance", false, "Mean deviance of counts: 0 is perfect; of targets of at least 0 and predictions above 0.", rows => Deviances.Mean(rows, 1)).Special(),
        Metric.OfNumbers("gamma_deviance", "Gamma deviance", false, "Mean deviance of amounts whose spread grows with their mean: 0 is perfect; of targets and predictions above 0.", rows => Deviances.Mean(rows, 2)).Special(),
        Metric.OfNumbers("tweedie_deviance", "Tweedie deviance", false, "Mean deviance of amounts many of which are 0, at power 1.5: 0 is perfect; of targets of at least 0 and predictions above 0.", rows => Deviances.Mean(rows, 1.5)).Special(),
        Metric.OfNumbers("ndcg_10", "NDCG@10", true, "How well the first ten places of each query are filled: discounted gain of relevances, as a share of the best order's.", rows => RankingGain.Ndcg(rows, 10)).Special(),
    ];

    public static IReadOnlyList<MetricFamily> Families() =>
    [
        FBeta("f_beta", "F-beta", Two, "of the positive class", (rows, beta) => rows.Confusion.FBeta(1, beta)),
        FBeta("f_beta_macro", "F-beta (macro)", Classes, "as the mean over the classes", (rows, beta) => rows.Confusion.Macro(code => rows.Confusion.FBeta(code, beta))),
        FBeta("f_beta_micro", "F-beta (micro)", Classes, "of all calls together, which is the accuracy", (rows, _) => ClassMetrics.Accuracy(rows)),
        FBeta("f_beta_weighted", "F-beta (weighted)", Classes, "as the mean over the classes weighted by their rows", (rows, beta) => rows.Confusion.Weighted(code => rows.Confusion.FBeta(code, beta))),
        Family("top_k_accuracy", "k", "a whole number from 1 to 10000", 5, IsPlaces, (name, most) => Metric.OfClasses(
            name, $"Top-{most} accuracy", true, Many, $"Share of rows whose true class is among the {most} most probable; undefined where there are no more classes.", rows => ClassMetrics.TopAccuracy(rows, (int)most))),
        Family("pinball", "quantile", Share, 0.9, IsShare, (name, share) => Metric.OfNumbers(
            name, $"Pinball loss of {share}", false, $"Mean error, {share} of it where the truth lies above and the rest where it lies below: least at the quantile of {share}.", rows => NumberMetrics.Pinball(rows, share))),
        Family("d2_pinball", "quantile", Share, 0.9, IsShare, (name, share) => Metric.OfNumbers(
            name, $"D² of pinball loss of {share}", true, $"Share of the pinball loss of the rows' own quantile of {share} that the predictions save.", rows => NumberMetrics.PinballExplained(rows, share))),
        Family("huber", "delta", "a number above 0", 1, value => value > 0, (name, delta) => Metric.OfNumbers(
            name, $"Huber loss to {delta}", false, $"Mean of half the squared error up to {delta}, and in line with the error beyond.", rows => NumberMetrics.Huber(rows, delta))),
        Family("tweedie_deviance", "power", Powers, 1.5, Deviances.IsPower, (name, power) => Metric.OfNumbers(
            name, $"Tweedie deviance of {power}", false, $"Mean deviance where the variance grows with the mean to the power {power}: 0 is perfect; undefined where targets or predictions lie outside its range.", rows => Deviances.Mean(rows, power))),
        Family("d2_tweedie", "power", Powers, 1.5, Deviances.IsPower, (name, power) => Metric.OfNumbers(
            name, $"D² of Tweedie deviance of {power}", true, $"Share of the Tweedie deviance of the mean, at power {power}, that the predictions save.", rows => Deviances.Explained(rows, power))),
        Family("ndcg", "places", "a whole number from 1 to 10000", 5, IsPlaces, (name, places) => Metric.OfNumbers(
            name, $"NDCG@{places}", true, $"How well the first {places} places of each query are filled: discounted gain of relevances, as a share of the best order's.", rows => RankingGain.Ndcg(rows, (int)places))),
    ];

    private static MetricFamily FBeta(string name, string title, LearningTask[] tasks, string of, Func<ScoredClasses, double, double> compute) =>
        Family(name, "beta", "a number from 0 to 1000", 2, value => value is >= 0 and <= 1000, (member, beta) => Metric.OfClasses(
            member, title.Replace("beta", beta.ToString("R", CultureInfo.InvariantCulture), StringComparison.Ordinal), true, tasks,
            string.Create(CultureInfo.InvariantCulture, $"Mean of precision and recall where recall counts {beta} times as much, {of}."), rows => compute(rows, beta)));

    private static MetricFamily Family(string name, string parameter, string range, double example, Func<double, bool> isAllowed, Func<string, double, Metric> make) =>
        new(name, parameter, range, example, isAllowed, value => make(MetricFamily.NameOf(name, value), value).OnRequest());

    private static bool IsShare(double value) => value is >= 0 and <= 1;

    private static bool IsPlaces(double value) => value is >= 1 and <= 10_000 && value == Math.Floor(value);
}
