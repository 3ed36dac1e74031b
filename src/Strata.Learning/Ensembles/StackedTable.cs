using Strata.Learning.Data;
using Strata.Learning.Onnx;
using Strata.Learning.Preparation;

namespace Strata.Learning.Ensembles;

/// <summary>What a meta-learner sees: a column for each number or probability that a member predicts, and the original columns where these are passed through.</summary>
internal static class StackedTable
{
    /// <param name="signature">Of the ensemble.</param>
    /// <param name="rows">The original columns, conformed.</param>
    /// <param name="answers">Each member's name and predictions of these rows.</param>
    /// <param name="passThrough">Whether the original columns stay.</param>
    public static Frame Of(ModelSignature signature, Frame rows, IEnumerable<(string Name, Predictions Answer)> answers, bool passThrough)
    {
        Frame stacked = passThrough ? rows : new Frame();
        foreach ((string name, Predictions answer) in answers)
        {
            foreach ((string suffix, double[] values) in ColumnsOf(signature, answer))
            {
                stacked = stacked.With(new Float64Column(FreeName.For(name + suffix, stacked), values));
            }
        }

        return stacked;
    }

    /// <summary>The same inside a graph.</summary>
    /// <param name="signature">Of the ensemble.</param>
    /// <param name="rows">The original columns.</param>
    /// <param name="answers">Each member's name and predictions: float64 [rows, classes] or [rows, 1].</param>
    /// <param name="passThrough">Whether the original columns stay.</param>
    public static OnnxTable Of(ModelSignature signature, OnnxTable rows, IEnumerable<(string Name, OnnxValue Answer)> answers, bool passThrough)
    {
        Frame stacked = passThrough ? rows.Columns : new Frame();
        Dictionary<string, OnnxValue> values = stacked.Names.ToDictionary(name => name, name => rows[name], StringComparer.Ordinal);
        foreach ((string name, OnnxValue answer) in answers)
        {
            (string Suffix, int Place)[] parts = signature.Task switch
            {
                LearningTask.Regression => [(string.Empty, 0)],
                LearningTask.BinaryClassification => [($": {signature.Classes[1]}", 1)],
                _ => [.. signature.Classes.Select((one, code) => ($": {one}", code))],
            };
            foreach ((string suffix, int place) in parts)
            {
                string free = FreeName.For(name + suffix, stacked);
                stacked = stacked.With(new Float64Column(free, []));
                values[free] = answer.Slice(1, place, place + 1);
            }
        }

        return new OnnxTable(rows.Graph, stacked, values);
    }

    /// <summary>Two classes have one column, the probability of class 1: the other says nothing new.</summary>
    private static IEnumerable<(string Suffix, double[] Values)> ColumnsOf(ModelSignature signature, Predictions answer) => signature.Task switch
    {
        LearningTask.Regression => [(string.Empty, answer.Values)],
        LearningTask.BinaryClassification => [($": {signature.Classes[1]}", OfClass(answer, 1))],
        _ => signature.Classes.Select((name, code) => ($": {name}", OfClass(answer, code))),
    };

    private static double[] OfClass(Predictions answer, int code) => [.. Enumerable.Range(0, answer.RowCount).Select(row => answer.Probability(row, code))];
}
