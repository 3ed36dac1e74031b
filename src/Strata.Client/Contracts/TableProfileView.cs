namespace Strata.Client.Contracts;

/// <summary>What a table holds, column by column, and what somebody should look at before learning from it.</summary>
/// <param name="RowCount">Of the table.</param>
/// <param name="Target">The column to be predicted, when one was named.</param>
/// <param name="Columns">In the order of the table.</param>
public sealed record TableProfileView(long RowCount, string? Target, IReadOnlyList<ColumnProfileView> Columns);

/// <summary>What one column holds. Numbers are in the column's own unit, for dates seconds since 1970; what does not fit the type is null.</summary>
/// <param name="Name">The column.</param>
/// <param name="Type">Its type.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Distinct">Different values; missing is none.</param>
/// <param name="Min">The smallest value.</param>
/// <param name="Max">The largest value.</param>
/// <param name="Mean">The mean.</param>
/// <param name="StandardDeviation">Of the sample (n - 1).</param>
/// <param name="Quantiles">At 0, 1%, 5%, 25%, 50%, 75%, 95%, 99% and 1.</param>
/// <param name="Histogram">Of the values.</param>
/// <param name="TopLevels">The most frequent values of categories, texts and booleans, most frequent first.</param>
/// <param name="Earliest">The first date, as ISO text.</param>
/// <param name="Latest">The last date, as ISO text.</param>
/// <param name="Arrays">Of columns of series, images or points what their arrays hold.</param>
/// <param name="Warnings">What to look at.</param>
public sealed record ColumnProfileView(
    string Name,
    ColumnType Type,
    long Missing,
    long Distinct,
    double? Min,
    double? Max,
    double? Mean,
    double? StandardDeviation,
    IReadOnlyList<QuantileView>? Quantiles,
    HistogramView? Histogram,
    IReadOnlyList<LevelCountView>? TopLevels,
    string? Earliest,
    string? Latest,
    ArraySummaryView? Arrays,
    IReadOnlyList<ProfileWarningView> Warnings);

/// <summary>What the arrays of one column hold.</summary>
/// <param name="Lengths">Steps of series, points of clouds; null for images.</param>
/// <param name="Heights">Rows of pixels; null for all but images.</param>
/// <param name="Widths">Pixels in a row; null for all but images.</param>
/// <param name="Channels">By channel, over all rows.</param>
/// <param name="RowsWithGaps">Rows with a missing number in their array.</param>
/// <param name="Samples">Arrays of a few rows, thinned out to be looked at, as JSON text.</param>
public sealed record ArraySummaryView(LengthRangeView? Lengths, LengthRangeView? Heights, LengthRangeView? Widths, IReadOnlyList<ChannelSummaryView> Channels, long RowsWithGaps, IReadOnlyList<ArraySampleView> Samples);

/// <summary>The shortest, the usual and the longest of some lengths.</summary>
public sealed record LengthRangeView(int Least, int Median, int Most);

/// <summary>The numbers of one channel over all rows; null where there are none.</summary>
public sealed record ChannelSummaryView(string Name, double? Min, double? Max, double? Mean, double? StandardDeviation, long Missing);

/// <summary>The array of one 0-based row, thinned out, as JSON text.</summary>
public sealed record ArraySampleView(int Row, string Array);

/// <summary>The value below which the given share of the values lies.</summary>
public sealed record QuantileView(double Probability, double Value);

/// <summary>How often values fall between neighbouring edges.</summary>
/// <param name="Edges">One more than there are counts.</param>
/// <param name="Counts">Values in each bin.</param>
public sealed record HistogramView(IReadOnlyList<double> Edges, IReadOnlyList<long> Counts);

/// <summary>How often a value occurs.</summary>
public sealed record LevelCountView(string Level, long Count);

/// <summary>Something about a column that somebody should look at before learning from it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Message">One sentence with the evidence.</param>
/// <param name="Column">The column it is about.</param>
/// <param name="OtherColumn">The column it is like, or gives away.</param>
/// <param name="Score">The evidence as a number from 0 to 1, where there is one.</param>
public sealed record ProfileWarningView(ProfileWarningKind Kind, string Message, string Column, string? OtherColumn, double? Score);

/// <summary>The kinds of warning.</summary>
public enum ProfileWarningKind
{
    Constant,
    AllMissing,
    MostlyMissing,
    IdLike,
    NearDuplicate,
    PredictsTarget,
    MissingnessPredictsTarget,
}
