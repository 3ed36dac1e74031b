namespace Strata.Tensors.Backends;

/// <summary>A layer normalisation: each row brought to mean 0 and variance 1, times a gain plus a shift.</summary>
public readonly unsafe struct RowNormalization<T>
    where T : unmanaged
{
    /// <summary>Blocks of rows that gradients are summed in, at the most.</summary>
    internal const int MostBlocks = 16;

    public required int Rows { get; init; }

    public required int Width { get; init; }

    /// <summary>Added to variances.</summary>
    public double Epsilon { get; init; }

    /// <summary>[rows, width].</summary>
    public T* X { get; init; }

    /// <summary>[rows, width].</summary>
    public T* Y { get; init; }

    /// <summary>[width].</summary>
    public T* Gain { get; init; }

    /// <summary>[width].</summary>
    public T* Shift { get; init; }

    /// <summary>[rows], kept for the way back.</summary>
    public T* Means { get; init; }

    /// <summary>[rows], kept for the way back: one over the roots of the variances.</summary>
    public T* Ratios { get; init; }
}

/// <summary>Where gradients of a layer normalisation go; null for what needs none.</summary>
public readonly unsafe struct RowNormalizationGradients<T>
    where T : unmanaged
{
    /// <summary>Of the result; given.</summary>
    public T* Y { get; init; }

    public T* X { get; init; }

    /// <summary>Whether to add to X; else it is set.</summary>
    public bool AddsToX { get; init; }

    /// <summary>Added to.</summary>
    public T* Gain { get; init; }

    /// <summary>Added to.</summary>
    public T* Shift { get; init; }

    /// <summary>Room for two rows of sums for each block.</summary>
    public T* Sums { get; init; }
}
