namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>A file that holds one array: what it is, and the names of its channels where it has any.</summary>
internal sealed record CellFile(NumberArray Array, ColumnType Type, IReadOnlyList<string>? Channels = null)
{
    private static readonly string[] Images = [".png", ".asc"];
    private static readonly string[] Clouds = [".off", ".xyz", ".pts"];
    private static readonly string[] Tables = [".csv", ".tsv"];

    /// <summary>Whether a file of that name holds one array. A table does when it is named in another table.</summary>
    public static bool IsNamed(string name, bool orTable = false) => EndingOf(name) is var ending && (Images.Contains(ending) || Clouds.Contains(ending) || ending == ".npy" || (orTable && Tables.Contains(ending)));

    /// <exception cref="DataException">The file is damaged, or of another kind than its name says.</exception>
    public static CellFile Read(FileSet files, string name, TableReadOptions options, CancellationToken cancellation)
    {
        using TableBytes bytes = files.OpenUnpacked(name, options, cancellation);
        return Read(bytes, name, options, cancellation);
    }

    public static CellFile Read(TableBytes bytes, string name, TableReadOptions options, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (bytes.Length > int.MaxValue)
        {
            throw new DataException($"'{name}' has {bytes.Length} bytes; at most {int.MaxValue} are read of one array.");
        }

        ReadOnlySpan<byte> all = bytes.Head(int.MaxValue);
        switch (EndingOf(name))
        {
            case ".png":
                return new CellFile(PngImage.Read(all), ColumnType.Image);
            case ".asc":
                return new CellFile(GridText.Read(all), ColumnType.Image);
            case ".off":
                return new CellFile(PointText.OfMesh(all, options.MeshPoints), ColumnType.Points);
            case ".xyz" or ".pts":
                return new CellFile(PointText.OfLines(all), ColumnType.Points);
            case ".npy":
                return OfNumpy(NumpyArray.Read(bytes), name, options);
            default:
                return OfTable(DelimitedTable.Read(bytes, name, options with { Types = new Dictionary<string, ColumnType>(), Threads = 1, WideSeries = false }, [], known: null, cancellation).Frame, name, options);
        }
    }

    private static CellFile OfNumpy(StoredArray array, string name, TableReadOptions options)
    {
        if (array.IsText || array.Sizes.Length is 0 or > 3 || array.Sizes.Contains(0))
        {
            throw new DataException($"The array is one of {string.Join(" x ", array.Sizes)} {(array.IsText ? "texts" : "elements")}; expected one to three dimensions of numbers.");
        }

        var values = new float[checked((int)array.Sizes.Aggregate(1L, (product, size) => product * size))];
        for (int row = 0, length = array.CellLength; row < array.Count; row++)
        {
            array.Cell(row).CopyTo(values, row * length);
        }

        var cell = new NumberArray(array.Sizes, values);
        ColumnType type = options.ArrayType ?? StoredArrayColumns.KindOf(name, array.Sizes, array.Type);
        return new CellFile(type == ColumnType.Image && StoredArrayColumns.IsChannelsFirst(array.Sizes) ? StoredArrayColumns.ChannelsLast(cell) : cell, type);
    }

    /// <summary>Columns of numbers as channels, rows as steps.</summary>
    private static CellFile OfTable(Frame table, string name, TableReadOptions options)
    {
        Column[] channels = [.. table.Columns.Where(column => column.IsNumeric && column.Type != ColumnType.Date)];
        if (channels.Length == 0)
        {
            throw new DataException($"'{name}' has no column of numbers to be a channel.");
        }

        var values = new float[checked(table.RowCount * channels.Length)];
        for (int channel = 0; channel < channels.Length; channel++)
        {
            for (int row = 0; row < table.RowCount; row++)
            {
                values[row * channels.Length + channel] = NumberArray.Of(channels[channel].NumberAt(row));
            }
        }

        return new CellFile(new NumberArray([table.RowCount, channels.Length], values), options.ArrayType ?? ColumnType.Series, [.. channels.Select(column => column.Name)]);
    }

    private static string EndingOf(string name)
    {
        string ending = Path.GetExtension(name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name);
        return ending.ToLowerInvariant();
    }
}
