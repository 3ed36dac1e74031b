namespace Strata.Learning.Linear;

/// <summary>
/// A linear model under a loss of straight lines and a quadratic penalty: minimises uᵀQ u / 2 plus, over rows and over the coefficients that have one, the largest of
/// a (t - σ s) for a from Low to High, s being the row's score. Hinges, tubes, quantiles and absolute values are all of this form.
/// </summary>
/// <param name="Matrix">The columns.</param>
/// <param name="Scaling">What makes them standard; the variables are those of standardised columns, and last the score of a row of means.</param>
/// <param name="HasIntercept">Whether the last variable is free; else it stays 0.</param>
/// <param name="Lines">One or two losses, each with a line for every row.</param>
/// <param name="Penalty">Q, or null for none.</param>
/// <param name="Absolute">What the absolute value of each coefficient of a column as it is costs; 0 for nothing.</param>
internal sealed record HingeProblem(DesignMatrix Matrix, Standardization Scaling, bool HasIntercept, IReadOnlyList<RowLines> Lines, QuadraticPenalty? Penalty, double Absolute)
{
    public int RowCount => Matrix.RowCount;

    public int ColumnCount => Matrix.ColumnCount;
}

/// <summary>For each row the loss max of a (t - σ s) for a in [low, high].</summary>
/// <param name="Signs">σ, 1 or -1.</param>
/// <param name="Targets">t.</param>
/// <param name="Low">At most High.</param>
/// <param name="High">At equal bounds the row says nothing.</param>
internal sealed record RowLines(double[] Signs, double[] Targets, double[] Low, double[] High);
