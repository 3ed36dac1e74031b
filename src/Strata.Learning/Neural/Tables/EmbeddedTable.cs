using System.Buffers;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Tables;

/// <summary>A learned table for each category column, its rows side by side with the numbers, and layers behind them.</summary>
internal sealed class EmbeddedTable : TableEncoder
{
    private const int WidestEmbedding = 50;

    private readonly Parameter<float>[] tables;
    private readonly Layer body;

    /// <param name="prefix">Before the names of its parameters; empty or with a dot at the end.</param>
    /// <param name="columns">Of the rows that will come.</param>
    /// <param name="width">Numbers of a row that goes out.</param>
    /// <param name="body">Makes the layers from the numbers of a row, embeddings included.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    public EmbeddedTable(string prefix, TableEncoding columns, int width, Func<int, Layer> body, RandomSource? random)
    {
        Width = width;
        tables = [.. columns.TableRows.Select((rows, c) => Table($"{prefix}categories.{c}.weight", rows, random))];
        this.body = body(columns.NumberCount + tables.Sum(table => table.Shape[1]));
    }

    public override int Width { get; }

    public override IEnumerable<Parameter<float>> Parameters => tables.Concat(body.Parameters);

    public override IEnumerable<Parameter<float>> Memories => body.Memories;

    public override Variable<float> Encode(TableBatch batch, Pass pass)
    {
        int count = tables.Length + (batch.NumberCount > 0 ? 1 : 0);
        Variable<float>[] rented = ArrayPool<Variable<float>>.Shared.Rent(count);
        for (int c = 0; c < tables.Length; c++)
        {
            rented[c] = pass.Tape.Gather(pass.Tape.Use(tables[c]), batch.Codes(c));
        }

        if (batch.NumberCount > 0)
        {
            rented[count - 1] = pass.Input(batch.Numbers, new Shape(batch.Count, batch.NumberCount));
        }

        Variable<float> joined = count == 1 ? rented[0] : pass.Tape.Join(rented.AsSpan(0, count));
        ArrayPool<Variable<float>>.Shared.Return(rented, clearArray: true);
        return body.Apply(joined, pass);
    }

    public override OnnxValue Export(OnnxColumns rows)
    {
        List<OnnxValue> parts = [.. rows.Codes.Select((codes, c) => codes.Graph.Weights(tables[c]).Gather(codes))];
        if (rows.Numbers is OnnxValue numbers)
        {
            parts.Add(numbers);
        }

        return body.Export(parts[0].Graph.Join(parts));
    }

    /// <summary>Width by a rule of thumb (fastai): 1.6 times the levels to the power of 0.56. Starts as small normal numbers.</summary>
    private static Parameter<float> Table(string name, int rows, RandomSource? random)
    {
        int width = Math.Clamp((int)Math.Round(1.6 * Math.Pow(rows, 0.56)), 1, WidestEmbedding);
        var table = new Parameter<float>(name, new Shape(rows, width));
        if (random is not null)
        {
            foreach (ref float value in table.Values)
            {
                value = (float)(0.1 * random.NextGaussian());
            }
        }

        return table;
    }
}
