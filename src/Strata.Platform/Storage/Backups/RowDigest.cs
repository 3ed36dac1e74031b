using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Strata.Platform.Storage.Backups;

/// <summary>A sum over the hashes of rows: the same for the same rows in any order, as databases give them back in an order of their own.</summary>
internal sealed class RowDigest
{
    private UInt128 sum;

    public long Count { get; private set; }

    public void Add(ReadOnlySpan<byte> row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(row, hash);
        sum += BinaryPrimitives.ReadUInt128BigEndian(hash);
        Count++;
    }

    public override string ToString() => sum.ToString("x32", CultureInfo.InvariantCulture);
}
