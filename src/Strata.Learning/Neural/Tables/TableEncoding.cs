using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Onnx;

namespace Strata.Learning.Neural.Tables;

/// <summary>
/// How a table's columns go into a network: numbers standardised and held within bounds, gaps as zero with a number beside that says so where the training rows had any, categories
/// as rows of a learned table, in which missing and unseen levels share a row. Learned from the training rows.
/// </summary>
internal sealed class TableEncoding
{
    /// <summary>Standard deviations beyond which a number is no further out.</summary>
    private const double Bound = 8;

    private readonly EncodedNumber[] numbers;
    private readonly EncodedCategory[] categories;

    private TableEncoding(EncodedNumber[] numbers, EncodedCategory[] categories) => (this.numbers, this.categories) = (numbers, categories);

    /// <summary>How many numbers a row has for the network, those that tell of gaps included.</summary>
    public int NumberCount => numbers.Length + numbers.Count(number => number.TellsGaps);

    /// <summary>For each number of a row the place of its column among the features.</summary>
    public IReadOnlyList<int> ColumnsOfNumbers => [.. numbers.SelectMany(number => Enumerable.Repeat(number.Column, number.TellsGaps ? 2 : 1))];

    /// <summary>For each number of a row whether it tells of a gap in the one before.</summary>
    public IReadOnlyList<bool> AreGaps => [.. numbers.SelectMany(number => number.TellsGaps ? (bool[])[false, true] : [false])];

    /// <summary>For each category column how many rows its table needs.</summary>
    public IReadOnlyList<int> TableRows => [.. categories.Select(category => category.Rows)];

    /// <param name="table">The training rows.</param>
    /// <param name="places">Which of their features; all have numbers.</param>
    /// <param name="context">Its cancellation.</param>
    public static TableEncoding Of(TrainingTable table, IReadOnlyList<int> places, FitContext context)
    {
        var (numbers, categories) = (new List<EncodedNumber>(), new List<EncodedCategory>());
        var values = new double[table.RowCount];
        foreach (int i in places)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Column column = table.Features.Columns[i];
            if (column is CategoryColumn category)
            {
                categories.Add(new EncodedCategory(i, category.Levels.Count + 1));
                continue;
            }

            column.CopyNumbers(values);
            numbers.Add(NumberOf(i, values, table.Weights));
        }

        return new TableEncoding([.. numbers], [.. categories]);
    }

    /// <param name="reader">Of the model file.</param>
    /// <param name="features">The model's features.</param>
    /// <param name="places">Which of them it encodes, ascending.</param>
    /// <exception cref="ModelFileException">It encodes others, or not as their types can be.</exception>
    public static TableEncoding Read(ModelReader reader, Schema features, IReadOnlyList<int> places)
    {
        EncodedNumber[] numbers = [.. reader.Items<EncodedNumber>("numbers")];
        EncodedCategory[] categories = [.. reader.Items<EncodedCategory>("categories")];
        bool isSound = numbers.Select(number => number.Column).Concat(categories.Select(category => category.Column)).Order().SequenceEqual(places)
            && numbers.All(number => features.Columns[number.Column].Type is not (ColumnType.Category or ColumnType.Text) && double.IsFinite(number.Mean) && double.IsFinite(number.Scale))
            && categories.All(category => features.Columns[category.Column].Type == ColumnType.Category && features.Columns[category.Column].Levels is { } levels && category.Rows == levels.Count + 1);
        return isSound ? new TableEncoding(numbers, categories) : throw new ModelFileException("The columns in the model file are not encoded as a table of this signature can be.");
    }

    public void Write(ModelWriter writer)
    {
        writer.Set("numbers", numbers);
        writer.Set("categories", categories);
    }

    /// <summary>A table that conforms to the signature, encoded.</summary>
    public EncodedTable Encode(Frame rows)
    {
        var encoded = new EncodedTable(rows.RowCount, NumberCount, categories.Length);
        var values = new double[rows.RowCount];
        int place = 0;
        foreach (EncodedNumber number in numbers)
        {
            rows.Columns[number.Column].CopyNumbers(values);
            for (int row = 0; row < values.Length; row++)
            {
                bool isGap = double.IsNaN(values[row]);
                encoded.Absent[row] &= isGap;
                encoded.Numbers[row * NumberCount + place] = isGap ? 0 : (float)Math.Clamp((values[row] - number.Mean) * number.Scale, -Bound, Bound);
                if (number.TellsGaps)
                {
                    encoded.Numbers[row * NumberCount + place + 1] = isGap ? 1 : 0;
                }
            }

            place += number.TellsGaps ? 2 : 1;
        }

        for (int c = 0; c < categories.Length; c++)
        {
            var column = (CategoryColumn)rows.Columns[categories[c].Column];
            for (int row = 0; row < rows.RowCount; row++)
            {
                int code = column.Codes[row];
                encoded.Absent[row] &= code < 0;
                encoded.Codes[c][row] = code >= 0 && code < categories[c].Rows - 1 ? code + 1 : 0;
            }
        }

        return encoded;
    }

    /// <summary>The same inside a graph.</summary>
    public OnnxColumns Export(OnnxTable rows)
    {
        var (parts, gaps) = (new List<OnnxValue>(), new List<OnnxValue>());
        foreach (EncodedNumber number in numbers)
        {
            OnnxValue given = rows[rows.Columns.Columns[number.Column].Name], isGap = given.IsMissing();
            gaps.Add(isGap);
            parts.Add(isGap.Choose(given.Same(0), ((given - number.Mean) * number.Scale).Within(-Bound, Bound)));
            if (number.TellsGaps)
            {
                parts.Add(isGap.As(OnnxElement.Double));
            }
        }

        OnnxValue[] codes = [.. categories.Select(category => rows[rows.Columns.Columns[category.Column].Name])];
        gaps.AddRange(codes.Select(code => code.IsBelow(0)));
        OnnxValue? joined = parts.Count == 0 ? null : rows.Graph.Join(parts).As(OnnxElement.Float);
        return new OnnxColumns(joined, [.. codes.Select(code => (code + 1).Reshape(-1))], gaps.Aggregate((all, gap) => all.To("And", gap)));
    }

    private static EncodedNumber NumberOf(int column, double[] values, double[]? weights)
    {
        double all = 0, sum = 0, squares = 0;
        bool anyGap = false;
        for (int row = 0; row < values.Length; row++)
        {
            double weight = weights?[row] ?? 1;
            anyGap |= double.IsNaN(values[row]) && weight > 0;
            if (!double.IsNaN(values[row]))
            {
                all += weight;
                sum += weight * values[row];
            }
        }

        double mean = all > 0 ? sum / all : 0;
        for (int row = 0; row < values.Length; row++)
        {
            squares += double.IsNaN(values[row]) ? 0 : (weights?[row] ?? 1) * (values[row] - mean) * (values[row] - mean);
        }

        double deviation = all > 0 ? Math.Sqrt(squares / all) : 0;
        return new EncodedNumber(column, mean, deviation > 1e-12 * Math.Max(1, Math.Abs(mean)) ? 1 / deviation : 0, anyGap);
    }
}

/// <summary>How a number column is encoded: less its mean, times the scale; 0 for a constant.</summary>
internal sealed record EncodedNumber(int Column, double Mean, double Scale, bool TellsGaps);

/// <summary>How a category column is encoded: row 0 of its table for missing and unseen levels, row code + 1 for the others.</summary>
internal sealed record EncodedCategory(int Column, int Rows);
