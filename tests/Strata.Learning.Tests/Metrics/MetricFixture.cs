using System.Text.Json;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Tests.Metrics;

/// <summary>The cases of Fixtures/metrics.json with scikit-learn's values (see make_metrics.py beside it).</summary>
public sealed record MetricFixture(ClassCase[] Classes, NumberCase[] Numbers)
{
    public static MetricFixture Instance { get; } = JsonSerializer.Deserialize<MetricFixture>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Metrics", "Fixtures", "metrics.json")), ModelFileJson.Options)!;

    public ClassCase Case(string name) => Classes.Single(each => each.Name == name);
}

/// <summary>Curves are arrays as scikit-learn returns them: roc (fpr, tpr, thresholds), precision_recall (precision, recall, thresholds), calibration (predicted, observed).</summary>
public sealed record ClassCase(
    string Name,
    int Classes,
    int[] Truth,
    double[][] Probabilities,
    double[]? Weights,
    Dictionary<string, double> Expected,
    double[][] Confusion,
    double[][]? Roc = null,
    double[][]? PrecisionRecall = null,
    double[][]? Calibration = null)
{
    public string[] ClassNames => [.. Enumerable.Range(0, Classes).Select(code => $"c{code}")];

    public ClassTarget Target => new("y", Truth, ClassNames);

    public Predictions Predictions => Scored.Probabilities(ClassNames, Probabilities);
}

public sealed record NumberCase(string Name, double[] Truth, double[] Predicted, double[]? Weights, Dictionary<string, double> Expected, int[]? Groups = null);

/// <summary>Predictions from numbers, for tests.</summary>
public static class Scored
{
    public static Predictions Probabilities(string[] classes, double[][] rows)
    {
        double[] flat = [.. rows.SelectMany(row => row)];
        double[] raw = classes.Length == 2 ? [.. rows.Select(row => Math.Log(row[1] / row[0]))] : [.. flat.Select(value => Math.Log(value))];
        return Predictions.OfProbabilities(classes, raw, flat);
    }

    /// <summary>Two classes 'no' and 'yes' with these probabilities of 'yes'.</summary>
    public static Predictions OfYes(params double[] probabilities) => Probabilities(["no", "yes"], [.. probabilities.Select(yes => new double[] { 1 - yes, yes })]);

    public static ClassTarget YesNo(params int[] codes) => new("answer", codes, ["no", "yes"]);
}
