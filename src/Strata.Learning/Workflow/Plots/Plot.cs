using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Metrics;

namespace Strata.Learning.Workflow.Plots;

/// <summary>Pictures of results as SVG text: confusion, ROC, precision and recall, calibration, residuals, importance and curves.</summary>
public static class Plot
{
    private const int MostCurves = 8;

    /// <summary>Every picture that an evaluation has something for, by the name of its file without the ending.</summary>
    public static IReadOnlyDictionary<string, string> Of(Evaluation evaluation, IReadOnlyList<ColumnImportance>? importance = null)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        var pictures = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        void Add(string name, bool known, Func<string> draw)
        {
            if (known)
            {
                pictures.Add(name, draw());
            }
        }

        Add("confusion", evaluation.Confusion is { Length: > 0 }, () => Confusion(evaluation));
        Add("roc", evaluation.RocCurves.Count > 0, () => Roc(evaluation));
        Add("precision_recall", evaluation.PrecisionRecallCurves.Count > 0, () => PrecisionRecall(evaluation));
        Add("calibration", evaluation.Calibration.Count > 0, () => Calibration(evaluation));
        Add("residuals", evaluation.Residuals is not null, () => Residuals(evaluation));
        Add("importance", importance?.Count > 0, () => Importance(importance!));
        return pictures;
    }

    /// <summary>Writes pictures as <c>NAME.svg</c> into a folder, which is made if it is not there.</summary>
    /// <returns>The paths written.</returns>
    public static IReadOnlyList<string> Save(IReadOnlyDictionary<string, string> pictures, string folder)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        Directory.CreateDirectory(folder);
        var paths = new List<string>();
        foreach ((string name, string svg) in pictures)
        {
            string path = Path.Combine(folder, $"{name}.svg");
            WholeFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(svg)));
            paths.Add(path);
        }

        return paths;
    }

    /// <summary>True classes down, predicted ones across; a cell's shade is its share of its row.</summary>
    public static string Confusion(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        double[][] counts = evaluation.Confusion;
        int classes = counts.Length;
        int shown = Math.Min(classes, 20);
        double right = counts.Select((row, code) => row[code]).Sum(), all = counts.Sum(row => row.Sum());
        string more = shown < classes ? $", the first {shown} of {classes} classes" : string.Empty;
        const double left = 150, top = 84;
        double cell = Math.Min(440.0 / shown, 120);
        var picture = new SvgPicture("confusion", $"Confusion matrix{more}", $"{Text(right)} of {Text(all)} rows are predicted right. {string.Join(" ", counts.Take(shown).Select((row, code) => Row(evaluation.Classes, row, code)))}", (int)Math.Max(420, left + cell * shown + 24), (int)(top + cell * shown + 24));
        picture.Text(left + cell * shown / 2, 56, "predicted", "ink");
        for (int truth = 0; truth < shown; truth++)
        {
            picture.Text(left - 10, top + cell * (truth + 0.5) + 4, Short(evaluation.Classes[truth], 18), "ink", "end");
            picture.Text(left + cell * (truth + 0.5), top - 8, Short(evaluation.Classes[truth], Math.Max(2, (int)(cell / 8))), "ink");
            double total = counts[truth].Sum();
            for (int predicted = 0; predicted < shown; predicted++)
            {
                double share = total > 0 ? counts[truth][predicted] / total : 0;
                (double x, double y) = (left + cell * predicted, top + cell * truth);
                picture.Rectangle(x + 1, y + 1, cell - 2, cell - 2, "cell", 0.06 + 0.94 * share);
                if (cell >= 26)
                {
                    picture.Text(x + cell / 2, y + cell / 2 + 4, Text(counts[truth][predicted]), share > 0.55 ? "cellink" : "ink");
                }
            }
        }

        picture.Text(22, top + cell * shown / 2, "true", "ink", turned: true);
        return picture.ToString();
    }

    /// <summary>True positives against false positives over all thresholds.</summary>
    public static string Roc(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        Series[] series = [.. evaluation.RocCurves.Take(MostCurves).Select(curve => new Series($"{Short(curve.Class, 24)}: area {curve.Area.ToString("0.000", CultureInfo.InvariantCulture)}", curve.FalsePositiveRate, curve.TruePositiveRate))];
        return Shares("roc", "ROC curve", "false positive rate", "true positive rate", series, guide: (0, 0, 1, 1), legendAtTop: false);
    }

    /// <summary>Precision against recall over all thresholds.</summary>
    public static string PrecisionRecall(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        Series[] series = [.. evaluation.PrecisionRecallCurves.Take(MostCurves).Select(curve => new Series($"{Short(curve.Class, 24)}: average {curve.AveragePrecision.ToString("0.000", CultureInfo.InvariantCulture)}", curve.Recall, curve.Precision))];
        return Shares("precision-recall", "Precision and recall", "recall", "precision", series, guide: null, legendAtTop: false);
    }

    /// <summary>How often a class is true among rows given about the same probability of it.</summary>
    public static string Calibration(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        Series[] series = [.. evaluation.Calibration.Take(MostCurves).Select(curve => new Series(Short(curve.Class, 30), curve.MeanPredicted, curve.Observed))];
        return Shares("calibration", "Calibration", "mean predicted probability", "share that is of the class", series, guide: (0, 0, 1, 1), legendAtTop: false, withMarks: true);
    }

    /// <summary>Actual less predicted numbers over the predicted ones.</summary>
    public static string Residuals(Evaluation evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        Residuals residuals = evaluation.Residuals ?? throw new DataException("There are residuals only where numbers are predicted.");
        double[] errors = [.. residuals.Actual.Zip(residuals.Predicted, (actual, predicted) => actual - predicted)];
        string spread = evaluation.Metrics.TryGetValue("rmse", out double rmse) ? $" The root mean squared error is {Text(rmse)}." : string.Empty;
        var picture = new SvgPicture("residuals", "Residuals", $"Actual less predicted, over predicted, of {errors.Length} rows: from {Text(errors.Min())} to {Text(errors.Max())}.{spread}");
        var plot = new LinePlot(picture, (from, to) => Axis.Around(residuals.Predicted, from, to), (from, to) => Axis.Around(errors.Append(0), from, to), "predicted", "actual less predicted");
        plot.Dots(residuals.Predicted, errors);
        plot.Guide(plot.X.Low, 0, plot.X.High, 0);
        return picture.ToString();
    }

    /// <summary>How much each column matters, the most important first.</summary>
    public static string Importance(IReadOnlyList<ColumnImportance> importance, string meaning = "fall of the main metric when the column is shuffled", int most = 20)
    {
        ArgumentNullException.ThrowIfNull(importance);
        ColumnImportance[] shown = [.. importance.OrderByDescending(column => column.Mean).Take(most)];
        const int left = 190, right = 70, top = 48, bar = 22;
        int height = top + shown.Length * bar + 52;
        var picture = new SvgPicture("importance", "What matters most", $"{meaning}: {string.Join(", ", shown.Select(column => $"{column.Column} {Text(column.Mean)}"))}.", 640, height);
        var axis = Axis.Around(shown.Select(column => column.Mean).Append(0), left, picture.Width - right);
        foreach (double tick in axis.Ticks)
        {
            picture.Line(axis.At(tick), top, axis.At(tick), height - 44, "grid");
            picture.Text(axis.At(tick), height - 28, axis.Label(tick));
        }

        foreach ((int i, ColumnImportance column) in shown.Index())
        {
            double y = top + i * bar;
            picture.Text(left - 8, y + 15, Short(column.Column, 24), "ink", "end");
            picture.Rectangle(Math.Min(axis.At(0), axis.At(column.Mean)), y + 3, Math.Abs(axis.At(column.Mean) - axis.At(0)), bar - 6, "mark s0");
            picture.Text(Math.Max(axis.At(column.Mean), axis.At(0)) + 6, y + 15, Text(column.Mean), "soft", "start");
        }

        picture.Text((left + picture.Width - right) / 2.0, height - 8, meaning, "ink");
        return picture.ToString();
    }

    /// <summary>Lines of any numbers, such as a metric over iterations or over the number of training rows.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="xTitle">What the lower axis is.</param>
    /// <param name="yTitle">What the left axis is.</param>
    /// <param name="series">At least one.</param>
    /// <param name="name">Tells it from other pictures on the same page: a letter, then letters, digits and hyphens.</param>
    public static string Curves(string title, string xTitle, string yTitle, IReadOnlyList<Series> series, string name = "curves")
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Count == 0)
        {
            throw new DataException($"There is no line to draw for '{title}'.");
        }

        var picture = new SvgPicture(name, title, $"{yTitle} over {xTitle}. {string.Join(" ", series.Where(one => one.Y.Count > 0).Select(one => $"{one.Name} goes from {Text(one.Y[0])} to {Text(one.Y[^1])}."))}");
        var plot = new LinePlot(picture, (from, to) => Axis.Around(series.SelectMany(one => one.X), from, to), (from, to) => Axis.Around(series.SelectMany(one => one.Y), from, to), xTitle, yTitle);
        plot.Lines(series, withMarks: series.Max(one => one.X.Count) <= 20);
        bool falls = series[0].Y.Count > 1 && series[0].Y[^1] < series[0].Y[0];
        plot.Legend([.. series.Select(one => one.Name)], atTop: falls);
        return picture.ToString();
    }

    private static string Shares(string name, string title, string xTitle, string yTitle, Series[] series, (double X1, double Y1, double X2, double Y2)? guide, bool legendAtTop, bool withMarks = false)
    {
        var picture = new SvgPicture(name, title, $"{yTitle} over {xTitle}. {string.Join("; ", series.Select(one => one.Name))}.", 560, 520);
        var plot = new LinePlot(picture, Axis.OfShares, Axis.OfShares, xTitle, yTitle);
        if (guide is (double x1, double y1, double x2, double y2))
        {
            plot.Guide(x1, y1, x2, y2);
        }

        plot.Lines(series, withMarks);
        plot.Legend([.. series.Select(one => one.Name)], legendAtTop);
        return picture.ToString();
    }

    private static string Row(IReadOnlyList<string> classes, double[] row, int truth) =>
        $"Of {Text(row.Sum())} rows of {classes[truth]}, {Text(row[truth])} are found.";

    private static string Short(string text, int most) => SvgPicture.Short(text, most);

    private static string Text(double value) => SvgPicture.Figure(value);
}
