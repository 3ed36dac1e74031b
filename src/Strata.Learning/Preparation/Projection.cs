using System.Numerics;
using System.Runtime.InteropServices;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>Weighted sums of number columns in their place.</summary>
/// <param name="name">The step's name.</param>
/// <param name="kept">The columns that pass as they are.</param>
/// <param name="columns">The columns that are summed.</param>
/// <param name="means">Taken off each column first.</param>
/// <param name="directions">[sums][columns]</param>
/// <param name="outputs">The sums' names.</param>
/// <param name="notes">One sentence each.</param>
internal sealed class Projection(string name, IReadOnlyList<string> kept, IReadOnlyList<string> columns, double[] means, double[][] directions, IReadOnlyList<string> outputs, IReadOnlyList<string> notes) : IFittedStep, IOnnxStep
{
    /// <summary>A multiple of every vector's length.</summary>
    private const int BlockRows = 512;

    private const int BlockColumns = 64;

    public string Name { get; } = name;

    public IReadOnlyList<double[]> Directions { get; } = directions;

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Origins { get; } = kept.Select(column => (column, (IReadOnlyList<string>)[column]))
        .Concat(outputs.Select(output => (output, columns)))
        .ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.Ordinal);

    public string? MixesColumns => $"Step '{Name}' makes each of its columns of {columns.Count} others, so that what they do has no fair share for each.";

    public IReadOnlyList<string> Notes { get; } = notes;

    public Frame Apply(Frame rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Columns.Any(column => column is SparseNumberColumn) && SparseRows.TryOf(rows.Select(columns)) is SparseRows sparse)
        {
            return With(rows, OfEntries(sparse));
        }

        double[][] numbers = NumberBlock.Of(rows, columns), sums = [.. directions.Select(_ => new double[rows.RowCount])];
        string[] gaps = [.. columns.Where((_, j) => Array.Exists(numbers[j], double.IsNaN))];
        if (gaps.Length > 0)
        {
            throw new DataException($"Components need complete numbers, but these columns have missing values: {NearNames.List(gaps, 12)}.");
        }

        // A block of rows of a few columns stays in the cache for all sums.
        int blockRows = Math.Min(BlockRows, (rows.RowCount + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count);
        double[] moved = new double[BlockColumns * blockRows], totals = new double[directions.Length * blockRows];
        for (int start = 0; start < rows.RowCount; start += blockRows)
        {
            int count = Math.Min(blockRows, rows.RowCount - start);
            Array.Clear(totals);
            for (int first = 0; first < columns.Count; first += BlockColumns)
            {
                int width = Math.Min(BlockColumns, columns.Count - first);
                for (int j = 0; j < width; j++)
                {
                    ReadOnlySpan<double> from = numbers[first + j].AsSpan(start, count);
                    double mean = means[first + j];
                    for (int i = 0; i < from.Length; i++)
                    {
                        moved[j * blockRows + i] = from[i] - mean;
                    }
                }

                for (int k = 0; k < directions.Length; k++)
                {
                    Add(moved, directions[k].AsSpan(first, width), totals.AsSpan(k * blockRows, blockRows));
                }
            }

            for (int k = 0; k < sums.Length; k++)
            {
                totals.AsSpan(k * blockRows, count).CopyTo(sums[k].AsSpan(start));
            }
        }

        return With(rows, sums);
    }

    OnnxTable IOnnxStep.Export(OnnxTable rows)
    {
        OnnxValue moved = rows.Numbers(columns) - rows.Graph.Constant("means", OnnxElement.Double, [means.Length], means);
        OnnxValue sums = moved.MatrixProduct(rows.Graph.Constant("directions", OnnxElement.Double, [means.Length, outputs.Count], Enumerable.Range(0, means.Length).SelectMany(j => directions.Select(direction => direction[j]))));
        var values = kept.ToDictionary(name => name, name => rows[name], StringComparer.Ordinal);
        for (int k = 0; k < outputs.Count; k++)
        {
            values[outputs[k]] = sums.Slice(1, k, k + 1);
        }

        return new OnnxTable(rows.Graph, With(rows.Columns, [.. directions.Select(_ => Array.Empty<double>())]), values);
    }

    private Frame With(Frame rows, double[][] sums) =>
        new([.. kept.Select(column => rows[column]), .. outputs.Zip(sums, (output, values) => new Float64Column(output, values))]);

    /// <summary>The sums [outputs][rows] of a row without entries, and what its entries add.</summary>
    private double[][] OfEntries(SparseRows rows)
    {
        int[] bad = [.. Enumerable.Range(0, rows.EntryCount).Where(at => double.IsNaN(rows.Values[at])).Select(at => rows.Columns[at]).Concat(Enumerable.Range(0, columns.Count).Where(j => double.IsNaN(rows.Common?[j] ?? 0))).Distinct().Order()];
        if (bad.Length > 0)
        {
            throw new DataException($"Components need complete numbers, but these columns have missing values: {NearNames.List([.. bad.Select(j => columns[j])], 12)}.");
        }

        SparseRows distances = rows.Distances();
        return [.. directions.Select(direction =>
        {
            double common = 0;
            for (int j = 0; j < direction.Length; j++)
            {
                common += ((distances.Common?[j] ?? 0) - means[j]) * direction[j];
            }

            var sums = new double[rows.RowCount];
            for (int row = 0; row < sums.Length; row++)
            {
                sums[row] = common;
                for (int at = distances.Starts[row]; at < distances.Starts[row + 1]; at++)
                {
                    sums[row] += distances.Values[at] * direction[distances.Columns[at]];
                }
            }

            return sums;
        })];
    }

    /// <summary>totals[i] += sum over j of weights[j] columns[j][i], each row by the same operations wherever it stands.</summary>
    private static void Add(ReadOnlySpan<double> columns, ReadOnlySpan<double> weights, Span<double> totals)
    {
        ReadOnlySpan<Vector<double>> from = MemoryMarshal.Cast<double, Vector<double>>(columns);
        Span<Vector<double>> to = MemoryMarshal.Cast<double, Vector<double>>(totals);
        int at = 0;
        for (; at <= to.Length - 4; at += 4)
        {
            Vector<double> a = to[at], b = to[at + 1], c = to[at + 2], d = to[at + 3];
            for (int j = 0; j < weights.Length; j++)
            {
                var weight = new Vector<double>(weights[j]);
                ReadOnlySpan<Vector<double>> column = from.Slice(j * to.Length + at, 4);
                a = Vector.FusedMultiplyAdd(column[0], weight, a);
                b = Vector.FusedMultiplyAdd(column[1], weight, b);
                c = Vector.FusedMultiplyAdd(column[2], weight, c);
                d = Vector.FusedMultiplyAdd(column[3], weight, d);
            }

            (to[at], to[at + 1], to[at + 2], to[at + 3]) = (a, b, c, d);
        }

        for (; at < to.Length; at++)
        {
            Vector<double> total = to[at];
            for (int j = 0; j < weights.Length; j++)
            {
                total = Vector.FusedMultiplyAdd(from[j * to.Length + at], new Vector<double>(weights[j]), total);
            }

            to[at] = total;
        }
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Set("kept", kept);
        writer.Set("columns", columns);
        writer.Set("outputs", outputs);
        writer.Set("notes", Notes);
        writer.Tensor("means", means, means.Length);
        writer.Tensor("directions", directions.SelectMany(direction => direction).ToArray(), outputs.Count, columns.Count);
    }

    public static Projection Read(string name, ModelReader reader)
    {
        IReadOnlyList<string> columns = reader.Items<string>("columns"), outputs = reader.Items<string>("outputs");
        double[] directions = reader.Tensor<double>("directions", outputs.Count, columns.Count);
        return new Projection(
            name, reader.Items<string>("kept"), columns, reader.Tensor<double>("means", columns.Count),
            [.. Enumerable.Range(0, outputs.Count).Select(k => directions[(k * columns.Count)..((k + 1) * columns.Count)])], outputs, reader.Items<string>("notes"));
    }
}
