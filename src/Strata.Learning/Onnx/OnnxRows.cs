using Strata.Learning.Data;

namespace Strata.Learning.Onnx;

/// <summary>Rows of a table as the tensors that a graph takes and gives.</summary>
internal static class OnnxRows
{
    /// <summary>The graph's inputs of rows that conform to its schema. Arrays of another size than the graph takes are brought to it by leaving out and repeating.</summary>
    public static Dictionary<string, OnnxTensor> Read(OnnxGraph graph, Frame rows) => graph.Inputs.ToDictionary(input => input.Name, input => Read(input, rows[input.LengthsOf ?? input.Name]), StringComparer.Ordinal);

    private static OnnxTensor Read(OnnxPort input, Column column) => column switch
    {
        ArrayColumn arrays when input.LengthsOf is not null => OnnxTensor.Of(OnnxElement.Int64, [column.Count], Enumerable.Range(0, column.Count).Select(row => (double)arrays.StepsOf(row))),
        ArrayColumn { Type: ColumnType.Series } series => Series(series),
        ArrayColumn arrays => Sized(arrays, [.. input.Dimensions.Skip(1).Select(dimension => (int)dimension)]),
        _ when input.Element == OnnxElement.String => OnnxTensor.Of([column.Count, 1], Enumerable.Range(0, column.Count).Select(row => column.TextAt(row) ?? string.Empty)),
        _ => OnnxTensor.Of(input.Element, [column.Count, 1], Enumerable.Range(0, column.Count).Select(column.NumberAt)),
    };

    /// <summary>Padded with zeros to the longest.</summary>
    private static OnnxTensor Series(ArrayColumn column)
    {
        int steps = Math.Max(1, Enumerable.Range(0, column.Count).Max(column.StepsOf)), channels = column.Channels.Count;
        var numbers = new double[column.Count * steps * channels];
        for (int row = 0; row < column.Count; row++)
        {
            Array.ConvertAll(column.Values[row] ?? [], value => (double)value).CopyTo(numbers, row * steps * channels);
        }

        return OnnxTensor.Of(OnnxElement.Float, [column.Count, steps, channels], numbers);
    }

    /// <summary>Images [height, width, channels] by the nearest pixels, points [points, coordinates] one after the other and again from the first; NaN where a cell is missing.</summary>
    private static OnnxTensor Sized(ArrayColumn column, int[] size)
    {
        int channels = size[^1], places = size[..^1].Aggregate(1, (count, length) => count * length);
        var numbers = new List<double>(column.Count * places * channels);
        for (int row = 0; row < column.Count; row++)
        {
            (float[] cell, int steps) = (column.Values[row] ?? [], column.StepsOf(row));
            int[] whole = column.Type == ColumnType.Points ? [.. Enumerable.Range(0, steps).Where(step => cell.AsSpan(step * channels, channels).IndexOf(float.NaN) < 0)] : [];
            for (int place = 0; place < places; place++)
            {
                int? from = column.Type == ColumnType.Points ? whole.Length == 0 ? null : whole[place % whole.Length]
                    : steps == 0 ? null
                    : Nearest(place, size, column.SizeOf(row));
                numbers.AddRange(Enumerable.Range(0, channels).Select(channel => from is int step ? cell[step * channels + channel] : double.NaN));
            }
        }

        return OnnxTensor.Of(OnnxElement.Float, [column.Count, .. size], numbers);
    }

    private static int Nearest(int place, int[] size, (int Height, int Width) of) => place / size[1] * of.Height / size[0] * of.Width + place % size[1] * of.Width / size[1];

    /// <summary>The rows that these inputs are, as rounded as they are: what the model has to be asked for a fair comparison. Columns that are no input are missing everywhere.</summary>
    public static Frame AsGiven(OnnxGraph graph, Schema features, Dictionary<string, OnnxTensor> given)
    {
        int count = given.Values.First().Shape[0];
        return new Frame(features.Columns.Select(column => column.Type.IsArray()
            ? Arrays(column, given.GetValueOrDefault(column.Name), graph.Inputs.FirstOrDefault(input => input.LengthsOf == column.Name) is { } lengths ? given[lengths.Name] : null, count)
            : Column(column, given.GetValueOrDefault(column.Name), count)));
    }

    /// <summary>What the graph should give for rows that the model predicts so.</summary>
    public static Dictionary<string, OnnxTensor> Answers(OnnxGraph graph, Predictions predicted) => graph.Outputs.ToDictionary(
        output => output.Name,
        output => output.Element == OnnxElement.String
            ? OnnxTensor.Of([predicted.RowCount], Enumerable.Range(0, predicted.RowCount).Select(predicted.Label))
            : OnnxTensor.Of(output.Element, [predicted.RowCount, predicted.Values.Length / Math.Max(1, predicted.RowCount)], predicted.Values),
        StringComparer.Ordinal);

    private static ArrayColumn Arrays(SchemaColumn column, OnnxTensor? given, OnnxTensor? lengths, int count)
    {
        var cells = new float[]?[count];
        for (int row = 0; given is not null && row < count; row++)
        {
            int all = given.Count / count, length = lengths is null ? all : (int)lengths.Numbers[row] * given.Shape[^1];
            float[] cell = Array.ConvertAll(given.Numbers[(row * all)..(row * all + length)], number => (float)number);
            cells[row] = length == 0 || (lengths is null && cell.All(float.IsNaN)) ? null : cell;
        }

        return new ArrayColumn(column.Name, column.Type, column.Levels!, cells, column.Type == ColumnType.Image ? [.. Enumerable.Repeat(given?.Shape[2] ?? 1, count)] : null);
    }

    private static Column Column(SchemaColumn column, OnnxTensor? given, int count)
    {
        if (column.Type is ColumnType.Category or ColumnType.Text)
        {
            string?[] texts = given is null ? new string?[count] : [.. given.Texts.Select(text => text.Length == 0 ? null : text)];
            return column.Type == ColumnType.Text
                ? new TextColumn(column.Name, texts)
                : new CategoryColumn(column.Name, [.. texts.Select(text => text is null ? -1 : LevelLookup.Of(column).CodeOf(text))], column.Levels!);
        }

        double[] numbers = given?.Numbers ?? [.. Enumerable.Repeat(double.NaN, count)];
        return column.Type switch
        {
            ColumnType.Boolean => new BooleanColumn(column.Name, [.. numbers.Select(number => number != 0 && !double.IsNaN(number))], Missing(numbers)),
            ColumnType.Date => new DateColumn(column.Name, [.. numbers.Select(seconds => double.IsNaN(seconds) ? 0 : DateTime.UnixEpoch.Ticks + (long)Math.Round(seconds * TimeSpan.TicksPerSecond))], Missing(numbers)),
            _ => new Float64Column(column.Name, numbers),
        };
    }

    private static MissingMask? Missing(double[] numbers)
    {
        var mask = new MissingMask(numbers.Length);
        for (int row = 0; row < numbers.Length; row++)
        {
            mask[row] = double.IsNaN(numbers[row]);
        }

        return mask.CountMissing() > 0 ? mask : null;
    }
}
