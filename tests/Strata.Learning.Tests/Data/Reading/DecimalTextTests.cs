using System.Globalization;
using System.Numerics;
using System.Text;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Data.Reading;

public sealed class DecimalTextTests
{
    private static string Spelling(RandomSource random)
    {
        switch (random.NextInt(7))
        {
            case 0:
                return BitConverter.UInt64BitsToDouble(random.NextBits()) is var any && double.IsFinite(any) ? any.ToString("R", CultureInfo.InvariantCulture) : "0";
            case 1:
                return random.NextGaussian().ToString("R", CultureInfo.InvariantCulture);
            case 2:
                return random.NextGaussian().ToString($"G{1 + random.NextInt(20)}", CultureInfo.InvariantCulture);
            case 3:
                return (random.NextGaussian() * Math.Pow(10, random.NextInt(20))).ToString($"F{random.NextInt(12)}", CultureInfo.InvariantCulture);
            case 4:
                return ((long)random.NextBits() >> random.NextInt(64)).ToString(CultureInfo.InvariantCulture);
            default:
                return RandomDigits(random);
        }
    }

    private static string RandomDigits(RandomSource random)
    {
        var text = new StringBuilder(random.NextInt(3) switch { 0 => "-", 1 => "+", _ => "" });
        int digits = 1 + random.NextInt(random.NextInt(2) == 0 ? 8 : 30), point = random.NextInt(digits + 2);
        for (int i = 0; i < digits; i++)
        {
            text.Append(i == point ? "." : "").Append((char)('0' + random.NextInt(10)));
        }

        return (random.NextInt(3) == 0 ? text.Append('e').Append(random.NextInt(640) - 320) : text).ToString();
    }

    private static void ShouldParse(string text)
    {
        double expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        NumberKind kind = DecimalText.Parse(Encoding.UTF8.GetBytes(text), (byte)'.', out double real, out long whole);
        if (kind == NumberKind.NotANumber || BitConverter.DoubleToInt64Bits(real) != BitConverter.DoubleToInt64Bits(expected) || (kind is NumberKind.Whole or NumberKind.PaddedWhole && whole != expected))
        {
            throw new ShouldAssertException($"'{text}' was parsed as {kind} {real:R}, {whole}; expected {expected:R}.");
        }
    }

    [Fact]
    public void Random_spellings_are_parsed_to_the_bits_of_the_standard_parser()
    {
        var random = new RandomSource(1);
        for (int i = 0; i < 400_000; i++)
        {
            ShouldParse(Spelling(random));
        }
    }

