using Strata.Learning.Data;

namespace Strata.Learning.Validation;

/// <summary>Puts the folds' predictions back into the order of the rows.</summary>
internal sealed class OutOfFoldPredictions(TrainingTable table)
{
    private readonly Target target = table.Target;
    private readonly bool[] tested = new bool[table.RowCount];
    private readonly double[] values = new double[table.RowCount * Width(table.Target)];
    private readonly double[] rawScores = new double[table.RowCount * table.Target.Task.OutputCount(table.Target.Classes.Count)];

    public void Set(int[] rows, Predictions predictions)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            if (tested[rows[i]])
            {
                throw new DataException($"Row {rows[i] + 1} is tested in two folds; cross-validation tests each row at most once.");
            }

            tested[rows[i]] = true;
            Copy(predictions.Values, i, values, rows[i]);
            Copy(predictions.RawScores, i, rawScores, rows[i]);
        }
    }

    public (int[] Rows, Predictions Predictions) Collect()
    {
        int[] rows = [.. Enumerable.Range(0, tested.Length).Where(row => tested[row])];
        double[] taken = Take(values, rows);
        return (rows, target.Task.IsClassification()
            ? Predictions.OfProbabilities(target.Classes, Take(rawScores, rows), taken)
            : Predictions.OfNumbers(taken));
    }

    private static int Width(Target target) => Math.Max(1, target.Classes.Count);

    private void Copy(double[] from, int fromRow, double[] to, int toRow)
    {
        int width = to.Length / tested.Length;
        from.AsSpan(fromRow * width, width).CopyTo(to.AsSpan(toRow * width, width));
    }

    private double[] Take(double[] from, int[] rows)
    {
        int width = from.Length / tested.Length;
        return [.. rows.SelectMany(row => from.AsSpan(row * width, width).ToArray())];
    }
}
