using System.Buffers.Binary;
using System.Globalization;

namespace Strata.Learning.Data.Reading;

/// <summary>What a field spells, as far as numbers go.</summary>
internal enum NumberKind : byte
{
    NotANumber,

    /// <summary>Digits that fit 64 bits, and neither -0 nor padded with zeros.</summary>
    Whole,

    /// <summary>Digits with leading zeros, such as 007: an identifier, unless the column has fractions.</summary>
    PaddedWhole,

    /// <summary>Any other finite number.</summary>
    Real,

    /// <summary>An infinity by name, or a number beyond the largest double.</summary>
    Infinite,
}

/// <summary>Parses one number of any spelling, bit-equal to <see cref="double.Parse(string)"/>: <c>[spaces][sign]digits[.digits][e[sign]digits][spaces]</c>.</summary>
internal static class DecimalText
{
    private const int MostExactDigits = 19;
    private static readonly double[] ExactPowers = [.. Enumerable.Range(0, 23).Select(i => double.Parse($"1e{i}", CultureInfo.InvariantCulture))];

    /// <param name="text">UTF-8.</param>
    /// <param name="decimalPoint">Point or comma.</param>
    /// <param name="real">The number; an infinity when infinite.</param>
    /// <param name="whole">The number when it is whole (padded or not).</param>
    public static NumberKind Parse(ReadOnlySpan<byte> text, byte decimalPoint, out double real, out long whole)
    {
        text = text.Trim(" \t\r"u8);
        whole = 0;
        real = 0;
        if (text.IsEmpty)
        {
            return NumberKind.NotANumber;
        }

        bool negative = text[0] == '-';
        ReadOnlySpan<byte> digits = negative || text[0] == '+' ? text[1..] : text;
        ulong mantissa = 0;
        int at = 0, kept = 0;
        Accumulate(digits, ref at, ref mantissa, ref kept);
        int wholeDigits = at, fractionDigits = 0;
        if (at < digits.Length && digits[at] == decimalPoint)
        {
            int first = ++at;
            Accumulate(digits, ref at, ref mantissa, ref kept);
            fractionDigits = at - first;
        }

        if (wholeDigits + fractionDigits == 0)
        {
            return Named(digits, negative, ref real);
        }

        int exponent = 0;
        bool hasExponent = at < digits.Length && (digits[at] | 0x20) == 'e';
        if (hasExponent && !TryExponent(digits, ref at, out exponent))
        {
            return NumberKind.NotANumber;
        }

        if (at != digits.Length)
        {
            return NumberKind.NotANumber;
        }

        bool isWhole = !hasExponent && wholeDigits == digits.Length;
        if (isWhole && kept <= MostExactDigits && mantissa <= long.MaxValue && !(negative && mantissa == 0))
        {
            whole = negative ? -(long)mantissa : (long)mantissa;
            real = whole;
            return wholeDigits > 1 && digits[0] == '0' ? NumberKind.PaddedWhole : NumberKind.Whole;
        }

        real = kept <= MostExactDigits && TryExact(mantissa, exponent - fractionDigits, out double value)
            ? negative ? -value : value
            : Careful(text, decimalPoint);
        return double.IsFinite(real) ? NumberKind.Real : NumberKind.Infinite;
    }

    /// <summary>The double nearest to <c>mantissa * 10^exponent</c>, where it can be told.</summary>
    public static bool TryExact(ulong mantissa, int exponent, out double value)
    {
        if (mantissa <= 1UL << 53 && exponent is >= -22 and <= 22)
        {
            value = exponent < 0 ? mantissa / ExactPowers[-exponent] : mantissa * ExactPowers[exponent];
            return true;
        }

        return PowersOfFive.TryScale(mantissa, exponent, out value);
    }

    /// <summary>Takes digits from <paramref name="at"/>; <paramref name="kept"/> counts those from the first that is not zero, and beyond 19 the mantissa is of no use.</summary>
    private static void Accumulate(ReadOnlySpan<byte> text, ref int at, ref ulong mantissa, ref int kept)
    {
        if (kept == 0)
        {
            while (at < text.Length && text[at] == '0')
            {
                at++;
            }
        }

        while (at + 8 <= text.Length && kept <= MostExactDigits - 8)
        {
            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(text[at..]);
            if (!AreDigits(word))
            {
                break;
            }

            mantissa = mantissa * 100_000_000 + EightDigits(word);
            kept += 8;
            at += 8;
        }

        while (at < text.Length && (uint)(text[at] - '0') <= 9)
        {
            mantissa = mantissa * 10 + (uint)(text[at] - '0');
            kept++;
            at++;
        }
    }

    private static bool AreDigits(ulong word) =>
        (((word + 0x4646464646464646UL) | (word - 0x3030303030303030UL)) & 0x8080808080808080UL) == 0;

    /// <summary>The value of eight ASCII digits, the first in the lowest byte: pairs, then fours, then eight.</summary>
    private static uint EightDigits(ulong word)
    {
        word -= 0x3030303030303030UL;
        word = word * 10 + (word >> 8);
        return (uint)(((word & 0x000000FF000000FFUL) * 0x000F424000000064UL + ((word >> 16) & 0x000000FF000000FFUL) * 0x0000271000000001UL) >> 32);
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, ref int at, out int exponent)
    {
        exponent = 0;
        at++;
        bool negative = at < text.Length && text[at] == '-';
        if (at < text.Length && text[at] is (byte)'-' or (byte)'+')
        {
            at++;
        }

        int first = at;
        while (at < text.Length && (uint)(text[at] - '0') <= 9)
        {
            exponent = Math.Min(exponent * 10 + (text[at] - '0'), 1_000_000);
            at++;
        }

        exponent = negative ? -exponent : exponent;
        return at > first;
    }

    private static NumberKind Named(ReadOnlySpan<byte> text, bool negative, ref double real)
    {
        if (text.Length is not (3 or 8) || (text[0] | 0x20) != 'i')
        {
            return NumberKind.NotANumber;
        }

        Span<byte> lower = stackalloc byte[8];
        for (int i = 0; i < text.Length; i++)
        {
            lower[i] = (byte)(text[i] | 0x20);
        }

        real = negative ? double.NegativeInfinity : double.PositiveInfinity;
        lower = lower[..text.Length];
        return lower.SequenceEqual("inf"u8) || lower.SequenceEqual("infinity"u8) ? NumberKind.Infinite : NumberKind.NotANumber;
    }

    /// <summary>Any number of digits, through the runtime's own parser.</summary>
    private static double Careful(ReadOnlySpan<byte> text, byte decimalPoint)
    {
        byte[] copy = text.ToArray();
        copy.AsSpan().Replace(decimalPoint, (byte)'.');
        return double.Parse(copy, NumberStyles.Float, CultureInfo.InvariantCulture);
    }
}
