using static Strata.Learning.LearningTask;

namespace Strata.Learning.Metrics;

/// <summary>The one table of metrics. Definitions and edge cases are scikit-learn's.</summary>
internal static class MetricTable
{
    private static readonly LearningTask[] Classes = [BinaryClassification, MulticlassClassification];
    private static readonly LearningTask[] Two = [BinaryClassification];
    private static readonly LearningTask[] Many = [MulticlassClassification];

    public static IReadOnlyList<Metric> Rows() =>
    [
        Metric.OfClasses("accuracy", "Accuracy", true, Classes, "Share of rows whose most probable class is the true one.", ClassMetrics.Accuracy),
        Metric.OfClasses("balanced_accuracy", "Balanced accuracy", true, Classes, "Mean over the classes of the share of their rows that is found.", ClassMetrics.BalancedAccuracy),
        Metric.OfClasses("roc_auc", "ROC AUC", true, Classes, "Chance that a random row of a class scores above a random other row; for several classes the mean of each against the rest.", ClassMetrics.RocAuc),
        Metric.OfClasses("average_precision", "Average precision", true, Classes, "Area under the precision-recall curve, in steps; for several classes the mean of each against the rest.", ClassMetrics.AveragePrecision),
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
        Metric.OfClasses("mcc", "Matthews correlation", true, Classes, "Correlation of predicted and true classes, fair to rare ones: 1 is perfect, 0 is chance.", ClassMetrics.MatthewsCorrelation),
        Metric.OfClasses("cohen_kappa", "Cohen's kappa", true, Classes, "Agreement of predicted and true classes beyond what chance gives.", ClassMetrics.CohenKappa),
        Metric.OfClasses("top_3_accuracy", "Top-3 accuracy", true, Many, "Share of rows whose true class is among the three most probable; undefined for three classes.", rows => ClassMetrics.TopAccuracy(rows, 3)).FromClasses(4),
        Metric.OfClasses("expected_calibration_error", "Calibration error", false, Classes, "Mean gap between the confidence in the predicted class and how often it is right, over ten equal bins of confidence.", ClassMetrics.ExpectedCalibrationError),
        Metric.OfNumbers("r2", "R²", true, "Share of the target's variance that the predictions explain.", NumberMetrics.R2),
        Metric.OfNumbers("rmse", "RMSE", false, "Root of the mean squared error, in the target's unit.", NumberMetrics.RootMeanSquaredError),
        Metric.OfNumbers("mae", "MAE", false, "Mean absolute error, in the target's unit.", NumberMetrics.MeanAbsoluteError),
        Metric.OfNumbers("mape", "MAPE", false, "Mean absolute error as a share of the true value.", NumberMetrics.MeanAbsolutePercentageError),
        Metric.OfNumbers("median_absolute_error", "Median absolute error", false, "Half of the rows have a smaller absolute error.", NumberMetrics.MedianAbsoluteError),
        Metric.OfNumbers("explained_variance", "Explained variance", true, "As R², but a constant offset is forgiven.", NumberMetrics.ExplainedVariance),
        Metric.OfNumbers("max_error", "Largest error", false, "The largest absolute error of any row.", NumberMetrics.MaxError),
        Metric.OfNumbers("poisson_deviance", "Poisson deviance", false, "Mean deviance of counts: 0 is perfect; of targets of at least 0 and predictions above 0.", rows => NumberMetrics.Deviance(rows, 1)).Special(),
        Metric.OfNumbers("gamma_deviance", "Gamma deviance", false, "Mean deviance of amounts whose spread grows with their mean: 0 is perfect; of targets and predictions above 0.", rows => NumberMetrics.Deviance(rows, 2)).Special(),
        Metric.OfNumbers("tweedie_deviance", "Tweedie deviance", false, "Mean deviance of amounts many of which are 0, at power 1.5: 0 is perfect; of targets of at least 0 and predictions above 0.", rows => NumberMetrics.Deviance(rows, 1.5)).Special(),
        Metric.OfNumbers("ndcg_10", "NDCG@10", true, "How well the first ten places of each query are filled: discounted gain of relevances, as a share of the best order's.", NumberMetrics.Ndcg).Special(),
    ];
}
