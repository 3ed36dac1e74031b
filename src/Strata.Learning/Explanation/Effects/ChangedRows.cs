using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Explanation.Effects;

/// <summary>What a model says of rows with other values in some columns.</summary>
internal sealed class ChangedRows
{
    private const int MostAtOnce = 1 << 16, FewestAtOnce = 64;
    private const long MostCells = 16L << 20;

    private readonly FitContext context;
    private readonly int batchRows;

    public ChangedRows(IModel model, Frame rows, ExplainedOutput output, int mostRows, FitContext context)
    {
        this.context = context;
        Outputs = new ModelOutputs(model, output);
        Places = Chosen(rows.RowCount, mostRows, context.Seed);
        Rows = model.Signature.Features.Conform(rows).Take(Places);
        if (Rows.RowCount == 0)
        {
            throw new DataException("There are no rows; expected at least one to measure effects on.");
        }

        long cells = Rows.Columns.Sum(column => column is ArrayColumn arrays ? 1 + arrays.Values.Sum(cell => (long)(cell?.Length ?? 0)) / arrays.Count : 1);
        batchRows = (int)Math.Clamp(MostCells / Math.Max(1, cells), FewestAtOnce, MostAtOnce);
    }

    public ModelOutputs Outputs { get; }

    /// <summary>The chosen rows, as the model's signature has them.</summary>
    public Frame Rows { get; }

    /// <summary>Which of the given rows they are.</summary>
    public int[] Places { get; }

    /// <summary>[count, outputs]</summary>
    /// <param name="count">How many rows are asked.</param>
    /// <param name="rowOf">The row that each of them is like.</param>
    /// <param name="changes">Values that come in place of the row's own, and which of them each takes.</param>
    public double[] Said(int count, Func<int, int> rowOf, params (Column Values, Func<int, int> At)[] changes)
    {
        var said = new double[count * Outputs.Count];
        for (int first = 0; first < count; first += batchRows)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            int[] asked = [.. Enumerable.Range(first, Math.Min(batchRows, count - first))];
            Frame frame = Rows.Take([.. asked.Select(rowOf)]);
            foreach ((Column values, Func<int, int> at) in changes)
            {
                frame = frame.With(values.Take([.. asked.Select(at)]));
            }

            Outputs.Of(frame, context).CopyTo(said, first * Outputs.Count);
        }

        return said;
    }

    private static int[] Chosen(int count, int most, ulong seed)
    {
        int[] rows = [.. Enumerable.Range(0, count)];
        if (count <= most)
        {
            return rows;
        }

        RandomSource.For(seed, "rows of effects").Shuffle<int>(rows);
        return [.. rows.Take(most).Order()];
    }
}
