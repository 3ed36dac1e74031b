namespace Strata.Client.Contracts;

/// <summary>How good a model is on rows it did not learn from. Parts that do not fit the task are empty.</summary>
/// <param name="Task">The kind of prediction.</param>
/// <param name="RowCount">How many rows were judged.</param>
/// <param name="Classes">Class names in code order; empty for regression.</param>
/// <param name="Metrics">Value by name; a metric that is undefined on these rows is left out and noted.</param>
/// <param name="Confusion">[true class][predicted class], sums of weights.</param>
/// <param name="PerClass">One a class.</param>
/// <param name="RocCurves">One for the second of two classes, one for each against the rest of several.</param>
/// <param name="PrecisionRecallCurves">As the ROC curves.</param>
/// <param name="Calibration">As the ROC curves.</param>
/// <param name="Thresholds">For two classes: what each threshold on the probability of the second would give.</param>
/// <param name="Residuals">For regression, else null.</param>
/// <param name="OutlierScores">For outlier detection, else null.</param>
/// <param name="Notes">What could not be measured.</param>
/// <param name="Importance">How much the main metric falls when a column is shuffled, largest first.</param>
/// <param name="TreeImportance">What the trees say of each column, largest first; null for a model that is not of trees.</param>
/// <param name="Interactions">How strongly columns work together; null where that is not known.</param>
/// <param name="LeakAudit">What may make the model look better than it is, the gravest first; null for results of older versions.</param>
/// <param name="Regions">How often intervals or sets held the truth; null where the model has none.</param>
/// <param name="Intervals">Where each metric lies with 95% certainty, by name; null for results of older versions.</param>
/// <param name="WorstSlices">Test rows on which the model is clearly worse than on the others; null for results of older versions.</param>
/// <param name="CrossValidated">Metrics over folds of the training rows, by name; null where none were asked for.</param>
/// <param name="Modalities">What a network that joins several kinds of columns is worth without each of them; null for other models.</param>
/// <param name="Transfer">What the given weights are worth; null where a network did not begin from any, or was not also trained from scratch.</param>
public sealed record EvaluationView(
    LearningTask Task,
    int RowCount,
    IReadOnlyList<string> Classes,
    IReadOnlyDictionary<string, double?> Metrics,
    IReadOnlyList<IReadOnlyList<double>> Confusion,
    IReadOnlyList<ClassReportView> PerClass,
    IReadOnlyList<RocCurveView> RocCurves,
    IReadOnlyList<PrecisionRecallCurveView> PrecisionRecallCurves,
    IReadOnlyList<CalibrationCurveView> Calibration,
    IReadOnlyList<ThresholdPointView> Thresholds,
    ResidualsView? Residuals,
    OutlierScoresView? OutlierScores,
    IReadOnlyList<string> Notes,
    IReadOnlyList<ColumnImportanceView> Importance,
    TreeImportanceView? TreeImportance = null,
    InteractionStrengthView? Interactions = null,
    IReadOnlyList<LeakFindingView>? LeakAudit = null,
    RegionCoverageView? Regions = null,
    IReadOnlyDictionary<string, MetricIntervalView>? Intervals = null,
    IReadOnlyList<ErrorSliceView>? WorstSlices = null,
    IReadOnlyDictionary<string, MetricSummaryView>? CrossValidated = null,
    IReadOnlyList<ModalityAblationView>? Modalities = null,
    TransferGainView? Transfer = null);

/// <summary>The same network on the same rows, beginning from given weights and by chance.</summary>
/// <param name="Metric">The metric's name.</param>
/// <param name="FromWeights">Its value on the test rows, beginning from the weights.</param>
/// <param name="FromScratch">Its value on the test rows, beginning by chance.</param>
/// <param name="Gain">How much better the weights make it; below 0 where they harm.</param>
public sealed record TransferGainView(string Metric, double FromWeights, double FromScratch, double Gain);

/// <summary>Precision, recall and F1 of one class; support is the sum of its rows' weights.</summary>
public sealed record ClassReportView(string Class, double Precision, double Recall, double F1, double Support);

