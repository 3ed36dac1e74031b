using Strata.Learning.Metrics;

namespace Strata.Learning.Explanation.Cohorts;

/// <summary>One measure of two cohorts.</summary>
/// <param name="Name">Such as <c>demographic_parity_difference</c>.</param>
/// <param name="Output">The class it is about, or the target.</param>
/// <param name="First">Of the first cohort; null where it is undefined, or where the measure is of both at once.</param>
/// <param name="Second">Of the second cohort.</param>
/// <param name="Value">The first less the second, unless the name says another thing; null where it is undefined.</param>
/// <param name="Interval">Where the value lies, by the percentile bootstrap of rows within each cohort; null where too few draws define it.</param>
public sealed record CohortMeasure(string Name, string Output, double? First, double? Second, double? Value, MetricInterval? Interval);

/// <summary>How much a column moved what is explained, on average in each cohort.</summary>
/// <param name="Column">The column.</param>
/// <param name="Output">The target's name for one output, or the class.</param>
/// <param name="First">Mean contribution in the first cohort.</param>
/// <param name="Second">In the second.</param>
/// <param name="Difference">The first less the second: over all columns they sum to the difference of what is explained.</param>
/// <param name="Interval">Where the difference lies, by the percentile bootstrap.</param>
public sealed record CohortContribution(string Column, string Output, double First, double Second, double Difference, MetricInterval Interval);

/// <summary>How a column's values differ between two cohorts.</summary>
/// <param name="Column">The column.</param>
/// <param name="Distance">0 where the distributions are the same, 1 where they have nothing in common: the largest distance of the distribution functions of numbers, the total variation of levels; missing values count as a value. Null for texts and arrays.</param>
/// <param name="FirstMean">Of numbers in the first cohort; null for what is no number, or where all are missing.</param>
/// <param name="SecondMean">In the second.</param>
/// <param name="FirstMissing">The share of missing values.</param>
/// <param name="SecondMissing">In the second cohort.</param>
/// <param name="Levels">Shares of levels; empty for numbers.</param>
public sealed record CohortColumn(string Column, double? Distance, double? FirstMean, double? SecondMean, double FirstMissing, double SecondMissing, IReadOnlyList<LevelShare> Levels);

/// <summary>The share of a level among the values of each cohort that are not missing.</summary>
public sealed record LevelShare(string Level, double First, double Second);
