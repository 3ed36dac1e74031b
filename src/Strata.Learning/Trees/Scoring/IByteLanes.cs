using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Learning.Trees.Scoring;

/// <summary>A register of bytes, so that one kernel serves 512, 256 and 128 bits.</summary>
internal unsafe interface IByteLanes<T>
    where T : unmanaged, IByteLanes<T>
{
    static abstract int Count { get; }

    static abstract T Load(byte* from);

    static abstract void Store(T value, byte* to);

    static abstract T All(byte value);

    /// <summary>Per lane <paramref name="yes"/> where value &lt;= bound, else <paramref name="no"/>.</summary>
    static abstract T IfAtMost(T value, T bound, T yes, T no);

    /// <summary>Per lane <paramref name="yes"/> where the value is in a set of 256 bits, else <paramref name="no"/>.</summary>
    /// <param name="value">The value of each lane.</param>
    /// <param name="set">32 bytes, the lowest bit of the first being 0.</param>
    /// <param name="yes">Taken by values in the set.</param>
    /// <param name="no">Taken by the others.</param>
    static abstract T IfInSet(T value, byte* set, T yes, T no);
}

internal readonly unsafe struct Bytes512(Vector512<byte> v) : IByteLanes<Bytes512>
{
    private readonly Vector512<byte> v = v;

    public static int Count => 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bytes512 Load(byte* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Bytes512 value, byte* to) => value.v.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bytes512 All(byte value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bytes512 IfAtMost(Bytes512 value, Bytes512 bound, Bytes512 yes, Bytes512 no) =>
        new(Vector512.ConditionalSelect(Vector512.LessThanOrEqual(value.v, bound.v), yes.v, no.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bytes512 IfInSet(Bytes512 value, byte* set, Bytes512 yes, Bytes512 no)
    {
        Vector128<byte> first = Vector128.Load(set), second = Vector128.Load(set + 16), bits = Vector128.Create(0x8040201008040201).AsByte();
        Vector512<byte> place = (value.v.AsUInt16() >>> 3).AsByte() & Vector512.Create((byte)31);
        Vector512<byte> word = Vector512.ConditionalSelect(
            Vector512.LessThan(place, Vector512.Create((byte)16)), Shuffle(Repeat(first), place), Shuffle(Repeat(second), place));
        Vector512<byte> hit = word & Shuffle(Repeat(bits), value.v & Vector512.Create((byte)7));
        return new(Vector512.ConditionalSelect(Vector512.Equals(hit, Vector512<byte>.Zero), no.v, yes.v));
    }

    private static Vector512<byte> Repeat(Vector128<byte> table)
    {
        var half = Vector256.Create(table, table);
        return Vector512.Create(half, half);
    }

    /// <summary>Looks places up in each 16 bytes' own table; the higher bits of a place are left aside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Shuffle(Vector512<byte> table, Vector512<byte> place) => Avx512BW.IsSupported
        ? Avx512BW.Shuffle(table, place)
        : Vector512.Create(Bytes256.Shuffle(table.GetLower(), place.GetLower()), Bytes256.Shuffle(table.GetUpper(), place.GetUpper()));
}

internal readonly unsafe struct Bytes256(Vector256<byte> v) : IByteLanes<Bytes256>
{
    private readonly Vector256<byte> v = v;

    public static int Count => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bytes256 Load(byte* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Bytes256 value, byte* to) => value.v.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bytes256 All(byte value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bytes256 IfAtMost(Bytes256 value, Bytes256 bound, Bytes256 yes, Bytes256 no) =>
        new(Vector256.ConditionalSelect(Vector256.Equals(Vector256.Max(value.v, bound.v), bound.v), yes.v, no.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bytes256 IfInSet(Bytes256 value, byte* set, Bytes256 yes, Bytes256 no)
    {
        Vector128<byte> first = Vector128.Load(set), second = Vector128.Load(set + 16), bits = Vector128.Create(0x8040201008040201).AsByte();
        Vector256<byte> place = (value.v.AsUInt16() >>> 3).AsByte() & Vector256.Create((byte)31);
        Vector256<byte> word = Vector256.ConditionalSelect(
            Vector256.LessThan(place, Vector256.Create((byte)16)), Shuffle(Vector256.Create(first, first), place), Shuffle(Vector256.Create(second, second), place));
        Vector256<byte> hit = word & Shuffle(Vector256.Create(bits, bits), value.v & Vector256.Create((byte)7));
        return new(Vector256.ConditionalSelect(Vector256.Equals(hit, Vector256<byte>.Zero), no.v, yes.v));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Shuffle(Vector256<byte> table, Vector256<byte> place) => Avx2.IsSupported
        ? Avx2.Shuffle(table, place)
        : Vector256.Create(Bytes128.Shuffle(table.GetLower(), place.GetLower()), Bytes128.Shuffle(table.GetUpper(), place.GetUpper()));
}

internal readonly unsafe struct Bytes128(Vector128<byte> v) : IByteLanes<Bytes128>
{
    private readonly Vector128<byte> v = v;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bytes128 Load(byte* from) => new(Vector128.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Bytes128 value, byte* to) => value.v.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bytes128 All(byte value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bytes128 IfAtMost(Bytes128 value, Bytes128 bound, Bytes128 yes, Bytes128 no) =>
        new(Vector128.ConditionalSelect(Vector128.Equals(Vector128.Max(value.v, bound.v), bound.v), yes.v, no.v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Bytes128 IfInSet(Bytes128 value, byte* set, Bytes128 yes, Bytes128 no)
    {
        Vector128<byte> bits = Vector128.Create(0x8040201008040201).AsByte();
        Vector128<byte> place = (value.v.AsUInt16() >>> 3).AsByte() & Vector128.Create((byte)31);
        Vector128<byte> word = Vector128.ConditionalSelect(
            Vector128.LessThan(place, Vector128.Create((byte)16)), Shuffle(Vector128.Load(set), place), Shuffle(Vector128.Load(set + 16), place));
        Vector128<byte> hit = word & Shuffle(bits, value.v & Vector128.Create((byte)7));
        return new(Vector128.ConditionalSelect(Vector128.Equals(hit, Vector128<byte>.Zero), no.v, yes.v));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Shuffle(Vector128<byte> table, Vector128<byte> place) => Vector128.Shuffle(table, place & Vector128.Create((byte)15));
}
