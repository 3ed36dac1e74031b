using System.Buffers;
using System.Data;
using System.Data.Common;

namespace Strata.Platform.Storage.Backups;

/// <summary>All rows of a table, each as its line.</summary>
internal static class RowReader
{
    /// <summary>Hands every row over as a line without its end; the memory is used again for the next one.</summary>
    public static BackupTable Read(DbConnection connection, string table, IReadOnlyList<string>? columns, Action<ReadOnlyMemory<byte>>? take = null)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandTimeout = 0;
        command.CommandText = $"select {(columns is null ? "*" : string.Join(", ", columns.Select(Quoted)))} from {Quoted(table)}";
        using DbDataReader rows = command.ExecuteReader(CommandBehavior.SequentialAccess);
        string[] names = [.. Enumerable.Range(0, rows.FieldCount).Select(rows.GetName)];
        var digest = new RowDigest();
        var line = new ArrayBufferWriter<byte>();
        while (rows.Read())
        {
            line.ResetWrittenCount();
            RowText.Write(line, rows);
            digest.Add(line.WrittenSpan);
            take?.Invoke(line.WrittenMemory);
        }

        return new BackupTable(table, names, digest.Count, digest.ToString());
    }

    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
