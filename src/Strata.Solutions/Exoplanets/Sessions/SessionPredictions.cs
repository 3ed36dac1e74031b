using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Explanation;

namespace Strata.Solutions.Exoplanets.Sessions;

/// <summary>Predicts rows one by one with what moved each prediction.</summary>
internal static class SessionPredictions
{
    /// <summary>Rows beyond these are predicted but not explained: a person reads a page of them, and explaining costs far more than predicting.</summary>
    private const int MostExplained = 5000;

    private const int BlockRows = 256;

    /// <param name="model">A classifier.</param>
    /// <param name="features">The rows.</param>
    /// <param name="rowNumbers">For each of them its 0-based number in the table it comes from.</param>
    /// <param name="context">Threads, cancellation and progress, which goes from <paramref name="fromPercent"/> to 100.</param>
    /// <param name="fromPercent">How far the session is already.</param>
    public static List<SessionPrediction> Of(IModel model, Frame features, IReadOnlyList<int> rowNumbers, SessionContext context, double fromPercent)
    {
        Predictions predictions = model.Predict(features, context.Threads);
        int explained = Explainer.CanExplain(model) ? Math.Min(MostExplained, features.RowCount) : 0;
        var items = new List<SessionPrediction>(features.RowCount);
        for (int start = 0; start < features.RowCount; start += BlockRows)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            int[] rows = [.. Enumerable.Range(start, Math.Min(BlockRows, features.RowCount - start))];
            Contributions? contributions = start < explained ? Explainer.Explain(model, features.Take(rows), context.Threads) : null;
            items.AddRange(rows.Select(row => Item(predictions, row, rowNumbers[row], contributions, row - start)));
            context.Report(fromPercent + (100 - fromPercent) * (start + rows.Length) / features.RowCount, "Explaining predictions");
        }

        return items;
    }

    private static SessionPrediction Item(Predictions predictions, int row, int number, Contributions? contributions, int place)
    {
        int code = predictions.ClassCode(row);
        return new SessionPrediction(
            number,
            predictions.Classes[code],
            Rounded(predictions.Probability(row, code)),
            predictions.Classes.Index().ToDictionary(item => item.Item, item => Rounded(predictions.Probability(row, item.Index))),
            contributions is null ? new Dictionary<string, double>() : Importance(contributions, place, code));
    }

    /// <summary>Contributions towards the predicted class; of two classes the raw score speaks of the second, so the first gets its opposite.</summary>
    private static OrderedDictionary<string, double> Importance(Contributions contributions, int place, int code)
    {
        bool single = contributions.Outputs.Count == 1;
        double sign = single && code == 0 ? -1 : 1;
        double[] values = contributions.Of(place, single ? 0 : code).ToArray();
        var importance = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        foreach (int column in Enumerable.Range(0, values.Length).OrderByDescending(column => Math.Abs(values[column])))
        {
            importance.Add(contributions.Columns[column], Rounded(sign * values[column]));
        }

        return importance;
    }

    private static double Rounded(double value) => Math.Round(value, 6);
}
