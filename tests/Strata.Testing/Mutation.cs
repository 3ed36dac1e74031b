using System.IO.Compression;
using System.Text;
using Strata.Tensors;

namespace Strata.Testing;

/// <summary>Damages files as an attacker or a bad disk would, by chance from a seed.</summary>
public static class Mutation
{
    private static readonly string[] JsonWords =
    [
        "-1", "0", "1", "2147483647", "2147483648", "-2147483648", "9223372036854775807", "99999999999999999999", "1e308", "1e999", "-1e999", "0.5", "\"NaN\"", "\"Infinity\"", "null", "true",
        "[]", "{}", "[[[[[[[[]]]]]]]]", "\"\"", "\"a\"", "\"../../etc/passwd\"", "\"\\u0000\"", "\"\\ud800\"",
    ];

    private static readonly byte[] TellingBytes = "\"'\n\r,;\t|#\\\0 0123456789.-+eE[]{}:\u00ff\ufeff\u00e9"u8.ToArray();

    private static readonly string[] TellingTexts =
    [
        "\"", "\"\"", "\n", "\r", "\r\n", ",", ",,,,,,", ";", "\t", "\0", "\ufeff", "\u202e", "\u2028", "NaN", "inf", "-inf", "1e999", "-0", "1_000", "1,5", "０１", "0x10", "007", "2024-02-30",
        "99999999999999999999999999999999999999999", "=1+1", "__proto__", "true", "# ", "\"unclosed", "é", "[1,2", "{\"a\":",
    ];

    /// <summary>Some bytes changed, taken out, put in or repeated, or the end cut off.</summary>
    public static byte[] OfBytes(byte[] whole, RandomSource chance)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentNullException.ThrowIfNull(chance);
        List<byte> bytes = [.. whole];
        for (int changes = 1 + chance.NextInt(5); changes > 0 && bytes.Count > 0; changes--)
        {
            int at = chance.NextInt(bytes.Count), length = Math.Min(bytes.Count - at, 1 + chance.NextInt(16));
            switch (chance.NextInt(7))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << chance.NextInt(8));
                    break;
                case 1:
                    bytes[at] = chance.NextInt(2) == 0 ? (byte)chance.NextInt(256) : TellingBytes[chance.NextInt(TellingBytes.Length)];
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(chance.NextInt(bytes.Count - length + 1), length));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 5:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(TellingTexts[chance.NextInt(TellingTexts.Length)]));
                    break;
                default:
                    for (int i = at; i < at + length; i++)
                    {
                        bytes[i] = chance.NextInt(2) == 0 ? (byte)0 : (byte)255;
                    }

                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>A zip archive whose parts are damaged and whose checksums are right again, so that the damage reaches whoever reads the parts.</summary>
    public static byte[] OfArchive(byte[] whole, RandomSource chance)
    {
        ArgumentNullException.ThrowIfNull(chance);
        using var written = new MemoryStream();
        using (var source = new ZipArchive(new MemoryStream(whole), ZipArchiveMode.Read))
        using (var target = new ZipArchive(written, ZipArchiveMode.Create, leaveOpen: true))
        {
            int damaged = chance.NextInt(source.Entries.Count + 1);
            for (int i = 0; i < source.Entries.Count; i++)
            {
                ZipArchiveEntry entry = source.Entries[i];
                using Stream from = entry.Open();
                using var copy = new MemoryStream();
                from.CopyTo(copy);
                byte[] bytes = copy.ToArray();
                bool isText = entry.FullName.EndsWith(".json", StringComparison.Ordinal);
                if (i == damaged || (isText && damaged == source.Entries.Count))
                {
                    bytes = isText && chance.NextInt(8) > 0 ? OfJson(bytes, chance) : OfBytes(bytes, chance);
                }

                using Stream to = target.CreateEntry(entry.FullName, CompressionLevel.Fastest).Open();
                to.Write(bytes);
            }
        }

        return written.ToArray();
    }

    /// <summary>JSON of which one to three values are others.</summary>
    private static byte[] OfJson(byte[] whole, RandomSource chance)
    {
        string text = Encoding.UTF8.GetString(whole);
        for (int changes = 1 + chance.NextInt(3); changes > 0; changes--)
        {
            int colon = text.IndexOfAny([':', ',', '['], chance.NextInt(text.Length));
            if (colon < 0)
            {
                continue;
            }

            int end = text.IndexOfAny([',', '}', ']'], colon + 1);
            if (end > colon)
            {
                text = $"{text.AsSpan(0, colon + 1)}{JsonWords[chance.NextInt(JsonWords.Length)]}{text.AsSpan(end)}";
            }
        }

        return Encoding.UTF8.GetBytes(text);
    }
}
