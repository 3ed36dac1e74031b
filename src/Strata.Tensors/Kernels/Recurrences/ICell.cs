namespace Strata.Tensors.Kernels.Recurrences;

/// <summary>One step of a recurrent cell for all units and lanes of a block; units and lanes count as one long vector.</summary>
internal unsafe interface ICell
{
    /// <summary>Sums that a unit has at a step, each a part of the vector.</summary>
    static abstract int Sums { get; }

    /// <summary>From the sums to the new state; gates take the place of their sums.</summary>
    static abstract void Forward(in CellStep step);

    /// <summary>From the gradient of what is remembered to those of the sums, and to the part of the gradient before the step that does not go through the weights.</summary>
    static abstract void Back(in CellStep step);
}

/// <summary>The memory of one step of a block; all parts are [hidden][lanes].</summary>
internal unsafe struct CellStep
{
    /// <summary>As many parts as the cell has sums.</summary>
    public float* Gates;

    /// <summary>What the cell keeps for itself before and after the step.</summary>
    public float* Before, After;

    /// <summary>What is remembered: before the step, then after it.</summary>
    public float* Hidden;

    /// <summary>Gradients: of the result, of what is remembered, of what the cell keeps, of the sums.</summary>
    public float* OfResult, OfHidden, OfState, OfSums;

    /// <summary>Units times lanes.</summary>
    public nint Count;

    /// <summary>For each lane all bits where its row has this step; null where all have.</summary>
    public float* Active;

    public int Lanes;
}
