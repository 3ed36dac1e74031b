using System.Buffers;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Tables;

/// <summary>
/// A table's cells as tokens, transformer blocks over them, and what one further token has learned from the others (Gorishniy et al. 2021): a number scales its column's vector and a
/// second one is added, a category has a vector for each level.
/// </summary>
internal sealed class TokenTable : TableEncoder
{
    private readonly int numbers;
    private readonly int[] firstRows;
    private readonly Parameter<float> weight, bias;
    private readonly Embedding levels, answer;
    private readonly TransformerBlock[] blocks;
    private readonly LayerNormalized last;

    /// <param name="prefix">Before the names of its parameters; empty or with a dot at the end.</param>
    /// <param name="columns">Of the rows that will come.</param>
    /// <param name="depth">How many blocks.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    /// <param name="settings">Of the blocks.</param>
    public TokenTable(string prefix, TableEncoding columns, int depth, RandomSource? random, TransformerSettings settings)
    {
        Width = settings.Width;
        numbers = columns.NumberCount;
        firstRows = new int[columns.TableRows.Count];
        for (int c = 1; c < firstRows.Length; c++)
        {
            firstRows[c] = firstRows[c - 1] + columns.TableRows[c - 1];
        }

        double bound = 1 / Math.Sqrt(Width);
        weight = new Parameter<float>($"{prefix}numbers.weight", new Shape(numbers, Width));
        bias = new Parameter<float>($"{prefix}numbers.bias", new Shape(numbers, Width));
        weight.FillWithin(bound, random);
        bias.FillWithin(bound, random);

        // As far from zero as the even numbers of the others are.
        levels = new Embedding($"{prefix}categories", columns.TableRows.Sum(), Width, random, deviation: bound / Math.Sqrt(3));
        answer = new Embedding($"{prefix}answer", 1, Width, random, deviation: bound / Math.Sqrt(3));
        blocks = [.. Enumerable.Range(0, depth).Select(i => new TransformerBlock($"{prefix}blocks.{i}", settings, random, normalizesAttention: i > 0))];
        last = new LayerNormalized($"{prefix}norm", Width);
    }

    public override int Width { get; }

    public override IEnumerable<Parameter<float>> Parameters =>
        [.. numbers > 0 ? new[] { weight, bias } : [], .. firstRows.Length > 0 ? levels.Parameters : [], .. answer.Parameters, .. blocks.SelectMany(block => block.Parameters), .. last.Parameters];

    public override Variable<float> Encode(TableBatch batch, Pass pass)
    {
        Tape<float> tape = pass.Tape;
        Variable<float> x = tape.Reshape(answer.Repeated(batch.Count, pass), new Shape(batch.Count, 1, Width));
        if (numbers > 0)
        {
            Variable<float> scaled = tape.ScaleRows(pass.Input(batch.Numbers, new Shape(batch.Count, numbers)), tape.Use(weight));
            x = tape.JoinSteps(x, scaled + tape.Use(bias));
        }

        x = firstRows.Length > 0 ? tape.JoinSteps(x, Levels(batch, pass)) : x;
        foreach (TransformerBlock block in blocks)
        {
            x = block.Apply(x, pass);
        }

        Variable<float> told = tape.Reshape(tape.Slice(x, 1, 0, 1), new Shape(batch.Count, Width));
        return tape.Activate(last.Apply(told, pass), Activation.Relu);
    }

    public override OnnxValue Export(OnnxColumns rows)
    {
        OnnxValue like = rows.Numbers ?? rows.Codes[0];
        var tokens = new List<OnnxValue> { answer.Repeated(like) };
        if (rows.Numbers is OnnxValue given)
        {
            tokens.Add(given.Reshape(0, -1, 1) * like.Graph.Weights(weight) + like.Graph.Weights(bias));
        }

        tokens.AddRange(rows.Codes.Select((codes, c) => levels.Export(codes + firstRows[c]).Reshape(-1, 1, Width)));
        OnnxValue x = blocks.Aggregate(like.Graph.Join(tokens), (value, block) => block.Export(value));
        return last.Export(x.Slice(1, 0, 1).Reshape(-1, Width)).To("Relu");
    }

    /// <summary>[rows, categories, width], all columns' vectors being rows of one table.</summary>
    private Variable<float> Levels(TableBatch batch, Pass pass)
    {
        int columns = firstRows.Length;
        int[] codes = ArrayPool<int>.Shared.Rent(batch.Count * columns);
        for (int c = 0; c < columns; c++)
        {
            ReadOnlySpan<int> own = batch.Codes(c);
            for (int row = 0; row < own.Length; row++)
            {
                codes[row * columns + c] = firstRows[c] + own[row];
            }
        }

        Variable<float> rows = levels.Apply(codes.AsSpan(0, batch.Count * columns), pass);
        ArrayPool<int>.Shared.Return(codes);
        return pass.Tape.Reshape(rows, new Shape(batch.Count, columns, Width));
    }
}
