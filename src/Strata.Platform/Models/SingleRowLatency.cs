using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Trees;

namespace Strata.Platform.Models;

/// <summary>How long a model takes for one row, by asking it again and again, in milliseconds. No network and no parsing is in it.</summary>
/// <param name="Count">How many single rows were asked.</param>
/// <param name="Median">The time of the middle one.</param>
/// <param name="P95">What 95 of 100 stay within.</param>
public sealed record SingleRowLatency(int Count, double Median, double P95)
{
    private const int Unmeasured = 20;
    private const int Most = 500;
    private const int Least = 20;
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(1);

    /// <param name="model">The model.</param>
    /// <param name="rows">Rows that it knows, in its own columns.</param>
    /// <param name="clock">What measures.</param>
    /// <exception cref="DataException">The model cannot predict them.</exception>
    public static SingleRowLatency Of(IModel model, Frame rows, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(clock);
        Action<int> ask = Asking(model, rows);
        long began = clock.GetTimestamp();
        for (int i = 0; i < Unmeasured && clock.GetElapsedTime(began) < Enough; i++)
        {
            ask(i % rows.RowCount);
        }

        var took = new List<double>();
        began = clock.GetTimestamp();
        while (took.Count < Most && (took.Count < Least || clock.GetElapsedTime(began) < Enough))
        {
            long start = clock.GetTimestamp();
            ask(took.Count % rows.RowCount);
            took.Add(clock.GetElapsedTime(start).TotalMilliseconds);
        }

        took.Sort();
        return new SingleRowLatency(took.Count, took[took.Count / 2], took[Math.Min(took.Count - 1, took.Count * 95 / 100)]);
    }

    /// <summary>A row for a model of which no rows are known: zeros and first levels.</summary>
    /// <exception cref="DataException">The model wants columns that nothing can be made up for.</exception>
    public static Frame PlainRow(ModelSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        return signature.Features.Conform(new Frame(signature.Features.Columns.Where(column => !column.Type.IsArray()).Select(PlainValue)));
    }

    private static Column PlainValue(SchemaColumn column) => column.Levels is { Count: > 0 } levels
        ? new TextColumn(column.Name, [levels[0]])
        : column.Type == ColumnType.Date ? new TextColumn(column.Name, ["2000-01-01"]) : new Float64Column(column.Name, [0]);

    /// <summary>The way in which a served model is asked for one row.</summary>
    private static Action<int> Asking(IModel model, Frame rows)
    {
        if (RowPredictor.For(model) is not RowPredictor predictor)
        {
            Frame[] single = [.. Enumerable.Range(0, rows.RowCount).Select(row => rows.Take([row]))];
            return row => model.Predict(single[row], 1);
        }

        double[][] numbers = [.. Enumerable.Range(0, rows.RowCount).Select(row => predictor.Signature.Features.Names.Select(name => rows[name].NumberAt(row)).ToArray())];
        double[] scores = new double[predictor.ScoreCount], values = new double[predictor.ValueCount];
        return row => predictor.Predict(numbers[row], scores, values);
    }
}
