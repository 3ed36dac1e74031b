namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>Reads a file that is one array (NumPy, IDX) as a table, its first dimension the rows. Labels of images beside it in a file of their own are found by its name.</summary>
internal static class ArrayFile
{
    public static TableReading OfNumpy(TableBytes bytes, string? fileName, TableReadOptions options, List<string> notes)
    {
        StoredArray array = NumpyArray.Read(bytes);
        string name = NameOf(fileName, array);
        return Reading(TableKind.Numpy, StoredArrayColumns.Of(name, array, options, notes), notes);
    }

    public static TableReading OfIdx(TableBytes bytes, string? fileName, TableReadOptions options, List<string> notes, FileSet? beside, CancellationToken cancellation)
    {
        StoredArray array = IdxArray.Read(bytes);
        string name = array.Sizes.Length switch { 1 => "label", 2 => "x", _ => "image" };
        IEnumerable<Column> columns = StoredArrayColumns.Of(name, array, options, notes);
        if (array.Sizes.Length > 1 && fileName is not null && beside is not null && LabelsOf(fileName, beside) is string labelsName)
        {
            using TableBytes labels = beside.OpenUnpacked(labelsName, options, cancellation);
            if (IdxArray.Recognizes(labels) && IdxArray.Read(labels) is { Sizes: [var count] } codes && count == array.Count)
            {
                columns = [.. StoredArrayColumns.Of("label", codes, options, notes), .. columns];
                notes.Add($"The labels are those of '{labelsName}' beside it.");
            }
        }

        return Reading(TableKind.Idx, columns, notes);
    }

    public static TableReading Reading(TableKind kind, IEnumerable<Column> columns, List<string> notes)
    {
        var frame = new Frame(columns);
        var format = new TableFormat { Kind = kind, HeaderNames = [.. frame.Names] };
        return new TableReading(frame, format, [.. frame.Columns.Select(column => new InferredColumn(column.Name, column.Type, "the file's elements are of that kind"))], notes);
    }

    /// <summary>The file of labels that goes by the same name as a file of images, where there is one.</summary>
    public static string? LabelsOf(string fileName, FileSet beside)
    {
        string name = Path.GetFileName(fileName);
        string labels = name.Replace("images", "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal);
        string[] candidates = [labels, labels.EndsWith(".gz", StringComparison.Ordinal) ? labels[..^3] : labels + ".gz"];
        return labels == name ? null : candidates.FirstOrDefault(beside.Contains);
    }

    private static string NameOf(string? fileName, StoredArray array)
    {
        string name = Path.GetFileNameWithoutExtension(fileName ?? string.Empty);
        return name.Length > 0 ? name : array.Sizes.Length > 2 ? "series" : "x";
    }
}
