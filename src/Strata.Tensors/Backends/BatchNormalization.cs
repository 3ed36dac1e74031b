namespace Strata.Tensors.Backends;

/// <summary>
/// A batch normalisation: y = (x - mean) r gain + shift with r = 1 / sqrt(variance + epsilon) for each column, the means and variances being those of all rows that count (Ioffe and
/// Szegedy 2015) or given ones; then perhaps something added, and perhaps no number below 0. Rows that do not count become 0.
/// </summary>
public unsafe struct BatchNormalization<T>
    where T : unmanaged
{
    /// <summary>Which rows count.</summary>
    public StepSpan Rows { get; set; }

    /// <summary>[rows, width], as are the next two.</summary>
    public T* X { get; set; }

    public T* Y { get; set; }

    /// <summary>Null where nothing is added.</summary>
    public T* Added { get; set; }

    /// <summary>[width], as is the next.</summary>
    public T* Gain { get; set; }

    public T* Shift { get; set; }

    /// <summary>[width], as is the next: filled on the way forward, or given.</summary>
    public T* Means { get; set; }

    public T* Variances { get; set; }

    public T Epsilon { get; set; }

    /// <summary>Whether means and variances are given.</summary>
    public bool IsFixed { get; set; }

    /// <summary>Whether numbers below 0 become 0.</summary>
    public bool Rectifies { get; set; }

    /// <summary>How many rows count.</summary>
    public readonly long Count
    {
        get
        {
            long count = 0;
            for (int series = 0; series < Rows.Batch; series++)
            {
                count += Rows.Length(series);
            }

            return count;
        }
    }
}

/// <summary>The gradients of a batch normalisation; null for those that nobody needs.</summary>
public unsafe struct BatchNormalizationGradients<T>
    where T : unmanaged
{
    public T* Y { get; set; }

    public T* X { get; set; }

    /// <summary>Where it is set and not added to, its memory may be that of <see cref="Y"/>.</summary>
    public T* Added { get; set; }

    /// <summary>Added to, as is the next.</summary>
    public T* Gain { get; set; }

    public T* Shift { get; set; }

    /// <summary>Whether gradients are there to add to, as in the next; else they are set.</summary>
    public bool AddsToX { get; set; }

    public bool AddsToAdded { get; set; }
}
