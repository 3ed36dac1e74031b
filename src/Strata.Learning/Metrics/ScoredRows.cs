using Strata.Learning.Data;

namespace Strata.Learning.Metrics;

/// <summary>Predictions beside the truth, checked once: what every metric reads.</summary>
internal abstract class ScoredRows(LearningTask task, int count, double[]? weights, int[]? groups = null)
{
    public LearningTask Task { get; } = task;

    public int Count { get; } = count;

    public double[]? Weights { get; } = weights;

    /// <summary>A group code a row, or null for none.</summary>
    public int[]? Groups { get; } = groups;

    public double TotalWeight { get; } = weights?.Sum() ?? count;

    public static ScoredRows Of(Predictions predictions, Target target, double[]? weights, int[]? groups = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(target);
        Check(predictions, target, weights);
        return target is ClassTarget classes
            ? new ScoredClasses(predictions, CodesAmong(predictions.Classes, classes), weights, groups)
            : new ScoredNumbers(predictions.Values, ((NumberTarget)target).Values, weights, groups);
    }

    /// <summary>The same rows under other weights.</summary>
    public abstract ScoredRows Weighted(double[] weights);

    public double Weight(int row) => Weights is null ? 1 : Weights[row];

    /// <summary>The weighted mean of a number a row.</summary>
    public double Mean(Func<int, double> of)
    {
        double sum = 0;
        for (int row = 0; row < Count; row++)
        {
            sum += Weight(row) * of(row);
        }

        return sum / TotalWeight;
    }

    private static void Check(Predictions predictions, Target target, double[]? weights)
    {
        var problems = new List<string>();
        if (predictions.Task.IsClassification() != target.Task.IsClassification())
        {
            problems.Add($"The predictions are of {predictions.Task} but target '{target.Name}' is of {target.Task}.");
        }

        if (predictions.RowCount != target.Count)
        {
            problems.Add($"There are predictions for {predictions.RowCount} rows but target '{target.Name}' has {target.Count}.");
        }

        if (target.Count == 0)
        {
            problems.Add("There are no rows to evaluate.");
        }

        if (weights is not null && weights.Length != target.Count)
        {
            problems.Add($"There are {weights.Length} weights but target '{target.Name}' has {target.Count} rows.");
        }
        else if (weights is not null && target.Count > 0 && !(weights.Min() >= 0 && weights.Sum() is > 0 and < double.PositiveInfinity))
        {
            problems.Add("Weights are finite, at least 0 and not all 0.");
        }

        if (Array.FindIndex(predictions.Values, value => !double.IsFinite(value)) is >= 0 and int at)
        {
            problems.Add($"The prediction for row {at * (long)predictions.RowCount / predictions.Values.Length + 1} is {predictions.Values[at]}, not a finite number.");
        }

        DataException.ThrowIfAny(problems);
    }

    /// <summary>The target's codes by the names that the predictions use.</summary>
    private static int[] CodesAmong(IReadOnlyList<string> predicted, ClassTarget target)
    {
        if (target.Classes.SequenceEqual(predicted))
        {
            return target.Codes;
        }

        var codeOf = predicted.Select((name, code) => (name, code)).ToDictionary(pair => pair.name, pair => pair.code, StringComparer.Ordinal);
        int[] map = [.. target.Classes.Select(name => codeOf.GetValueOrDefault(name, -1))];
        string[] unknown = [.. target.Codes.Where(code => map[code] < 0).Distinct().Order().Select(code => target.Classes[code])];
        return unknown.Length == 0
            ? [.. target.Codes.Select(code => map[code])]
            : throw new DataException($"Target '{target.Name}' has {NearNames.List(unknown, 8)}, which the model does not know; it predicts {NearNames.List(predicted, 12)}.");
    }
}

/// <summary>Numbers predicted beside the true ones.</summary>
internal sealed class ScoredNumbers(double[] predicted, double[] actual, double[]? weights, int[]? groups) : ScoredRows(LearningTask.Regression, actual.Length, weights, groups)
{
    public double[] Predicted { get; } = predicted;

    public double[] Actual { get; } = actual;

    public override ScoredRows Weighted(double[] weights) => new ScoredNumbers(Predicted, Actual, weights, Groups);

    public double AbsoluteError(int row) => Math.Abs(Actual[row] - Predicted[row]);
}

/// <summary>Probabilities beside the true classes, with what several metrics share.</summary>
internal sealed class ScoredClasses : ScoredRows
{
    private readonly RankedScores?[] ranked;
    private ConfusionMatrix? confusion;

    public ScoredClasses(Predictions predictions, int[] codes, double[]? weights, int[]? groups = null)
        : base(predictions.Task, codes.Length, weights, groups)
    {
        (Predictions, Codes) = (predictions, codes);
        ranked = new RankedScores?[predictions.Classes.Count];
    }

    public Predictions Predictions { get; }

    public int[] Codes { get; }

    public override ScoredRows Weighted(double[] weights) => new ScoredClasses(Predictions, Codes, weights, Groups);

    public int ClassCount => ranked.Length;

    /// <summary>The classes that a curve against the rest is drawn for: the positive one of two, else each.</summary>
    public IEnumerable<int> CurveClasses => ClassCount == 2 ? [1] : Enumerable.Range(0, ClassCount);

    public ConfusionMatrix Confusion => confusion ??= ConfusionMatrix.Of(this);

    /// <summary>The rows in order of their probability of one class.</summary>
    public RankedScores Ranked(int classCode) => ranked[classCode] ??= RankedScores.Of(this, classCode);
}
