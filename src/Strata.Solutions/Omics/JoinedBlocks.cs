using Strata.Learning.Data;

namespace Strata.Solutions.Omics;

/// <summary>Files of blocks of columns side by side as one table, with a row a sample.</summary>
/// <param name="Table">The identifiers as column <c>sample</c> where the files have them, the blocks' columns as <c>block:column</c>, and the labels'.</param>
/// <param name="Notes">How rows were brought together and which are missing where, one sentence each.</param>
public sealed record JoinedBlocks(Frame Table, IReadOnlyList<string> Notes)
{
    /// <summary>The column of identifiers.</summary>
    public const string SampleColumn = "sample";

    /// <summary>
    /// Rows of one identifier are one row; where a block has none for a sample, its values are missing there. Files without identifiers have the same rows in the same order.
    /// </summary>
    /// <param name="blocks">At least one, of different names.</param>
    /// <param name="labels">A table of what is to be predicted; null for none.</param>
    /// <param name="identifier">The column that tells samples apart; null takes a first column of texts that are all different.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="DataException">A file cannot be read, or the files do not fit together.</exception>
    public static JoinedBlocks Read(IReadOnlyList<BlockFile> blocks, string? labels = null, string? identifier = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        string[] twice = [.. blocks.GroupBy(block => block.Name, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key)];
        DataException.ThrowIfAny([.. blocks.Count == 0 ? ["There is no block to join."] : Array.Empty<string>(), .. twice.Select(name => $"Block '{name}' is named twice.")]);
        SampleRows[] parts = [.. blocks.Select(block => SampleRows.OfBlock(block, identifier, cancellation)), .. labels is null ? Array.Empty<SampleRows>() : [SampleRows.OfLabels(labels, identifier, cancellation)]];
        bool hasLabels = labels is not null;
        return parts.All(part => part.Identifiers is not null) ? ByIdentifier(parts, hasLabels) : ByOrder(parts);
    }

    private static JoinedBlocks ByOrder(SampleRows[] parts)
    {
        int[] counts = [.. parts.Select(part => part.RowCount)];
        if (counts.Distinct().Count() > 1)
        {
            throw new DataException($"The files have unlike numbers of rows ({string.Join(", ", parts.Select(part => $"{part.File} {part.RowCount}"))}) and {(parts.Any(part => part.Identifiers is not null) ? "not all of them have" : "none of them has")} a first column that tells samples apart; rows can only be brought together by one of the two.");
        }

        SampleRows? known = parts.FirstOrDefault(part => part.Identifiers is not null);
        Column[] samples = known is null ? [] : [new TextColumn(SampleColumn, known.Identifiers!)];
        return new JoinedBlocks(new Frame([.. samples, .. parts.SelectMany(part => part.Columns.Columns)]), [$"{parts.Length} files with {counts[0]} rows each were joined in the order of their rows."]);
    }

    private static JoinedBlocks ByIdentifier(SampleRows[] parts, bool hasLabels)
    {
        SampleRows[] blocks = hasLabels ? parts[..^1] : parts;
        string[] samples = [.. blocks.SelectMany(block => block.Identifiers!).Distinct(StringComparer.Ordinal)];
        var columns = new List<Column> { new TextColumn(SampleColumn, samples) };
        var notes = new List<string> { $"{parts.Length} files were joined by their identifiers: {samples.Length} samples." };
        foreach (SampleRows part in parts)
        {
            var rowOf = part.Identifiers!.Index().ToDictionary(sample => sample.Item, sample => sample.Index, StringComparer.Ordinal);
            int[] rows = [.. samples.Select(sample => rowOf.GetValueOrDefault(sample, -1))];
            columns.AddRange(part.Columns.Columns.Select(column => At(column, rows)));
            int lacking = rows.Count(row => row < 0), strange = part.RowCount - rows.Count(row => row >= 0);
            notes.AddRange(lacking > 0 ? [$"'{part.File}' has no row for {lacking} of them."] : []);
            notes.AddRange(strange > 0 ? [$"{strange} rows of '{part.File}' are of samples that no block has, and were left out."] : []);
        }

        return new JoinedBlocks(new Frame(columns), notes);
    }

    /// <summary>The rows of a column, -1 for none.</summary>
    private static Column At(Column column, int[] rows)
    {
        if (Array.TrueForAll(rows, row => row >= 0))
        {
            return column.Take(rows);
        }

        return column.Type is ColumnType.Float32 or ColumnType.Float64 or ColumnType.Int64
            ? new Float64Column(column.Name, [.. rows.Select(row => row < 0 ? double.NaN : column.NumberAt(row))])
            : new TextColumn(column.Name, [.. rows.Select(row => row < 0 ? null : column.TextAt(row))]);
    }
}
