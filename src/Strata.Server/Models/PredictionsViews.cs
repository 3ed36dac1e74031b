using Strata.Client.Contracts;
using Strata.Learning;
using Strata.Learning.Data;

namespace Strata.Server.Models;

internal static class PredictionsViews
{
    /// <summary>The predictions of a table, with reasons when there are contributions, and columns that stand beside them.</summary>
    public static PredictionList View(this Predictions predictions, Frame rows, AskedReasons? reasons, IReadOnlyList<string> notes, Frame? kept = null) => new(
        [.. Enumerable.Range(0, predictions.RowCount).Select(row => View(predictions, row, rows, reasons))],
        notes,
        reasons?.Basis,
        [.. kept?.Columns.Select(column => new KeptColumn(column.Name, [.. Enumerable.Range(0, column.Count).Select(column.TextAt)])) ?? []]);

    private static Prediction View(Predictions predictions, int row, Frame rows, AskedReasons? reasons)
    {
        Contributions? contributions = reasons?.Contributions;
        int outputs = predictions.RawScores.Length / predictions.RowCount;
        int output = contributions is null || contributions.Outputs.Count == 1 ? 0 : OutputOf(predictions, row, contributions);
        return new Prediction(
            row,
            predictions.Answer(row),
            Probabilities(predictions, row),
            predictions.RawScores[(row * outputs)..((row + 1) * outputs)],
            contributions is null ? null : Reasons(contributions, row, output, rows),
            contributions is null || !predictions.Task.IsClassification() ? null : predictions.Classes[contributions.Outputs.Count == 1 ? 1 : output],
            contributions?.BiasOf(row, output),
            reasons?.Interactions is Interactions interactions ? Pairs(interactions, row, output) : null,
            predictions.Regions is { Lower.Length: > 0 } ends ? new PredictedInterval(Finite(ends.Lower[row]), Finite(ends.Upper[row])) : null,
            predictions.Regions is { Sets.Length: > 0 } sets ? [.. sets.SetOf(row, predictions.Classes)] : null,
            predictions.StandardDeviations?[row],
            predictions.Uncertainty is { } uncertainty ? new UncertaintyView(uncertainty.Epistemic[row], uncertainty.Aleatoric?[row]) : null);
    }

    /// <summary>Of several outputs the one that the row was given: its class, or its cluster; noise is the last.</summary>
    private static int OutputOf(Predictions predictions, int row, Contributions contributions) =>
        predictions.Task.IsClassification() ? predictions.ClassCode(row) : predictions.Values[row] is >= 0 and double cluster ? (int)cluster : contributions.Outputs.Count - 1;

    /// <summary>The predicted class, the number, whether it is an outlier, or the cluster.</summary>
    public static PredictedValue Answer(this Predictions predictions, int row) => predictions.Task == Learning.LearningTask.Regression
        ? new PredictedValue(predictions.Values[row])
        : new PredictedValue(predictions.Label(row));

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>By class; for outliers the score and for clusters the distance or probability, which are read like one.</summary>
    private static Dictionary<string, double> Probabilities(Predictions predictions, int row) => predictions.Task == Learning.LearningTask.OutlierDetection
        ? new(StringComparer.Ordinal) { [Predictions.Outlier] = predictions.Values[row] }
        : predictions.ClusterMeasure is string measure ? new(StringComparer.Ordinal) { [measure] = predictions.RawScores[row] }
        : predictions.Classes.Select((name, code) => (name, code)).ToDictionary(pair => pair.name, pair => predictions.Probability(row, pair.code), StringComparer.Ordinal);

    /// <summary>Each pair once with its whole effect; those without any are left out.</summary>
    private static PairReason[] Pairs(Interactions interactions, int row, int output)
    {
        IReadOnlyList<string> columns = interactions.Columns;
        double[] matrix = interactions.Of(row, output).ToArray();
        return
        [
            .. from a in Enumerable.Range(0, columns.Count)
               from b in Enumerable.Range(a, columns.Count - a)
               let effect = a == b ? matrix[a * columns.Count + a] : 2 * matrix[a * columns.Count + b]
               where effect != 0
               orderby Math.Abs(effect) descending
               select new PairReason(columns[a], a == b ? null : columns[b], effect),
        ];
    }

    private static Reason[] Reasons(Contributions contributions, int row, int output, Frame rows)
    {
        double[] values = contributions.Of(row, output).ToArray(), errors = contributions.ErrorsOf(row, output).ToArray();
        return
        [
            .. contributions.Columns
                .Select((column, place) => new Reason(column, rows.TryGet(column)?.TextAt(row), values[place], errors.Length == 0 ? null : errors[place]))
                .OrderByDescending(reason => Math.Abs(reason.Contribution)),
        ];
    }
}
