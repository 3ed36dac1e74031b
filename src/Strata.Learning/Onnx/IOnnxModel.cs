using Strata.Learning.Data;

namespace Strata.Learning.Onnx;

/// <summary>A model that can be written as an ONNX graph.</summary>
internal interface IOnnxModel
{
    /// <summary>What it predicts of rows that conform to its signature.</summary>
    /// <exception cref="DataException">It cannot be expressed; the reason.</exception>
    OnnxAnswer Export(OnnxTable rows);
}

/// <summary>Predictions inside a graph.</summary>
/// <param name="Values">As <see cref="Predictions.Values"/> has them: float64 [rows, classes] or [rows, 1].</param>
/// <param name="RawScores">As <see cref="Predictions.RawScores"/> has them: float64 [rows, outputs]; null where nobody can ask for them.</param>
internal sealed record OnnxAnswer(OnnxValue Values, OnnxValue? RawScores = null)
{
    /// <summary>The rule by which a class is called; null for the most probable one.</summary>
    public DecisionRule? Decision { get; init; }

    /// <summary>Rows with a higher score are outliers.</summary>
    public double OutlierThreshold { get; init; } = double.NaN;

    /// <summary>Probabilities of log-odds [rows, 1] of the second of two classes, or of scores [rows, classes].</summary>
    public static OnnxAnswer OfLogOdds(OnnxValue scores, int classes) => new(classes == 2 ? OfSecond(scores.Sigmoid()) : scores.Softmax(), scores);

    /// <summary>The probabilities of two classes of those of the second [rows, 1].</summary>
    public static OnnxValue OfSecond(OnnxValue second) => second.Graph.Join([1 - second, second]);

    /// <summary>Numbers of at least 0 in each row divided by their sum; equal shares where that is 0.</summary>
    public static OnnxValue Shares(OnnxValue parts, int count)
    {
        OnnxValue sum = parts.Sum(1);
        return sum.IsAbove(0).Choose(parts / sum, parts.Same(1.0 / count));
    }
}

/// <summary>A fitted preparation step that can be written as part of an ONNX graph.</summary>
internal interface IOnnxStep
{
    /// <summary>The columns that come of these.</summary>
    /// <exception cref="DataException">It cannot be expressed; every reason at once.</exception>
    OnnxTable Export(OnnxTable rows);
}

/// <summary>A rule for number columns that can be written as part of an ONNX graph. Rules for categories need none: there are only so many levels to look at.</summary>
internal interface IOnnxRule
{
    /// <summary>The columns that come of a number column: float64 [rows, 1], or int64 codes for those that are categories.</summary>
    /// <param name="column">The column without rows.</param>
    /// <param name="numbers">Its values, float64 [rows, 1].</param>
    IEnumerable<OnnxValue> Export(Column column, OnnxValue numbers);
}
