namespace Strata.Tensors.Backends;

/// <summary>What a recurrent layer does at each step with what came in and what it remembers. Gates stand in PyTorch's order.</summary>
public enum RecurrentCell
{
    /// <summary><c>h = tanh(W x + b + V h' + c)</c> (Elman 1990).</summary>
    Tanh,

    /// <summary>The same with <c>max(., 0)</c>.</summary>
    Relu,

    /// <summary>Gates r, z, n: <c>n = tanh(W x + b + r (V h' + c))</c>, <c>h = (1 - z) n + z h'</c> (Cho et al. 2014).</summary>
    Gru,

    /// <summary>Gates i, f, g, o: <c>c = f c' + i g</c>, <c>h = o tanh(c)</c> (Hochreiter and Schmidhuber 1997, Gers et al. 2000).</summary>
    Lstm,
}

/// <summary>What each kind of cell needs.</summary>
public static class RecurrentCells
{
    /// <summary>Rows of the weights for each hidden unit.</summary>
    public static int Gates(this RecurrentCell cell) => cell switch
    {
        RecurrentCell.Lstm => 4,
        RecurrentCell.Gru => 3,
        _ => 1,
    };
}
