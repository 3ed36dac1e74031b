using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Learning.Preparation;

namespace Strata.Learning.Ensembles;

/// <summary>A meta-model whose raw scores are lines in what the members predict.</summary>
/// <param name="Slopes">Row-major [raw scores, columns].</param>
/// <param name="Constants">The raw scores where every column is 0.</param>
internal sealed record MetaLine(double[] Slopes, double[] Constants)
{
    /// <summary>Of preparation only what leaves complete numbers as they are, or moves and stretches them.</summary>
    private static readonly HashSet<string> Straight = ["series_features", "drop_text", "impute", "one_hot", "scale"];

    /// <summary>Null for a meta-model that is no line.</summary>
    public static MetaLine? Of(IModel meta)
    {
        if (!(meta is LinearModel || (meta is PipelineModel { Learner: LinearModel } prepared && prepared.Steps.All(IsStraight))))
        {
            return null;
        }

        // The line is read off its values at 0 and where one column is 1.
        string[] columns = [.. meta.Signature.Features.Names];
        var probes = new Frame(columns.Select((name, column) => new Float64Column(name, [.. Enumerable.Range(0, columns.Length + 1).Select(row => row == column + 1 ? 1.0 : 0)])));
        double[] raw = meta.Predict(probes).RawScores;
        int outputs = meta.Signature.OutputCount;
        double[] constants = raw[..outputs];
        return new MetaLine([.. Enumerable.Range(0, outputs * columns.Length).Select(at => raw[(1 + at % columns.Length) * outputs + at / columns.Length] - constants[at / columns.Length])], constants);
    }

    /// <summary>The slopes of some neighbouring columns, row-major [raw scores, columns].</summary>
    public double[] SlopesOf(int first, int count)
    {
        int columns = Slopes.Length / Constants.Length;
        return [.. Enumerable.Range(0, Constants.Length * count).Select(at => Slopes[at / count * columns + first + at % count])];
    }

    private static bool IsStraight(IFittedStep step) => Straight.Contains(step.Name) && !(step is ColumnwiseStep<ScaleRule> scale && scale.Rules.Any(rule => rule.Clip));
}
