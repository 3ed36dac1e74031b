using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Strata.Learning.Data;

namespace Strata.Learning.Workflow;

/// <summary>What tells a table from any other: a hash of its columns' names, types and values, whatever file they came from.</summary>
public static class TableFingerprint
{
    /// <summary>SHA-256 as lower-case hexadecimal text.</summary>
    public static string Of(Frame table)
    {
        ArgumentNullException.ThrowIfNull(table);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, table);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    internal static void Add(IncrementalHash hash, Frame table)
    {
        foreach (Column column in table.Columns)
        {
            Add(hash, [column.Name, $"{column.Type}"]);
            Add(hash, column);
        }
    }

    /// <summary>Each text with its length before it, so that no two lists look alike.</summary>
    internal static void Add(IncrementalHash hash, IEnumerable<string> texts) => hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', texts.Select(text => $"{text.Length} {text}"))));

    private static void Add(IncrementalHash hash, Column column)
    {
        switch (column)
        {
            case TextColumn text:
                Add(hash, text.Values.Select(value => value ?? string.Empty));
                break;
            case ArrayColumn arrays:
                Array.ForEach(arrays.Values, cell => hash.AppendData(MemoryMarshal.AsBytes<float>(cell ?? [])));
                break;
            default:
                Add(hash, (column as CategoryColumn)?.Levels ?? []);
                var numbers = new double[column.Count];
                column.CopyNumbers(numbers);
                hash.AppendData(MemoryMarshal.AsBytes<double>(numbers));
                break;
        }
    }
}
