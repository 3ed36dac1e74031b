namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>
/// Reads the files of a folder or zip archive as one table: a table that names files beside it; NumPy arrays that are its columns (<c>.npz</c>); IDX images and their
/// labels; or one file a row, the folder it is in its class.
/// </summary>
internal static class FileBundle
{
    private static readonly string[] Tables = [".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".json", ".xlsx", ".ts", ".csv.gz", ".tsv.gz", ".txt.gz"];

    /// <param name="files">The files.</param>
    /// <param name="fileName">Of the archive, where it is known.</param>
    /// <param name="options">How to read them.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <exception cref="DataException">There is nothing that makes a table, or more than one table.</exception>
    public static TableReading Read(FileSet files, string? fileName, TableReadOptions options, CancellationToken cancellation)
    {
        var notes = new List<string>();
        string[] names = [.. files.Names];
        if (names.Length == 0)
        {
            throw new DataException("There are no files in it.");
        }

        if (Array.TrueForAll(names, name => name.EndsWith(".npy", StringComparison.OrdinalIgnoreCase) && !name.Contains('/', StringComparison.Ordinal)))
        {
            int[] rows = [.. names.Select(name => RowsOf(files, name))];
            if (rows.Distinct().Count() == 1)
            {
                return OfNumpy(files, names, options, notes);
            }

            if (fileName?.EndsWith(".npz", StringComparison.OrdinalIgnoreCase) == true)
            {
                throw new DataException($"The arrays have unlike numbers of rows ({NearNames.List([.. names.Zip(rows, (name, count) => $"{name[..^4]} {count}")], 8)}); expected arrays of the same rows, each a column. Save each set in a file of its own.");
            }
        }

        if (Array.Find(names, name => name.Contains("images-idx", StringComparison.Ordinal) || name.Contains("images.idx", StringComparison.Ordinal)) is string images)
        {
            using TableBytes bytes = files.OpenUnpacked(images, options, cancellation);
            return IdxArray.Recognizes(bytes) ? ArrayFile.OfIdx(bytes, images, options, notes, new FilesBeside(files, images), cancellation) : throw new DataException($"'{images}' is named as an IDX file but is none.");
        }

        string[] cells = [.. names.Where(name => CellFile.IsNamed(name))];
        int shallowest = names.Min(Depth);
        string[] tables = [.. names.Where(name => Depth(name) == shallowest && Tables.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))];
        if (names.Length == 1 && cells.Length == 0)
        {
            tables = names;
        }

        if (tables.Length == 1)
        {
            using TableBytes bytes = files.Open(tables[0]);
            return TableFile.Read(bytes, tables[0], options, new FilesBeside(files, tables[0]), cancellation);
        }

        if (cells.Length > 0)
        {
            return Classes(files, cells, names.Length - cells.Length, options, notes, cancellation);
        }

        throw new DataException(tables.Length > 1
            ? $"There are {tables.Length} tables in it ({NearNames.List(tables, 6)}); expected one, which may name files beside it."
            : $"None of the {names.Length} files in it is read ({NearNames.List(names, 6)}); expected a table, PNG images, point clouds (.off, .xyz, .pts), NumPy arrays, IDX images or grids (.asc).");
    }

    /// <summary>Each array a column, the classes first.</summary>
    private static TableReading OfNumpy(FileSet files, string[] names, TableReadOptions options, List<string> notes)
    {
        var columns = new List<Column>();
        foreach (string name in names.OrderBy(name => name is "y.npy" or "label.npy" or "labels.npy" ? 0 : 1))
        {
            using TableBytes bytes = files.Open(name);
            columns.AddRange(StoredArrayColumns.Of(name[..^4], NumpyArray.Read(bytes), options, notes));
        }

        return ArrayFile.Reading(TableKind.Numpy, columns, notes);
    }

    private static int RowsOf(FileSet files, string name)
    {
        using TableBytes bytes = files.Open(name);
        return NumpyArray.Read(bytes).Sizes.FirstOrDefault();
    }

    /// <summary>A file a row. Where they are in folders, the innermost is the class; folders above it such as train and test tell them apart in a column of their own.</summary>
    private static TableReading Classes(FileSet files, string[] cells, int others, TableReadOptions options, List<string> notes, CancellationToken cancellation)
    {
        ColumnType kind;
        using (TableBytes first = files.OpenUnpacked(cells[0], options, cancellation))
        {
            kind = CellFile.Read(first, cells[0], options, cancellation).Type;
        }

        string name = kind switch { ColumnType.Image => "image", ColumnType.Points => "points", _ => "series" };
        ArrayColumn arrays = CellColumn.Of(name, cells, files, options, notes, cancellation);
        string[][] folders = [.. cells.Select(cell => cell.Split('/')[..^1])];
        int shared = SharedDepth(folders);
        var columns = new List<Column>();
        bool hasClasses = Array.TrueForAll(folders, parts => parts.Length > shared);
        if (hasClasses)
        {
            columns.Add(CategoryColumn.Of("label", [.. folders.Select(parts => parts[^1])]));
            if (folders.Max(parts => parts.Length) - shared > 1)
            {
                columns.Add(CategoryColumn.Of("folder", [.. folders.Select(parts => string.Join('/', parts[shared..^1]) is { Length: > 0 } above ? above : null)]));
            }
        }
        else
        {
            columns.Add(new TextColumn("file", [.. cells.Select(cell => cell[(cell.LastIndexOf('/') + 1)..])]));
        }

        columns.Add(arrays);
        notes.Add(hasClasses
            ? $"{cells.Length} files were read in the order of their paths; the folder of each is its 'label'."
            : $"{cells.Length} files were read in the order of their names.");
        if (others > 0)
        {
            notes.Add($"{others} other file{(others == 1 ? " was" : "s were")} left aside.");
        }

        return ArrayFile.Reading(TableKind.Files, columns, notes);
    }

    /// <summary>How many folders lead to all files alike; their classes are below them.</summary>
    private static int SharedDepth(string[][] folders)
    {
        int depth = 0;
        while (Array.TrueForAll(folders, parts => parts.Length > depth && parts[depth] == folders[0][depth]))
        {
            depth++;
        }

        return depth;
    }

    private static int Depth(string name) => name.Count(c => c == '/');
}
