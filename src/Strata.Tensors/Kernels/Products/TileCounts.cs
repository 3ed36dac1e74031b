namespace Strata.Tensors.Kernels.Products;

/// <summary>A count that the compiler knows, so that one source serves tiles of every size.</summary>
internal interface ICount
{
    static abstract int Value { get; }
}

internal readonly struct OneVector : ICount
{
    public static int Value => 1;
}

internal readonly struct TwoVectors : ICount
{
    public static int Value => 2;
}

internal readonly struct Rows1 : ICount
{
    public static int Value => 1;
}

internal readonly struct Rows2 : ICount
{
    public static int Value => 2;
}

internal readonly struct Rows3 : ICount
{
    public static int Value => 3;
}

internal readonly struct Rows4 : ICount
{
    public static int Value => 4;
}

internal readonly struct Rows5 : ICount
{
    public static int Value => 5;
}

internal readonly struct Rows6 : ICount
{
    public static int Value => 6;
}

internal readonly struct Rows7 : ICount
{
    public static int Value => 7;
}

internal readonly struct Rows8 : ICount
{
    public static int Value => 8;
}

internal readonly struct Rows9 : ICount
{
    public static int Value => 9;
}

internal readonly struct Rows10 : ICount
{
    public static int Value => 10;
}

internal readonly struct Rows11 : ICount
{
    public static int Value => 11;
}

internal readonly struct Rows12 : ICount
{
    public static int Value => 12;
}

internal readonly struct Rows13 : ICount
{
    public static int Value => 13;
}

internal readonly struct Rows14 : ICount
{
    public static int Value => 14;
}
