using System.Buffers;
using Strata.Learning.Neural.Architectures;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Neural.Tables;
using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural;

/// <summary>A network for encoded rows: an encoder for each array column, one for the table's part, and layers behind what they make.</summary>
internal sealed class Network : IDisposable
{
    private readonly TableEncoder? table;
    private readonly Encoder[] encoders;
    private readonly Layer behind;
    private readonly Parameter<float>[] standIns;

    /// <param name="table">For the columns that hold no arrays; null for none.</param>
    /// <param name="encoders">By array column.</param>
    /// <param name="behind">From the parts side by side, the table being the last, to raw scores.</param>
    public Network(TableEncoder? table, Encoder[] encoders, Layer behind)
    {
        (this.table, this.encoders, this.behind) = (table, encoders, behind);
        standIns = encoders.Length == 0 ? [] : [.. encoders.Select((encoder, i) => StandIn($"absent.{i}", encoder.Width)), .. table is null ? [] : new[] { StandIn("absent.table", table.Width) }];
        Parameters = [.. table?.Parameters ?? [], .. encoders.SelectMany(encoder => encoder.Parameters), .. standIns, .. behind.Parameters];
        Memories = [.. table?.Memories ?? [], .. encoders.SelectMany(encoder => encoder.Memories), .. behind.Memories];
    }

    public IReadOnlyList<Parameter<float>> Parameters { get; }

    public IReadOnlyList<Parameter<float>> Memories { get; }

    /// <summary>For the columns that hold no arrays; null for none.</summary>
    public TableEncoder? Table => table;

    /// <summary>By array column.</summary>
    public IReadOnlyList<Encoder> Encoders => encoders;

    /// <summary>From the parts side by side, the table being the last, to raw scores.</summary>
    public Layer Behind => behind;

    /// <summary>By part, what stands in where it is missing; empty for a network of a table alone.</summary>
    public IReadOnlyList<Parameter<float>> StandIns => standIns;

    /// <summary>All that a model file holds of it.</summary>
    public IEnumerable<Parameter<float>> State => Parameters.Concat(Memories);

    /// <summary>In training, the chance of each part of a row to be treated as missing.</summary>
    public double ModalityDropout { get; init; }

    /// <summary>Raw scores [rows, outputs].</summary>
    public Variable<float> Apply(Batch batch, Pass pass)
    {
        if (pass.Random is not null && ModalityDropout > 0 && batch.PartCount > 1)
        {
            batch.LeaveOut(ModalityDropout, pass.Random);
        }

        int count = batch.PartCount;
        Variable<float>[] rented = ArrayPool<Variable<float>>.Shared.Rent(count);
        for (int part = 0; part < encoders.Length; part++)
        {
            ArrayBatch own = batch.Arrays[part];
            rented[part] = Standing(encoders[part].Encode(pass.Input(own.Values, own.Shape), own.Lengths, pass), part, batch.Absent(part), pass.Tape);
        }

        if (table is not null)
        {
            Variable<float> encoded = table.Encode(batch.Table!, pass);
            rented[count - 1] = standIns.Length == 0 ? encoded : Standing(encoded, count - 1, batch.Absent(count - 1), pass.Tape);
        }

        Variable<float> joined = count == 1 ? rented[0] : pass.Tape.Join(rented.AsSpan(0, count));
        ArrayPool<Variable<float>>.Shared.Return(rented, clearArray: true);
        return behind.Apply(joined, pass);
    }

    /// <summary>The same when it predicts, inside a graph: float32 [rows, outputs].</summary>
    public OnnxValue Export(OnnxParts rows)
    {
        List<OnnxValue> encoded = [.. encoders.Zip(rows.Arrays, (encoder, array) => encoder.Export(array.Values, array.Lengths))];
        List<OnnxValue> absent = [.. rows.Arrays.Select(array => array.Absent)];
        if (table is not null)
        {
            encoded.Add(table.Export(rows.Table!));
            absent.Add(rows.Table!.Absent);
        }

        OnnxGraph graph = encoded[0].Graph;
        IEnumerable<OnnxValue> standing = standIns.Length == 0 ? encoded : encoded.Select((part, i) => absent[i].Choose(graph.Weights(standIns[i]), part));
        return behind.Export(graph.Join([.. standing]));
    }

    public void Dispose()
    {
        table?.Dispose();
        behind.Dispose();
        foreach (IDisposable part in encoders.Concat<IDisposable>(standIns))
        {
            part.Dispose();
        }
    }

    private static Parameter<float> StandIn(string name, int width) => new($"{name}.weight", new Shape(1, width));

    /// <summary>The encoded part, with the learned vector where it is missing.</summary>
    private Variable<float> Standing(Variable<float> encoded, int part, ReadOnlySpan<bool> absent, Tape<float> tape)
    {
        if (!absent.Contains(true))
        {
            return encoded;
        }

        int[] rented = ArrayPool<int>.Shared.Rent(absent.Length);
        for (int row = 0; row < absent.Length; row++)
        {
            rented[row] = absent[row] ? 0 : -1;
        }

        Variable<float> whole = tape.ReplaceRows(encoded, tape.Use(standIns[part]), rented.AsSpan(0, absent.Length));
        ArrayPool<int>.Shared.Return(rented);
        return whole;
    }
}
