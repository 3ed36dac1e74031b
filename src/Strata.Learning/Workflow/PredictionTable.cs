using Strata.Learning.Data;

namespace Strata.Learning.Workflow;

/// <summary>Predictions as a table: <c>row</c> (from 0), <c>prediction</c>, and <c>p(class)</c> for each class; of outliers the <c>score</c>; <c>cluster</c> and how far or probable it is; with intervals <c>lower</c> and <c>upper</c>, with sets <c>set</c> (classes parted by |); if asked <c>epistemic</c> and <c>aleatoric</c>.</summary>
public static class PredictionTable
{
    /// <exception cref="DataException">Uncertainty is asked for, of which the model says nothing.</exception>
    public static Frame Of(Predictions predictions, bool withUncertainty = false)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        if (!withUncertainty)
        {
            return Plain(predictions);
        }

        PredictedUncertainty uncertainty = predictions.Uncertainty
            ?? throw new DataException("The model does not say how unsure it is. Networks do when they are trained with ensemble_members, dropout_samples or, for numbers, loss gaussian_nll.");
        Frame table = Plain(predictions).With(new Float64Column("epistemic", uncertainty.Epistemic));
        return uncertainty.Aleatoric is double[] noise ? table.With(new Float64Column("aleatoric", noise)) : table;
    }

    /// <summary>With columns of the predicted table behind <c>row</c>, so that each answer is known by more than its place. One whose name an answer's column has becomes <c>name (table)</c>.</summary>
    /// <exception cref="DataException">They have another number of rows.</exception>
    public static Frame Beside(this Frame answers, Frame kept)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(kept);
        int behind = 1 + answers.Names.ToList().IndexOf("row");
        var taken = answers.Names.Concat(kept.Names).ToHashSet(StringComparer.Ordinal);
        IEnumerable<Column> named = kept.Columns.Select(column => answers.Contains(column.Name) ? column.Named(Free($"{column.Name} (table)", taken)) : column);
        return new Frame([.. answers.Columns.Take(behind), .. named, .. answers.Columns.Skip(behind)]);
    }

    private static string Free(string name, HashSet<string> taken) => taken.Add(name) ? name : Free($"{name} (table)", taken);

    private static Frame Plain(Predictions predictions)
    {
        int[] rows = [.. Enumerable.Range(0, predictions.RowCount)];
        var number = new Int64Column("row", [.. rows.Select(row => (long)row)]);
        if (predictions.Task == LearningTask.OutlierDetection)
        {
            var flag = new CategoryColumn("prediction", [.. rows.Select(row => predictions.IsOutlier(row) ? 1 : 0)], [Predictions.Inlier, Predictions.Outlier]);
            return new Frame(number, flag, new Float64Column("score", predictions.Values));
        }

        if (predictions.ClusterMeasure is string measure)
        {
            return new Frame(number, new TextColumn("cluster", [.. rows.Select(predictions.Label)]), new Float64Column(measure, predictions.RawScores));
        }

        if (!predictions.Task.IsClassification())
        {
            var table = new Frame(number, new Float64Column("prediction", predictions.Values));
            table = predictions.StandardDeviations is double[] deviations ? table.With(new Float64Column("standard_deviation", deviations)) : table;
            return predictions.Regions is PredictedRegions ends ? table.With(new Float64Column("lower", ends.Lower)).With(new Float64Column("upper", ends.Upper)) : table;
        }

        int[] codes = [.. rows.Select(predictions.ClassCode)];
        return new Frame(
        [
            number,
            new CategoryColumn("prediction", codes, predictions.Classes),
            .. predictions.Classes.Select((name, code) => new Float64Column($"p({name})", [.. rows.Select(row => predictions.Probability(row, code))])),
            .. predictions.Regions is PredictedRegions sets ? [new TextColumn("set", [.. rows.Select(row => string.Join('|', sets.SetOf(row, predictions.Classes)))])] : Array.Empty<Column>(),
        ]);
    }
}
