using System.Runtime.InteropServices;
using Strata.Platform.Storage;

namespace Strata.Platform.Datasets;

/// <summary>0-based numbers of rows in a file: 32 bits each, little-endian.</summary>
public static class RowNumbers
{
    public static void Write(string path, int[] rows) => File.WriteAllBytes(path, MemoryMarshal.AsBytes<int>(rows));

    /// <exception cref="StorageException">The file is not whole, or names a row that is not there.</exception>
    public static int[] Read(string path, int rowCount)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int[] rows = [.. MemoryMarshal.Cast<byte, int>(bytes)];
        return bytes.Length % sizeof(int) == 0 && Array.TrueForAll(rows, row => row >= 0 && row < rowCount)
            ? rows
            : throw new StorageException("The stored row numbers of a derived dataset do not fit its table.");
    }
}