/// <summary>True against false positive rate of one class against the rest, from the highest threshold to the lowest.</summary>
/// <param name="Class">The class that counts as positive.</param>
/// <param name="FalsePositiveRate">Share of the other rows at or above the threshold.</param>
/// <param name="TruePositiveRate">Share of the class's rows at or above the threshold.</param>
/// <param name="Thresholds">Probabilities; the first is above the highest, so that nothing is called positive.</param>
/// <param name="Area">The exact area, before thinning.</param>
public sealed record RocCurveView(
    string Class, IReadOnlyList<double> FalsePositiveRate, IReadOnlyList<double> TruePositiveRate, IReadOnlyList<double> Thresholds, double Area);

/// <summary>Precision against recall of one class against the rest, from the highest threshold to the lowest.</summary>
/// <param name="Class">The class that counts as positive.</param>
/// <param name="Recall">Share of the class's rows at or above the threshold.</param>
/// <param name="Precision">Share of the rows at or above the threshold that are of the class.</param>
/// <param name="Thresholds">Probabilities; the first is above the highest, so that nothing is called positive.</param>
/// <param name="AveragePrecision">Exact, before thinning.</param>
public sealed record PrecisionRecallCurveView(
    string Class, IReadOnlyList<double> Recall, IReadOnlyList<double> Precision, IReadOnlyList<double> Thresholds, double AveragePrecision);

/// <summary>How often a class is true among rows that were given about the same probability of it.</summary>
/// <param name="Class">The class.</param>
/// <param name="MeanPredicted">Mean probability of each bin's rows.</param>
/// <param name="Observed">Share of each bin's rows that are of the class.</param>
/// <param name="Counts">Number of rows in each bin.</param>
public sealed record CalibrationCurveView(string Class, IReadOnlyList<double> MeanPredicted, IReadOnlyList<double> Observed, IReadOnlyList<int> Counts);

/// <summary>What calling rows positive from one probability upward would give. Counts are sums of weights.</summary>
public sealed record ThresholdPointView(double Threshold, double Tp, double Fp, double Tn, double Fn, double Precision, double Recall, double F1, double Accuracy);

/// <summary>How predicted numbers lie beside the true ones.</summary>
/// <param name="Rows">0-based rows of the shown points: all, or 2000 spread evenly.</param>
/// <param name="Actual">The true values of those rows.</param>
/// <param name="Predicted">The predicted values of those rows.</param>
/// <param name="HistogramEdges">Edges of equal bins of actual minus predicted over all rows.</param>
/// <param name="HistogramCounts">Rows in each bin.</param>
public sealed record ResidualsView(
    IReadOnlyList<int> Rows,
    IReadOnlyList<double> Actual,
    IReadOnlyList<double> Predicted,
    IReadOnlyList<double> HistogramEdges,
    IReadOnlyList<int> HistogramCounts);

/// <summary>How the scores of outlier detection are spread.</summary>
/// <param name="Threshold">Rows that score higher are outliers.</param>
/// <param name="HistogramEdges">Edges of equal bins over all scores.</param>
/// <param name="HistogramCounts">Rows in each bin.</param>
public sealed record OutlierScoresView(double Threshold, IReadOnlyList<double> HistogramEdges, IReadOnlyList<int> HistogramCounts);

/// <summary>How much the main metric falls when a column's values are shuffled.</summary>
/// <param name="Column">The column.</param>
/// <param name="Mean">Mean fall over the shuffles.</param>
/// <param name="StandardDeviation">Of the falls.</param>
public sealed record ColumnImportanceView(string Column, double Mean, double StandardDeviation);

/// <summary>Sums over all splits of the trees, by column, largest first.</summary>
/// <param name="Gain">How much the splits lowered the training loss.</param>
/// <param name="Cover">How much training weight they saw.</param>
/// <param name="Splits">How many there are.</param>
public sealed record TreeImportanceView(
    IReadOnlyList<ColumnImportanceView> Gain, IReadOnlyList<ColumnImportanceView> Cover, IReadOnlyList<ColumnImportanceView> Splits);

