namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>Makes one column of many files, each a cell.</summary>
internal static class CellColumn
{
    private const int MostProblems = 20;

    /// <param name="name">Of the column.</param>
    /// <param name="paths">The file of each row; null is missing.</param>
    /// <param name="files">Where they are.</param>
    /// <param name="options">How to read them.</param>
    /// <param name="notes">What was decided; goes on here.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <exception cref="DataException">Files are absent, damaged or of unlike kinds; the first ones are named.</exception>
    public static ArrayColumn Of(string name, IReadOnlyList<string?> paths, FileSet files, TableReadOptions options, List<string> notes, CancellationToken cancellation)
    {
        var read = new CellFile?[paths.Count];
        var problems = new List<string>();
        for (int row = 0; row < read.Length && problems.Count < MostProblems; row++)
        {
            if (paths[row] is not string path)
            {
                continue;
            }

            try
            {
                read[row] = CellFile.Read(files, path, options, cancellation);
            }
            catch (DataException e)
            {
                problems.Add($"'{path}' (row {row + 1}): {e.Message}");
            }
        }

        ColumnType[] kinds = [.. read.OfType<CellFile>().Select(file => file.Type).Distinct()];
        if (kinds.Length > 1)
        {
            problems.Add($"'{name}' has files that are {string.Join(" and ", kinds.Select(kind => kind.ToString().ToLowerInvariant()))}; expected one kind.");
        }

        DataException.ThrowIfAny(problems);
        var cells = new ArrayCells(name, read.Length) { PlaceOf = row => $"'{paths[row]}'", Channels = read.OfType<CellFile>().FirstOrDefault()?.Channels };
        for (int row = 0; row < read.Length; row++)
        {
            cells[row] = read[row]?.Array;
        }

        if (kinds is [ColumnType.Image])
        {
            ImageChannels.Unify(cells, read.Length, name, notes);
        }

        return cells.ToColumn(kinds.Length == 0 ? ColumnType.Series : kinds[0]);
    }
}
