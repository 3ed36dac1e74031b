using System.Buffers.Binary;
using System.IO.Compression;

namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>
/// Reads PNG images (ISO/IEC 15948): every colour type, depth, filter and interlacing. Pixels are from 0 to 255 whatever the depth, as gray, gray and alpha, red green
/// blue, or red green blue and alpha.
/// </summary>
internal sealed class PngImage
{
    private const long MostPixels = 1L << 26;
    private const int LargestSide = 1 << 20;

    /// <summary>The passes of interlaced images: first column, first row, step to the right, step down (Adam7).</summary>
    private static readonly (int X, int Y, int Dx, int Dy)[] Passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    private int width, height, depth, samples;
    private bool interlaced;
    private PngColor color;
    private byte[] palette = [], transparency = [];
    private byte[] packed = [];

    private PngImage()
    {
    }

    public static ReadOnlySpan<byte> Mark => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>The image as [height, width, channels].</summary>
    /// <exception cref="DataException">The file is damaged, or larger than is read.</exception>
    public static NumberArray Read(ReadOnlySpan<byte> file)
    {
        var image = new PngImage();
        image.ReadChunks(file);
        return image.Decode();
    }

    private void ReadChunks(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Mark))
        {
            throw Damaged("it does not begin as one");
        }

        var data = new MemoryStream();
        file = file[Mark.Length..];
        for (bool ended = false; !ended;)
        {
            if (file.Length < 12 || BinaryPrimitives.ReadUInt32BigEndian(file) is var length && length > file.Length - 12)
            {
                throw Damaged("it is cut off");
            }

            ReadOnlySpan<byte> name = file[4..8], content = file[8..(8 + (int)length)];
            if (Crc.Of(file[4..(8 + (int)length)]) != BinaryPrimitives.ReadUInt32BigEndian(file[(8 + (int)length)..]))
            {
                throw Damaged($"the check sum of its part {System.Text.Encoding.ASCII.GetString(name)} is wrong");
            }

            if (width == 0 && !name.SequenceEqual("IHDR"u8))
            {
                throw Damaged("it has no header in front");
            }

            ended = Take(name, content, data);
            file = file[(12 + (int)length)..];
        }

        packed = data.ToArray();
    }

    /// <summary>True at the end of the image.</summary>
    private bool Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content, MemoryStream data)
    {
        if (name.SequenceEqual("IHDR"u8))
        {
            Header(content);
        }
        else if (name.SequenceEqual("PLTE"u8))
        {
            palette = content.ToArray();
        }
        else if (name.SequenceEqual("tRNS"u8))
        {
            transparency = content.ToArray();
        }
        else if (name.SequenceEqual("IDAT"u8))
        {
            data.Write(content);
        }
        else if (name.SequenceEqual("IEND"u8))
        {
            return true;
        }
        else if ((name[0] & 0x20) == 0)
        {
            throw Damaged($"it has a part {System.Text.Encoding.ASCII.GetString(name)} that is not known");
        }

        return false;
    }

    private void Header(ReadOnlySpan<byte> content)
    {
        if (content.Length != 13 || width != 0)
        {
            throw Damaged("its header is damaged");
        }

        uint wide = BinaryPrimitives.ReadUInt32BigEndian(content), high = BinaryPrimitives.ReadUInt32BigEndian(content[4..]);
        (depth, color, interlaced) = (content[8], (PngColor)content[9], content[12] == 1);
        bool fits = (color, depth) is (PngColor.Gray, 1 or 2 or 4 or 8 or 16) or (PngColor.Palette, 1 or 2 or 4 or 8) or (PngColor.Rgb or PngColor.GrayAlpha or PngColor.RgbAlpha, 8 or 16);
        if (!fits || content[10] != 0 || content[11] != 0 || content[12] > 1 || wide == 0 || high == 0)
        {
            throw Damaged($"its header says {wide} x {high} pixels of colour type {content[9]} and {depth} bits, which is none of the format's");
        }

        if (wide > LargestSide || high > LargestSide || (long)wide * high > MostPixels)
        {
            throw new DataException($"The PNG image has {wide} x {high} pixels; at most {MostPixels} are read.");
        }

        (width, height) = ((int)wide, (int)high);
        samples = color switch { PngColor.Rgb => 3, PngColor.RgbAlpha => 4, PngColor.GrayAlpha => 2, _ => 1 };
    }

    private NumberArray Decode()
    {
        if (color == PngColor.Palette && (palette.Length is 0 or > 768 || palette.Length % 3 != 0))
        {
            throw Damaged("it has no palette of up to 256 colours");
        }

        int channels = color switch { PngColor.Palette => transparency.Length > 0 ? 4 : 3, PngColor.Gray or PngColor.Rgb when IsKeyed => samples + 1, _ => samples };
        var pixels = new float[checked((int)((long)width * height * channels))];
        using var unpacked = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        foreach ((int x, int y, int dx, int dy) in interlaced ? Passes : [(0, 0, 1, 1)])
        {
            int columns = (width - x + dx - 1) / dx, rows = (height - y + dy - 1) / dy;
            if (columns > 0 && rows > 0)
            {
                Pass(unpacked, pixels, channels, (x, y, dx, dy), columns, rows);
            }
        }

        return new NumberArray([height, width, channels], pixels);
    }

    /// <summary>One colour stands for transparent pixels.</summary>
    private bool IsKeyed => color is PngColor.Gray or PngColor.Rgb && transparency.Length == 2 * samples;

    private void Pass(ZLibStream unpacked, float[] pixels, int channels, (int X, int Y, int Dx, int Dy) pass, int columns, int rows)
    {
        int bytesBack = Math.Max(1, samples * depth / 8), lineBytes = (int)(((long)columns * samples * depth + 7) / 8);
        var line = new byte[lineBytes];
        var above = new byte[lineBytes];
        var values = new ushort[columns * samples];
        for (int row = 0; row < rows; row++)
        {
            Line(unpacked, line, above, bytesBack);
            Samples(line, values);
            for (int column = 0; column < columns; column++)
            {
                int at = ((pass.Y + row * pass.Dy) * width + pass.X + column * pass.Dx) * channels;
                Pixel(values.AsSpan(column * samples, samples), pixels.AsSpan(at, channels));
            }

            (line, above) = (above, line);
        }
    }

    /// <summary>Reads a line and undoes its filter.</summary>
    private static void Line(ZLibStream unpacked, byte[] line, byte[] above, int back)
    {
        int filter;
        try
        {
            filter = unpacked.ReadByte();
            unpacked.ReadExactly(line);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw Damaged("its pixels are cut off or damaged", e);
        }

        for (int i = 0; i < line.Length; i++)
        {
            int left = i >= back ? line[i - back] : 0, up = above[i], upLeft = i >= back ? above[i - back] : 0;
            line[i] = (byte)(line[i] + filter switch
            {
                0 => 0,
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, upLeft),
                _ => throw Damaged($"a line has filter {filter}, which is none of the format's"),
            });
        }
    }

    private static int Paeth(int left, int up, int upLeft)
    {
        int estimate = left + up - upLeft;
        int toLeft = Math.Abs(estimate - left), toUp = Math.Abs(estimate - up), toUpLeft = Math.Abs(estimate - upLeft);
        return toLeft <= toUp && toLeft <= toUpLeft ? left : toUp <= toUpLeft ? up : upLeft;
    }

    private void Samples(byte[] line, ushort[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = depth switch
            {
                16 => BinaryPrimitives.ReadUInt16BigEndian(line.AsSpan(2 * i)),
                8 => line[i],
                _ => (ushort)(line[i * depth / 8] >> (8 - depth - i * depth % 8) & ((1 << depth) - 1)),
            };
        }
    }

    private void Pixel(ReadOnlySpan<ushort> from, Span<float> to)
    {
        if (color == PngColor.Palette)
        {
            int index = from[0];
            if (3 * index + 3 > palette.Length)
            {
                throw Damaged($"a pixel has colour {index} of a palette of {palette.Length / 3}");
            }

            (to[0], to[1], to[2]) = (palette[3 * index], palette[3 * index + 1], palette[3 * index + 2]);
            if (to.Length == 4)
            {
                to[3] = index < transparency.Length ? transparency[index] : 255;
            }

            return;
        }

        float scale = 255f / ((1 << depth) - 1);
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = from[i] * scale;
        }

        if (to.Length > from.Length)
        {
            bool isKey = true;
            for (int i = 0; i < from.Length; i++)
            {
                isKey &= from[i] == BinaryPrimitives.ReadUInt16BigEndian(transparency.AsSpan(2 * i));
            }

            to[^1] = isKey ? 0 : 255;
        }
    }

    private static DataException Damaged(string why, Exception? inner = null) => inner is null
        ? new DataException($"The PNG image is damaged: {why}.")
        : new DataException($"The PNG image is damaged: {why}.", inner);
}

/// <summary>What the samples of a PNG image are, by the number that the format gives it.</summary>
internal enum PngColor
{
    Gray = 0,
    Rgb = 2,
    Palette = 3,
    GrayAlpha = 4,
    RgbAlpha = 6,
}