    /// <summary>Numbers exactly between two doubles, and a hair beside: the hardest to round.</summary>
    [Fact]
    public void Numbers_half_way_between_doubles_are_rounded_to_even()
    {
        var random = new RandomSource(2);
        for (int i = 0; i < 3000; i++)
        {
            BigInteger middle = 2 * new BigInteger((random.NextBits() >> 12) | (1UL << 52)) + 1;
            int power = random.NextInt(120) - 60;
            string digits = power >= 0 ? (middle << power).ToString(CultureInfo.InvariantCulture) : (middle * BigInteger.Pow(5, -power)).ToString(CultureInfo.InvariantCulture);
            string exponent = power >= 0 ? "" : $"e{power}";
            ShouldParse(digits + exponent);
            ShouldParse($"{digits}.0000000000000001{exponent}");
            ShouldParse((BigInteger.Parse(digits, CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture) + exponent);
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("0.0")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e5")]
    [InlineData("1E+05")]
    [InlineData("4.9e-324")]
    [InlineData("2.4703282292062327e-324")]
    [InlineData("2.4703282292062328e-324")]
    [InlineData("2.2250738585072011e-308")]
    [InlineData("2.2250738585072014e-308")]
    [InlineData("1.7976931348623157e308")]
    [InlineData("9007199254740993")]
    [InlineData("9223372036854775807")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775808")]
    [InlineData("18446744073709551616")]
    [InlineData("0.000000000000000000000000000000000000000001")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("0e999999999999")]
    [InlineData("1e-999999999999")]
    public void Edges_are_parsed_to_the_bits_of_the_standard_parser(string text) => ShouldParse(text);

    [Theory]
    [InlineData("inf")]
    [InlineData("-Infinity")]
    [InlineData("1e309")]
    [InlineData("1.7976931348623159e308")]
    [InlineData("1e999999999999")]
    public void Infinities_are_told_apart(string text) => DecimalText.Parse(Encoding.UTF8.GetBytes(text), (byte)'.', out _, out _).ShouldBe(NumberKind.Infinite);

    [Fact]
    public void Columns_of_random_spellings_are_read_to_the_bits_of_the_standard_parser()
    {
        const int Rows = 20_000, Width = 5;
        var random = new RandomSource(3);
        string[][] rows = [.. Enumerable.Range(0, Rows).Select(_ => Enumerable.Range(0, Width).Select(_ => Spelling(random)).ToArray())];
        string text = "a,b,c,d,e\n" + string.Join('\n', rows.Select(row => string.Join(',', row)));
        var types = "abcde".ToDictionary(name => name.ToString(), _ => ColumnType.Float64);
        Frame frame = Texts.Read(text, new TableReadOptions { Types = types, LeastChunkBytes = 1 << 12 }).Frame;
        for (int column = 0; column < Width; column++)
        {
            for (int row = 0; row < Rows; row++)
            {
                double expected = double.Parse(rows[row][column], NumberStyles.Float, CultureInfo.InvariantCulture);
                double actual = frame.Columns[column].NumberAt(row);
                bool same = double.IsInfinity(expected) ? double.IsNaN(actual) : actual.Equals(expected) && double.IsNegative(actual) == double.IsNegative(expected);
                same.ShouldBeTrue($"'{rows[row][column]}' was read as {actual:R}.");
            }
        }
    }

    [Fact]
    public unsafe void The_vector_paths_take_what_they_can_and_never_guess()
    {
        var random = new RandomSource(4);
        byte[] buffer = new byte[256];
        int taken = 0;
        for (int i = 0; i < 200_000; i++)
        {
            string text = random.NextInt(20) == 0 ? "1.2.3-4e5"[random.NextInt(5)..] : Spelling(random);
            random.NextBits();
            for (int at = 0; at < 64; at++)
            {
                buffer[at] = (byte)('0' + random.NextInt(10));
            }

            int length = Encoding.UTF8.GetBytes(text, buffer.AsSpan(64));
            buffer[64 + length] = (byte)',';
            fixed (byte* start = &buffer[64])
            {
                bool wasTaken = FastDecimal.TryReal(start, start + length, (byte)'.', out double value) || FastDecimal.TryLongReal(start, start + length, (byte)'.', out value);
                if (wasTaken)
                {
                    taken++;
                    value.Equals(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)).ShouldBeTrue(text);
                }

                if (FastDecimal.TryWhole(start, start + length, out long whole))
                {
                    whole.ShouldBe(long.Parse(text, CultureInfo.InvariantCulture));
                    (whole == 0 && text[0] == '-').ShouldBeFalse();
                }
            }
        }

        taken.ShouldBeGreaterThan(50_000);
    }

    [Fact]
    public unsafe void Separators_are_found_alike_by_every_width_of_vector()
    {
        var random = new RandomSource(5);
        var bytes = new byte[SeparatorMask.BlockBytes];
        for (int i = 0; i < 1000; i++)
        {
            foreach (ref byte b in bytes.AsSpan())
            {
                b = (byte)",\n\"x\u007f"[random.NextInt(5)];
            }

            fixed (byte* block = bytes)
            {
                ulong expected = SeparatorMask.Scalar(bytes, (byte)',', (byte)'\n', (byte)'"');
                SeparatorMask.Of(block, (byte)',', (byte)'\n', (byte)'"').ShouldBe(expected);
                SeparatorMask.Of256(block + 32, (byte)',', (byte)'\n', (byte)'"').ShouldBe((uint)(expected >> 32));
                SeparatorMask.Of128(block + 16, (byte)',', (byte)'\n', (byte)'"').ShouldBe((uint)(expected >> 16) & 0xFFFF);
            }
        }
    }
}
