using System.IO.Compression;

namespace Strata.Learning.Data.Reading;

/// <summary>Takes bytes of unknown number in, bounded: a small file must not unpack to more than a machine can hold.</summary>
internal static class PackedBytes
{
    private const long FreeUnpackedBytes = 64L << 20;
    private const int MostUnpackedRatio = 100;

    /// <exception cref="DataException">The gzip file is damaged, or unpacks to more than is read.</exception>
    public static TableBytes Unpack(TableBytes bytes, TableReadOptions options, CancellationToken cancellation)
    {
        try
        {
            using var gzip = new GZipStream(bytes.OpenRead(), CompressionMode.Decompress);
            return Copy(gzip, options.MaxUnpackedBytes, bytes.Length * MostUnpackedRatio, cancellation);
        }
        catch (InvalidDataException e)
        {
            throw new DataException($"The gzip file is damaged: {e.Message}", e);
        }
    }

    /// <param name="source">Read to its end.</param>
    /// <param name="mostBytes">The most that is read.</param>
    /// <param name="ratioLimit">Beyond so many bytes, and what is always free, nobody packs a table; null for no such limit.</param>
    /// <param name="cancellation">Looked at between pieces.</param>
    public static TableBytes Copy(Stream source, long mostBytes, long? ratioLimit, CancellationToken cancellation)
    {
        using var spool = new Spool(mostBytes);
        var buffer = new byte[1 << 17];
        for (int count; (count = source.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            spool.Write(buffer.AsSpan(0, count));
            if (spool.Length > FreeUnpackedBytes && spool.Length > ratioLimit)
            {
                throw new DataException($"The file unpacks to more than {MostUnpackedRatio} times its size; that is not a table that people pack.");
            }
        }

        return spool.ToBytes();
    }
}
