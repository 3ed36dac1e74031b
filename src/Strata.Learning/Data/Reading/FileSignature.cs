namespace Strata.Learning.Data.Reading;

/// <summary>Recognises files that are no text by their first bytes.</summary>
internal static class FileSignature
{
    public const string Gzip = "a gzip file";
    public const string Zip = "a zip archive";
    public const string CompoundFile = "an old Office document";
    public const string Numpy = "a NumPy array";
    public const string Png = "a PNG image";

    private static readonly (byte[] Start, string Name)[] Known =
    [
        ([0x1F, 0x8B], Gzip), ([(byte)'P', (byte)'K', 3, 4], Zip), ([0xD0, 0xCF, 0x11, 0xE0], CompoundFile), ("PAR1"u8.ToArray(), "a Parquet file"),
        ("ARROW1"u8.ToArray(), "an Arrow file"), ("%PDF"u8.ToArray(), "a PDF document"), ([0x89, (byte)'P', (byte)'N', (byte)'G'], Png),
        ([0xFF, 0xD8, 0xFF], "a JPEG image"), ([0x89, (byte)'H', (byte)'D', (byte)'F'], "an HDF5 file"), ("SQLite format 3"u8.ToArray(), "an SQLite database"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a Zstandard file"), ("BZh"u8.ToArray(), "a bzip2 file"), ([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z'], "an xz file"),
        ([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'], Numpy), ([0x7F, (byte)'E', (byte)'L', (byte)'F'], "a program"),
        ("SIMPLE  ="u8.ToArray(), "a FITS file"), ("<!DOCTYPE"u8.ToArray(), "an HTML page"), ("<html"u8.ToArray(), "an HTML page"), ("<?xml"u8.ToArray(), "an XML document"),
    ];

    /// <summary>What the file is, with its article, or null when it may be text.</summary>
    public static string? Of(TableBytes bytes)
    {
        ReadOnlySpan<byte> head = bytes.Head(32);
        foreach ((byte[] start, string name) in Known)
        {
            if (head.StartsWith(start))
            {
                return name;
            }
        }

        return null;
    }
}
