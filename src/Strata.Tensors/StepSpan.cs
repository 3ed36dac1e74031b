namespace Strata.Tensors;

/// <summary>Series [batch, steps, width] of which each may have fewer steps than there is room for.</summary>
/// <param name="Batch">How many series.</param>
/// <param name="Steps">Room for steps.</param>
/// <param name="Width">Numbers of a step.</param>
/// <param name="Lengths">Where the steps of each series are, from 1 to <paramref name="Steps"/>; 0 where all have all.</param>
public readonly unsafe record struct StepSpan(int Batch, int Steps, int Width, nint Lengths)
{
    /// <summary>The steps of one series that count.</summary>
    public int Length(int series) => Lengths == 0 ? Steps : ((int*)Lengths)[series];
}
