using Strata.Learning.Data;

namespace Strata.Learning;

/// <summary>Predictions of many rows that can be cancelled on the way, for work that has a time limit.</summary>
public static class CancellablePrediction
{
    private const int FirstRows = 512, FirstLongRows = 32, LongRow = 128;
    private static readonly TimeSpan LongEnough = TimeSpan.FromMilliseconds(250), TooLong = TimeSpan.FromMilliseconds(500);

    /// <summary>As the model's own <c>Predict</c>, with the context's threads: in blocks of rows that grow until one takes a quarter of a second, with a look at the cancellation before each.</summary>
    /// <exception cref="DataException">A column is missing or holds values of another kind.</exception>
    /// <exception cref="OperationCanceledException">The context's token was cancelled.</exception>
    public static Predictions Predict(this IModel model, Frame rows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(context);
        context.Cancellation.ThrowIfCancellationRequested();

        // Arrays, and wide tables that may be series, can take a network long.
        int first = rows.ColumnCount > LongRow || rows.Columns.Any(column => column.Type.IsArray()) ? FirstLongRows : FirstRows;
        if (!context.Cancellation.CanBeCanceled || rows.RowCount <= first)
        {
            return model.Predict(rows, context.Threads);
        }

        var parts = new List<Predictions>();
        TimeSpan before = TimeSpan.Zero;
        for (int start = 0, size = first; start < rows.RowCount; start += parts[^1].RowCount)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(size, rows.RowCount - start);
            long began = context.Clock.GetTimestamp();
            parts.Add(model.Predict(rows.Take([.. Enumerable.Range(start, count)]), context.Threads));
            TimeSpan taken = context.Clock.GetElapsedTime(began);

            // What a block costs however few rows it has is no reason to keep it small.
            bool isMostlyFixed = before > TimeSpan.Zero && taken < 1.3 * before && taken < TooLong;
            size = taken < LongEnough || isMostlyFixed ? 2 * size : size;
            before = taken;
        }

        return Predictions.Joined(parts);
    }
}
