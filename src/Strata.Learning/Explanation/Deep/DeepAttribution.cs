namespace Strata.Learning.Explanation.Deep;

/// <summary>What each input did to one raw score of a network for one row.</summary>
/// <param name="Row">0-based.</param>
/// <param name="Output">The target's name for one output, or the class.</param>
/// <param name="Score">The raw score; of an ensemble the mean of its networks' scores.</param>
/// <param name="BaselineScore">The same where numbers and arrays are as the training means; categories are as in the row.</param>
/// <param name="Columns">By column the sum over its numbers. Categories have no gradient and count nothing here: the methods kernel and permutation explain them.</param>
/// <param name="Maps">By series and image how much each place counts, an image in the size that the network reads.</param>
/// <param name="CompletenessError">How far the columns' sum is from the difference of the two scores.</param>
public sealed record DeepAttribution(
    int Row, string Output, double Score, double BaselineScore, IReadOnlyList<ColumnAttribution> Columns, IReadOnlyList<AttributionMap> Maps, double CompletenessError);

/// <summary>What one column did, in units of the raw score.</summary>
public sealed record ColumnAttribution(string Column, double Value);