/// <summary>How strongly the columns that do most work together: mean sizes over rows and outputs.</summary>
/// <param name="Columns">The columns, the one that does most first.</param>
/// <param name="Values">[column][column], in units of the raw score: on the diagonal what a column does alone, elsewhere a pair's whole effect.</param>
/// <param name="RowCount">How many rows it was measured on.</param>
public sealed record InteractionStrengthView(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<double>> Values, int RowCount);

/// <summary>What a model is worth without one of the modalities that it joins.</summary>
/// <param name="Modality">A column of series, images or points, or <c>table</c> for all other columns together.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="With">Its value with all modalities.</param>
/// <param name="Without">Its value when this one counts as missing in every row.</param>
public sealed record ModalityAblationView(string Modality, string Metric, double With, double Without);

/// <summary>Intervals of numbers, or sets of classes, beside the truth.</summary>
/// <param name="Level">The share that was to be covered.</param>
/// <param name="Coverage">The share of the rows that was covered.</param>
/// <param name="Size">The mean width of the finite intervals, or the mean number of classes in a set.</param>
/// <param name="Groups">By true class, or by quarter of the predicted numbers.</param>
/// <param name="DeclaredGroups">By declared group of ten rows or more, the worst covered first, at most 50.</param>
/// <param name="DeclaredGroupCount">How many declared groups the rows are of; 0 where none are declared.</param>
/// <param name="MeanOfDeclaredGroups">The mean over all declared groups, each counted alike, of the share of its rows that was covered; null without groups.</param>
public sealed record RegionCoverageView(
    double Level,
    double Coverage,
    double? Size,
    IReadOnlyList<CoverageOfGroupView> Groups,
    IReadOnlyList<CoverageOfGroupView>? DeclaredGroups = null,
    int DeclaredGroupCount = 0,
    double? MeanOfDeclaredGroups = null);

/// <summary>How often the truth of some rows was covered.</summary>
/// <param name="Group">Which rows.</param>
/// <param name="RowCount">How many.</param>
/// <param name="Coverage">The share of them that was covered.</param>
/// <param name="Size">Mean width or number of classes.</param>
public sealed record CoverageOfGroupView(string Group, int RowCount, double Coverage, double? Size);

/// <summary>Where a metric's value lies, as far as the test rows can tell.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record MetricIntervalView(double? Low, double? High);

/// <summary>Rows that one or two conditions pick out and on which the model is worse than on the others.</summary>
/// <param name="Conditions">One or two, all of which hold.</param>
/// <param name="RowCount">How many rows there are.</param>
/// <param name="MeanLoss">Of these rows: minus the logarithm of the true class's probability, or the absolute error.</param>
/// <param name="MeanLossElsewhere">Of the others.</param>
/// <param name="PValue">The chance of such a difference if there were none, times the number of slices tried.</param>
public sealed record ErrorSliceView(IReadOnlyList<SliceConditionView> Conditions, int RowCount, double MeanLoss, double MeanLossElsewhere, double PValue);

/// <summary>What picks rows out, in words.</summary>
public sealed record SliceConditionView(string Column, string Text);

/// <summary>One suspicion that a model looks better than it will be in use.</summary>
/// <param name="Kind">Such as <c>target_copy</c> or <c>duplicate_rows</c>.</param>
/// <param name="Severity">How sure it is.</param>
/// <param name="Column">The column, or null where it is about rows.</param>
/// <param name="Message">What was seen, with the figures.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="Evidence">The figures by name; null where one is not a number.</param>
public sealed record LeakFindingView(string Kind, LeakSeverity Severity, string? Column, string Message, string Advice, IReadOnlyDictionary<string, double?> Evidence);

/// <summary>How sure it is that something is wrong.</summary>
public enum LeakSeverity
{
    Notice,
    Warning,
    Critical,
}
