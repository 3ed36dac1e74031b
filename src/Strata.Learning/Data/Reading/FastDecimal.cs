using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Strata.Learning.Data.Reading;

/// <summary>
/// Parses the usual numbers, <c>[-]digits[.digits]</c> of at most 16 characters after the sign, in one vector: the last 16 bytes before the field's end are
/// loaded, what stands before the field is masked away, the point is shuffled out, and the digits are summed pairwise. Whatever does not fit is refused, not guessed.
/// </summary>
internal static unsafe class FastDecimal
{
    /// <summary>How many bytes before a field's end must be readable.</summary>
    public const int Window = 16;

    private const ulong LargestExact = 1UL << 53;
    private const ulong TenToThe15 = 1_000_000_000_000_000;
    private const ulong MostUpperDigits = 999;
    private static readonly byte* KeepLast = Masks();
    private static readonly byte* CloseGap = Shuffles();
    private static readonly double* PowerOfTen = Powers();

    /// <summary>The number between <paramref name="start"/> and <paramref name="end"/>, correctly rounded: the quotient of two exact doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReal(byte* start, byte* end, byte decimalPoint, out double value)
    {
        value = 0;
        uint negative = ((uint)(*start ^ (byte)'-') - 1) >> 31;
        nint length = (nint)(end - start) - (nint)negative;
        if ((nuint)(length - 1) > Window - 1)
        {
            return false;
        }

        Vector128<byte> text = Vector128.Load(end - Window);
        Vector128<byte> inside = Vector128.Load(KeepLast + length * Window);
        uint points = (Vector128.Equals(text, Vector128.Create(decimalPoint)) & inside).ExtractMostSignificantBits();
        int fraction = BitOperations.LeadingZeroCount(points) - Window;
        Vector128<byte> digits = (text - Vector128.Create((byte)'0')) & inside;
        digits = Shuffle(digits, Vector128.Load(CloseGap + fraction * Window));
        if (Vector128.GreaterThanAny(digits, Vector128.Create((byte)9)) || (points != 0 && length == 1))
        {
            return false;
        }

        ulong mantissa = Sum(digits);
        if (mantissa > LargestExact)
        {
            return false;
        }

        double magnitude = (long)mantissa / PowerOfTen[fraction];
        value = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(magnitude) | ((ulong)negative << 63));
        return true;
    }

    /// <summary>A number of 17 to 32 characters after the sign, as doubles are written in full. Needs two windows of readable bytes.</summary>
    public static bool TryLongReal(byte* start, byte* end, byte decimalPoint, out double value)
    {
        value = 0;
        uint negative = ((uint)(*start ^ (byte)'-') - 1) >> 31;
        nint length = (nint)(end - start) - (nint)negative - Window;
        if (length is < 1 or > Window)
        {
            return false;
        }

        Vector128<byte> point = Vector128.Create(decimalPoint), zero = Vector128.Create((byte)'0');
        Vector128<byte> upper = Vector128.Load(end - 2 * Window), lower = Vector128.Load(end - Window);
        Vector128<byte> inside = Vector128.Load(KeepLast + length * Window);
        uint upperPoints = (Vector128.Equals(upper, point) & inside).ExtractMostSignificantBits();
        uint lowerPoints = Vector128.Equals(lower, point).ExtractMostSignificantBits();
        int upperFraction = BitOperations.LeadingZeroCount(upperPoints) - Window, lowerFraction = BitOperations.LeadingZeroCount(lowerPoints) - Window;
        upper = Shuffle((upper - zero) & inside, Vector128.Load(CloseGap + upperFraction * Window));
        lower = Shuffle(lower - zero, Vector128.Load(CloseGap + lowerFraction * Window));
        if ((upperPoints != 0) == (lowerPoints != 0) || Vector128.GreaterThanAny(upper | lower, Vector128.Create((byte)9)))
        {
            return false;
        }

        (ulong shift, int fraction) = lowerPoints != 0 ? (TenToThe15, lowerFraction) : (10 * TenToThe15, upperFraction + Window);
        ulong high = Sum(upper);
        if (high > MostUpperDigits || !PowersOfFive.TryScale(high * shift + Sum(lower), -fraction, out double magnitude))
        {
            return false;
        }

        value = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(magnitude) | ((ulong)negative << 63));
        return true;
    }

    /// <summary>The whole number between <paramref name="start"/> and <paramref name="end"/>; leading zeros and -0 are refused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryWhole(byte* start, byte* end, out long value)
    {
        value = 0;
        uint negative = ((uint)(*start ^ (byte)'-') - 1) >> 31;
        nint length = (nint)(end - start) - (nint)negative;
        if ((nuint)(length - 1) > Window - 1 || (start[negative] == '0' && length + (nint)negative > 1))
        {
            return false;
        }

        Vector128<byte> digits = (Vector128.Load(end - Window) - Vector128.Create((byte)'0')) & Vector128.Load(KeepLast + length * Window);
        if (Vector128.GreaterThanAny(digits, Vector128.Create((byte)9)))
        {
            return false;
        }

        long magnitude = (long)Sum(digits);
        value = negative != 0 ? -magnitude : magnitude;
        return true;
    }

    /// <summary>Moves bytes; an index with the highest bit set gives 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Shuffle(Vector128<byte> bytes, Vector128<byte> indices) =>
        Ssse3.IsSupported ? Ssse3.Shuffle(bytes, indices) : Vector128.Shuffle(bytes, indices);

    /// <summary>The value of 16 digits, the most significant first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Sum(Vector128<byte> digits)
    {
        if (Sse41.IsSupported)
        {
            Vector128<short> pairs = Ssse3.MultiplyAddAdjacent(digits, Vector128.Create(0x010A010A010A010AUL).AsSByte());
            Vector128<int> fours = Sse2.MultiplyAddAdjacent(pairs, Vector128.Create(0x0001_0064_0001_0064UL).AsInt16());
            Vector128<short> packed = Sse41.PackUnsignedSaturate(fours, fours).AsInt16();
            ulong eights = Sse2.MultiplyAddAdjacent(packed, Vector128.Create(0x0001_2710_0001_2710UL).AsInt16()).AsUInt64().ToScalar();
            return (uint)eights * 100_000_000UL + (eights >> 32);
        }

        Vector128<ulong> words = digits.AsUInt64();
        return Eight(words.ToScalar()) * 100_000_000UL + Eight(words.GetElement(1));
    }

    private static ulong Eight(ulong digits)
    {
        digits = digits * 10 + (digits >> 8);
        return ((digits & 0x000000FF000000FFUL) * 0x000F424000000064UL + ((digits >> 16) & 0x000000FF000000FFUL) * 0x0000271000000001UL) >> 32;
    }

    private static byte* Masks()
    {
        byte* masks = Table((Window + 1) * Window);
        for (int length = 0; length <= Window; length++)
        {
            for (int i = 0; i < Window; i++)
            {
                masks[length * Window + i] = (byte)(i >= Window - length ? 0xFF : 0);
            }
        }

        return masks;
    }

    /// <summary>For each number of fraction digits, the shuffle that moves what stands before the point one place on; 16 is for no point.</summary>
    private static byte* Shuffles()
    {
        byte* shuffles = Table((Window + 1) * Window);
        for (int fraction = 0; fraction <= Window; fraction++)
        {
            int point = Window - 1 - fraction;
            for (int i = 0; i < Window; i++)
            {
                shuffles[fraction * Window + i] = (byte)(i > point ? i : i == 0 ? 0x80 : i - 1);
            }
        }

        return shuffles;
    }

    private static double* Powers()
    {
        double* powers = (double*)Table((Window + 1) * sizeof(double));
        for (int i = 0; i < Window; i++)
        {
            powers[i] = double.Parse($"1e{i}", CultureInfo.InvariantCulture);
        }

        powers[Window] = 1;
        return powers;
    }

    private static byte* Table(int bytes) => (byte*)NativeMemory.AlignedAlloc((nuint)bytes, 64);
}
