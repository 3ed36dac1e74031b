namespace Strata.Tensors.Backends;

/// <summary>
/// Scaled dot product attention of several heads (Vaswani et al. 2017): for each query the values' mean, weighted by the softmax of its products with the keys over the root of
/// their width. Heads lie side by side in the rows.
/// </summary>
public readonly unsafe struct Attention<T>
    where T : unmanaged
{
    /// <summary>Odd numbers far apart, so that places of different heads and queries hardly ever meet.</summary>
    private const uint HeadStep = 0x9E3779B1, SharedQueryStep = 0x85EBCA77;

    public required int Batch { get; init; }

    public required int Queries { get; init; }

    public required int Keys { get; init; }

    public required int Heads { get; init; }

    /// <summary>Numbers of a head.</summary>
    public required int HeadWidth { get; init; }

    /// <summary>[batch, queries, heads * width], rows <see cref="QueryStep"/> numbers apart.</summary>
    public T* Query { get; init; }

    public nint QueryStep { get; init; }

    /// <summary>[batch, keys, heads * width], rows <see cref="KeyStep"/> numbers apart.</summary>
    public T* Key { get; init; }

    /// <summary>As the keys.</summary>
    public T* Value { get; init; }

    public nint KeyStep { get; init; }

    /// <summary>How many keys each row of the batch has, or null where all have all.</summary>
    public int* Lengths { get; init; }

    /// <summary>Whether queries see no key after their own place.</summary>
    public bool IsCausal { get; init; }

    /// <summary>Share of weights left out by chance; the others grow by as much.</summary>
    public double Dropout { get; init; }

    /// <summary>Where the chance comes from.</summary>
    public ulong Seed { get; init; }

    /// <summary>[batch, queries, heads * width]; zeros where there is no key.</summary>
    public T* Y { get; init; }

    /// <summary>Room for as many numbers as the backend asked for, kept for the way back.</summary>
    public T* Memory { get; init; }

    /// <summary>Numbers of a row of the result.</summary>
    public int Width => Heads * HeadWidth;

    /// <summary>Keys that a row of the batch has.</summary>
    public int Length(int row) => Lengths is null ? Keys : Lengths[row];

    /// <summary>Whether all rows have the same chance, which then does not hang on how many steps there are.</summary>
    public bool SharesChance { get; init; }

    /// <summary>Where the weight of a query and a key stands among all: what its chance is drawn by.</summary>
    public uint Place(int row, int head, int query, int key) =>
        unchecked((SharesChance ? (uint)head * HeadStep : ((uint)row * (uint)Heads + (uint)head) * (uint)Queries * (uint)Keys) + (uint)query * ChanceStep + (uint)key);

    /// <summary>From the place of a query's weight to that of the next one's.</summary>
    public uint ChanceStep => SharesChance ? SharedQueryStep : (uint)Keys;
}

/// <summary>Where gradients of an attention go; null for what needs none.</summary>
public readonly unsafe struct AttentionGradients<T>
    where T : unmanaged
{
    /// <summary>Of the result; given.</summary>
    public T* Y { get; init; }

    /// <summary>Rows as far apart as those of the queries.</summary>
    public T* Query { get; init; }

    /// <summary>Rows as far apart as those of the keys, here and of the values.</summary>
    public T* Key { get; init; }

    public T* Value { get; init; }

    /// <summary>Whether to add to the queries' gradients; else they are set.</summary>
    public bool AddsQuery { get; init; }

    public bool AddsKey { get; init; }

    /// <summary>Room for as many numbers as the backend asked for.</summary>
    public T* Memory { get; init; }
}
