using System.Globalization;

namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>Makes columns of an array whose first dimension is the rows: numbers or texts of one or two dimensions, a series, image or points of more.</summary>
internal static class StoredArrayColumns
{
    private const int MostColourChannels = 4;
    private const int FewTexts = 1000;

    /// <param name="name">Of the column; where there are several, each has its 0-based number behind it.</param>
    /// <param name="array">The array.</param>
    /// <param name="options">Says what arrays are where that is not plain.</param>
    /// <param name="notes">What was decided; goes on here.</param>
    public static IEnumerable<Column> Of(string name, StoredArray array, TableReadOptions options, List<string> notes)
    {
        int dimensions = array.Sizes.Length;
        if (dimensions == 0 || array.Sizes.Contains(0))
        {
            throw new DataException($"'{name}' is {(dimensions == 0 ? "a single value" : $"an empty array ({string.Join(" x ", array.Sizes)})")}; expected rows along its first dimension.");
        }

        if (dimensions == 1)
        {
            return [Single(name, array, 0)];
        }

        if (dimensions == 2 && (options.ArrayType is not (ColumnType.Series or ColumnType.Points) || array.IsText))
        {
            return Several(name, array, options);
        }

        return [Cells(name, array, options, notes)];
    }

    /// <summary>What one cell of these sizes is.</summary>
    /// <param name="name">May say that it is points.</param>
    /// <param name="sizes">Of one cell.</param>
    /// <param name="type">Of the elements: pixels mostly are bytes.</param>
    public static ColumnType KindOf(string name, ReadOnlySpan<int> sizes, ElementType type) => sizes.Length switch
    {
        >= 3 => ColumnType.Image,
        2 when type == ElementType.UInt8 => ColumnType.Image,
        2 when sizes[1] is >= 2 and <= 7 && (name.Contains("point", StringComparison.OrdinalIgnoreCase) || name.Contains("cloud", StringComparison.OrdinalIgnoreCase)) => ColumnType.Points,
        _ => ColumnType.Series,
    };

    /// <summary>Whether an image has its channels before its rows, as some programs store it.</summary>
    public static bool IsChannelsFirst(ReadOnlySpan<int> sizes) => sizes.Length == 3 && sizes[2] > MostColourChannels && sizes[0] <= MostColourChannels;

    public static NumberArray ChannelsLast(NumberArray image)
    {
        (int channels, int height, int width) = (image.Sizes[0], image.Sizes[1], image.Sizes[2]);
        var turned = new float[image.Values.Length];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int pixel = 0; pixel < height * width; pixel++)
            {
                turned[pixel * channels + channel] = image.Values[channel * height * width + pixel];
            }
        }

        return new NumberArray([height, width, channels], turned);
    }

    private static ArrayColumn Cells(string name, StoredArray array, TableReadOptions options, List<string> notes)
    {
        int[] sizes = array.Sizes[1..];
        if (array.IsText || sizes.Length > 3)
        {
            throw new DataException($"'{name}' is an array of {string.Join(" x ", array.Sizes)} {(array.IsText ? "texts" : "numbers")}; expected at most four dimensions of numbers: rows, height, width, channels.");
        }

        ColumnType type = options.ArrayType ?? KindOf(name, sizes, array.Type);
        bool turn = type == ColumnType.Image && IsChannelsFirst(sizes);
        var cells = new ArrayCells(name, array.Count);
        for (int row = 0; row < array.Count; row++)
        {
            var cell = new NumberArray(sizes, array.Cell(row));
            cells[row] = turn ? ChannelsLast(cell) : cell;
        }

        if (turn)
        {
            notes.Add($"'{name}' has its {sizes[0]} channels before its rows of pixels: they were brought behind them.");
        }

        return cells.ToColumn(type);
    }

    private static IEnumerable<Column> Several(string name, StoredArray array, TableReadOptions options)
    {
        if (array.Sizes[1] > options.MaxColumns)
        {
            throw new DataException($"'{name}' has {array.Sizes[1]} columns; at most {options.MaxColumns} are read. Is each row one series?");
        }

        return Enumerable.Range(0, array.Sizes[1]).Select(inner => Single(string.Create(CultureInfo.InvariantCulture, $"{name}_{inner}"), array, inner));
    }

    private static Column Single(string name, StoredArray array, int inner)
    {
        int[] rows = [.. Enumerable.Range(0, array.Count)];
        if (array.IsText)
        {
            string?[] texts = Array.ConvertAll(rows, row => array.TextAt(row, inner));
            return texts.Distinct().Take(FewTexts + 1).Count() <= Math.Min(FewTexts, Math.Max(20, rows.Length / 20)) ? CategoryColumn.Of(name, texts) : new TextColumn(name, texts);
        }

        return array.Type switch
        {
            ElementType.Boolean => new BooleanColumn(name, Array.ConvertAll(rows, row => array.NumberAt(row, inner) != 0)),
            ElementType.Float32 or ElementType.Float16 => new Float32Column(name, Array.ConvertAll(rows, row => NumberArray.Of(array.NumberAt(row, inner)))),
            ElementType.UInt64 when Array.Exists(rows, row => array.WholeAt(row, inner) < 0) => new Float64Column(name, Array.ConvertAll(rows, row => array.NumberAt(row, inner))),
            _ when array.IsWhole => new Int64Column(name, Array.ConvertAll(rows, row => array.WholeAt(row, inner))),
            _ => new Float64Column(name, Array.ConvertAll(rows, row => array.NumberAt(row, inner) is var number && double.IsFinite(number) ? number : double.NaN)),
        };
    }
}
