namespace Strata.Tensors.Kernels.Normalizations;

/// <summary>What keeps a gradient from going back where a result was cut off at 0, known when the code is compiled.</summary>
internal interface IGate
{
    /// <summary>Whether anything is kept.</summary>
    static abstract bool Shuts { get; }

    /// <summary>Whether results are looked at; where nothing was added to them they are computed again, which is cheaper than to read them.</summary>
    static abstract bool SeesResult { get; }
}

internal readonly struct OpenGate : IGate
{
    public static bool Shuts => false;

    public static bool SeesResult => false;
}

internal readonly struct ResultGate : IGate
{
    public static bool Shuts => true;

    public static bool SeesResult => true;
}

internal readonly struct ScaleGate : IGate
{
    public static bool Shuts => true;

    public static bool SeesResult => false;
}
