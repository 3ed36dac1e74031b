namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>Collects one array a row and makes one column of them, of one kind and with the same channels.</summary>
/// <param name="name">Of the column.</param>
/// <param name="count">How many rows.</param>
internal sealed class ArrayCells(string name, int count)
{
    private const int MostProblems = 20;
    private readonly NumberArray?[] cells = new NumberArray?[count];

    /// <summary>Names the 0-based row to a person.</summary>
    public Func<int, string> PlaceOf { get; init; } = row => $"row {row + 1}";

    /// <summary>Names for the channels where the files have any.</summary>
    public IReadOnlyList<string>? Channels { get; set; }

    /// <summary>The array that a JSON text spells; null when it spells none.</summary>
    public static NumberArray? Parsed(string text) => ArrayText.TryRead(text, out float[] cell, out int[] lengths) ? new NumberArray(lengths, cell) : null;

    /// <summary>Whether a text is a list of nothing, which counts as missing.</summary>
    public static bool IsEmpty(ReadOnlySpan<byte> text) => text.StartsWith("["u8) && text[1..].Trim(" \t\r\n"u8).SequenceEqual("]"u8);

    public NumberArray? this[int row]
    {
        get => cells[row];
        set => cells[row] = value;
    }

    /// <summary>Whether all cells have as many dimensions and channels as the first one.</summary>
    public bool AreAlike
    {
        get
        {
            NumberArray? first = Array.Find(cells, cell => cell is not null);
            return Array.TrueForAll(cells, cell => cell is null || (cell.Sizes.Length == first!.Sizes.Length && (cell.Sizes.Length == 1 || cell.Sizes[^1] == first.Sizes[^1])));
        }
    }

    /// <param name="asked">The kind; by the number of dimensions when null: up to two are a series, three an image.</param>
    /// <exception cref="DataException">Cells have another number of dimensions or channels than the first one.</exception>
    public ArrayColumn ToColumn(ColumnType? asked = null)
    {
        int first = Array.FindIndex(cells, cell => cell is not null);
        ColumnType type = asked ?? (first >= 0 && cells[first]!.Sizes.Length > 2 ? ColumnType.Image : ColumnType.Series);
        int channels = first < 0 ? Channels?.Count ?? 1 : ChannelsOf(cells[first]!, type) ?? throw new DataException(Unfit(first, $"{Kind(type)}, as asked for"));
        int[] unfit = [.. Enumerable.Range(0, count).Where(row => cells[row] is NumberArray cell && ChannelsOf(cell, type) != channels).Take(MostProblems)];
        DataException.ThrowIfAny([.. unfit.Select(row => Unfit(row, $"{channels} channel{(channels == 1 ? string.Empty : "s")} as in {PlaceOf(first)}"))]);
        int[]? widths = type == ColumnType.Image ? Array.ConvertAll(cells, cell => cell?.Sizes[1] ?? 0) : null;
        IReadOnlyList<string> names = Channels is not null && Channels.Count == channels ? Channels : ChannelNames.Of(type, channels);
        return new ArrayColumn(name, type, names, Array.ConvertAll(cells, cell => cell?.Values), widths);
    }

    /// <summary>How many channels a cell has as that kind; null when it has too few or too many dimensions.</summary>
    private static int? ChannelsOf(NumberArray cell, ColumnType type)
    {
        int outer = type == ColumnType.Image ? 2 : 1;
        return cell.Sizes.Length == outer ? 1 : cell.Sizes.Length == outer + 1 ? cell.Sizes[^1] : null;
    }

    private string Unfit(int row, string expectation) => $"'{name}' of {PlaceOf(row)} is an array of {string.Join(" x ", cells[row]!.Sizes)}; expected {expectation}.";

    private static string Kind(ColumnType type) => type switch
    {
        ColumnType.Image => "an image [height, width, channels]",
        ColumnType.Points => "points [points, coordinates]",
        _ => "a series [steps, channels]",
    };
}
