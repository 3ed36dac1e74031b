namespace Strata.Tensors.Backends;

/// <summary>A whole recurrent layer: what comes in, its weights, and where results go. Rows of a batch may end early.</summary>
public readonly unsafe struct Recurrence<T>
    where T : unmanaged
{
    public required RecurrentCell Cell { get; init; }

    public required int Batch { get; init; }

    public required int Steps { get; init; }

    /// <summary>Numbers that come in at a step.</summary>
    public required int Width { get; init; }

    /// <summary>Numbers that are remembered.</summary>
    public required int Hidden { get; init; }

    /// <summary>Whether rows are read from their last step to their first.</summary>
    public bool IsReversed { get; init; }

    /// <summary>[batch, steps, width].</summary>
    public T* X { get; init; }

    /// <summary>[gates * hidden, width].</summary>
    public T* WeightInput { get; init; }

    /// <summary>[gates * hidden, hidden].</summary>
    public T* WeightHidden { get; init; }

    /// <summary>[gates * hidden], or null.</summary>
    public T* BiasInput { get; init; }

    /// <summary>[gates * hidden], or null.</summary>
    public T* BiasHidden { get; init; }

    /// <summary>Steps of each row, or null where all have all.</summary>
    public int* Lengths { get; init; }

    /// <summary>[batch, hidden] before the first step, or null for zeros.</summary>
    public T* InitialHidden { get; init; }

    /// <summary>[batch, hidden] before the first step, or null for zeros; for <see cref="RecurrentCell.Lstm"/> only.</summary>
    public T* InitialCell { get; init; }

    /// <summary>[batch, steps, hidden]: what is remembered after each step, zero after a row's end.</summary>
    public T* Y { get; init; }

    /// <summary>Room for as many numbers as the backend asked for; where gradients will be asked for it is kept until then.</summary>
    public T* Memory { get; init; }

    /// <summary>Whether gradients will be asked for.</summary>
    public bool Keeps { get; init; }

    /// <summary>Rows of the weights.</summary>
    public int GateRows => Cell.Gates() * Hidden;

    /// <summary>Steps that a row has.</summary>
    public int Length(int row) => Lengths is null ? Steps : Lengths[row];

    /// <summary>Where a row stands in its series after so many steps were made.</summary>
    public int Place(int row, int step) => IsReversed ? Length(row) - 1 - step : step;
}

/// <summary>Where gradients of a recurrent layer are added; null for what needs none.</summary>
public readonly unsafe struct RecurrenceGradients<T>
    where T : unmanaged
{
    /// <summary>Of the result [batch, steps, hidden]; given.</summary>
    public T* Y { get; init; }

    public T* X { get; init; }

    public T* WeightInput { get; init; }

    public T* WeightHidden { get; init; }

    public T* BiasInput { get; init; }

    public T* BiasHidden { get; init; }

    public T* InitialHidden { get; init; }

    public T* InitialCell { get; init; }

    /// <summary>Room for as many numbers as the backend asked for.</summary>
    public T* Memory { get; init; }
}
