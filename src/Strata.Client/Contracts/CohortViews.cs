namespace Strata.Client.Contracts;

/// <summary>Two groups of rows that are compared.</summary>
/// <param name="First">What the rows of the first have in common.</param>
/// <param name="Second">The same of the second; null for all other rows.</param>
/// <param name="PositiveClass">The class that fairness is about; null for the second of two, and for each of several.</param>
public sealed record CohortRequest(CohortConditionView First, CohortConditionView? Second = null, string? PositiveClass = null);

/// <summary>A value of a column, or bounds of a number; without either the rows whose value is missing.</summary>
/// <param name="Column">Any column of the dataset, also one that the model does not know.</param>
/// <param name="Value">As it stands in the dataset.</param>
/// <param name="Low">At least this.</param>
/// <param name="High">Below this.</param>
public sealed record CohortConditionView(string Column, string? Value = null, double? Low = null, double? High = null);

/// <summary>Why a model answers otherwise of some rows than of others.</summary>
/// <param name="First">What the rows of the first group have in common, in words.</param>
/// <param name="Second">The same of the second.</param>
/// <param name="FirstRows">Rows of the first.</param>
/// <param name="SecondRows">Rows of the second.</param>
/// <param name="Contributions">Which columns moved the answers apart, the largest difference first.</param>
/// <param name="Columns">How the columns' values differ, the most different first.</param>
/// <param name="Fairness">Differences of what the model answers and, where the truth is known, of its errors.</param>
public sealed record CohortComparisonView(
    string First,
    string Second,
    int FirstRows,
    int SecondRows,
    IReadOnlyList<CohortContributionView> Contributions,
    IReadOnlyList<CohortColumnView> Columns,
    IReadOnlyList<CohortMeasureView> Fairness);

/// <summary>How much a column moved the answers, on the mean of each group.</summary>
/// <param name="Column">The column.</param>
/// <param name="Output">The target's name, or the class.</param>
/// <param name="First">Mean contribution in the first group.</param>
/// <param name="Second">In the second.</param>
/// <param name="Difference">The first less the second: over all columns they sum to the difference of the answers.</param>
/// <param name="Interval">Where the difference lies, by the bootstrap.</param>
public sealed record CohortContributionView(string Column, string Output, double First, double Second, double Difference, MetricIntervalView Interval);

/// <summary>How a column's values differ between two groups.</summary>
/// <param name="Column">The column.</param>
/// <param name="Distance">0 where the distributions are the same, 1 where they have nothing in common; null for texts and arrays.</param>
/// <param name="FirstMean">Of numbers in the first group.</param>
/// <param name="SecondMean">In the second.</param>
/// <param name="FirstMissing">The share of missing values.</param>
/// <param name="SecondMissing">In the second group.</param>
/// <param name="Levels">Shares of levels; empty for numbers.</param>
public sealed record CohortColumnView(string Column, double? Distance, double? FirstMean, double? SecondMean, double FirstMissing, double SecondMissing, IReadOnlyList<LevelShareView> Levels);

/// <summary>The share of a level among each group's values that are not missing.</summary>
public sealed record LevelShareView(string Level, double First, double Second);

/// <summary>One measure of two groups.</summary>
/// <param name="Name">Such as <c>demographic_parity_difference</c>.</param>
/// <param name="Output">The class it is about, or the target.</param>
/// <param name="First">Of the first group; null where it is undefined, or where the measure is of both at once.</param>
/// <param name="Second">Of the second.</param>
/// <param name="Value">The first less the second, unless the name says another thing.</param>
/// <param name="Interval">Where the value lies, by the bootstrap; null where too few draws define it.</param>
public sealed record CohortMeasureView(string Name, string Output, double? First, double? Second, double? Value, MetricIntervalView? Interval);
