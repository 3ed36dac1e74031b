using System.Numerics;

namespace Strata.Learning.Data.Reading;

/// <summary>
/// Decimal to binary by one or two multiplications with a 128-bit power of five (Eisel and Lemire; D. Lemire, "Number parsing at a gigabyte per second",
/// Software: Practice and Experience 2021, algorithm 1).
/// </summary>
internal static class PowersOfFive
{
    private const int Smallest = -342;
    private const int Largest = 308;
    private const int MantissaBits = 52;
    private static readonly (ulong High, ulong Low)[] Table = Compute();

    /// <summary>The double nearest to <c>mantissa * 10^exponent</c>, ties to even. False when it cannot be told this way, or is subnormal: parse the text with care.</summary>
    public static bool TryScale(ulong mantissa, int exponent, out double value)
    {
        value = 0;
        if (mantissa == 0 || exponent < Smallest)
        {
            return mantissa == 0;
        }

        if (exponent > Largest)
        {
            value = double.PositiveInfinity;
            return true;
        }

        int shift = BitOperations.LeadingZeroCount(mantissa);
        ulong w = mantissa << shift;
        (ulong powerHigh, ulong powerLow) = Table[exponent - Smallest];
        ulong high = Math.BigMul(w, powerHigh, out ulong low);
        if ((high & 0x1FF) == 0x1FF)
        {
            ulong carry = Math.BigMul(w, powerLow, out _);
            low += carry;
            high += low < carry ? 1UL : 0;
        }

        if (low == ulong.MaxValue && exponent is < -27 or > 55)
        {
            return false;
        }

        int upper = (int)(high >> 63);
        int drop = upper + 64 - MantissaBits - 3;
        ulong bits = high >> drop;
        int binaryExponent = (int)((217706L * exponent) >> 16) + 63 + upper - shift + 1023;
        if (binaryExponent <= 0)
        {
            return false;
        }

        bool tie = low <= 1 && exponent is >= -4 and <= 23 && (bits & 3) == 1 && bits << drop == high;
        bits = tie ? bits & ~1UL : bits;
        bits = (bits + (bits & 1)) >> 1;
        if (bits >> (MantissaBits + 1) != 0)
        {
            bits >>= 1;
            binaryExponent++;
        }

        value = binaryExponent >= 0x7FF
            ? double.PositiveInfinity
            : BitConverter.UInt64BitsToDouble((bits & ((1UL << MantissaBits) - 1)) | ((ulong)binaryExponent << MantissaBits));
        return true;
    }

    /// <summary>The leading 128 bits of 5^q: cut for positive q, the reciprocal rounded up for negative q.</summary>
    private static (ulong High, ulong Low)[] Compute()
    {
        var table = new (ulong, ulong)[Largest - Smallest + 1];
        BigInteger power = BigInteger.One;
        for (int q = 0; q <= Largest; q++, power *= 5)
        {
            int excess = (int)power.GetBitLength() - 128;
            table[q - Smallest] = Split(excess > 0 ? power >> excess : power << -excess);
        }

        power = 5;
        for (int q = -1; q >= Smallest; q--, power *= 5)
        {
            int bits = (int)power.GetBitLength();
            BigInteger reciprocal = (BigInteger.One << (q >= -27 ? bits + 127 : 2 * bits + 128)) / power + 1;
            table[q - Smallest] = Split(reciprocal >> Math.Max(0, (int)reciprocal.GetBitLength() - 128));
        }

        return table;
    }

    private static (ulong High, ulong Low) Split(BigInteger value) => ((ulong)(value >> 64), (ulong)(value & ulong.MaxValue));
}
