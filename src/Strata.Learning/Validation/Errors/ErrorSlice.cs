namespace Strata.Learning.Validation.Errors;

/// <summary>What picks rows out: one column within bounds, at a value, or without one.</summary>
/// <param name="Column">The column.</param>
/// <param name="Text">In words, such as <c>age from 30 to below 41</c>.</param>
public sealed record SliceCondition(string Column, string Text);

/// <summary>Rows that one or two conditions pick out and on which the model is worse than on the others.</summary>
/// <param name="Conditions">One or two, all of which hold.</param>
/// <param name="RowCount">How many rows there are.</param>
/// <param name="MeanLoss">Of these rows: minus the logarithm of the true class's probability, or the absolute error.</param>
/// <param name="MeanLossElsewhere">Of the others.</param>
/// <param name="PValue">The chance of such a difference if there were none (Welch's t, one-sided), times the number of slices tried.</param>
public sealed record ErrorSlice(IReadOnlyList<SliceCondition> Conditions, int RowCount, double MeanLoss, double MeanLossElsewhere, double PValue)
{
    public override string ToString() => string.Join(" and ", Conditions.Select(condition => condition.Text));
}
