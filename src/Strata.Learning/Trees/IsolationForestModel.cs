using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Trees.Exchange;

namespace Strata.Learning.Trees;

/// <summary>
/// A fitted isolation forest. The raw score is minus the mean path length in units of that among random rows, a sum over the trees that can be explained like any other;
/// the score is two to its power.
/// </summary>
public sealed class IsolationForestModel : ITreeModel, IOnnxModel
{
    internal const string OwnAlgorithm = "isolation_forest";

    internal IsolationForestModel(ModelSignature signature, TreeEnsemble trees, double threshold, double outlierShare) =>
        (Signature, Trees, Threshold, OutlierShare) = (signature, trees, threshold, outlierShare);

    public string Algorithm => OwnAlgorithm;

    public ModelSignature Signature { get; }

    public TreeEnsemble Trees { get; }

    /// <summary>Rows that score higher are outliers.</summary>
    public double Threshold { get; }

    /// <summary>The share of the training weight that scores higher.</summary>
    public double OutlierShare { get; }

    public IReadOnlyList<string> Notes =>
        [string.Create(CultureInfo.InvariantCulture, $"{100 * OutlierShare:0.##} % of the training rows score above {Threshold:0.####} and count as outliers.")];

    /// <inheritdoc/>
    public Predictions Predict(Frame rows, int threads = 1)
    {
        double[] raw = EnsembleScorer.Score(Trees, Signature.Features.Conform(rows), threads);
        return Predictions.OfOutliers(Scores(raw), raw, Threshold);
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        OnnxValue raw = OnnxTrees.Scores(Trees, rows);
        return new OnnxAnswer((raw * Math.Log(2)).To("Exp").Within(0, 1), raw) { OutlierThreshold = Threshold };
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("threshold", Threshold);
        writer.Set("outlier_share", OutlierShare);
        Trees.Write(writer.Section("trees"));
    }

    /// <exception cref="ModelFileException">The file holds no such model.</exception>
    public static IsolationForestModel Read(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ModelSignature signature = ModelSignature.Read(reader);
        double threshold = reader.Get<double>("threshold"), share = reader.Get<double>("outlier_share");
        TreeEnsemble trees = TreeEnsemble.Read(reader.Section("trees"));
        TreeModelCheck.Fits(signature, trees, valueWidth: 1);
        return signature.Task == LearningTask.OutlierDetection && threshold is >= 0 and <= 1 && share is >= 0 and <= 1
            ? new IsolationForestModel(signature, trees, threshold, share)
            : throw new ModelFileException($"The isolation forest in the model file is damaged: task {signature.Task}, threshold {threshold}, share of outliers {share}.");
    }

    /// <summary>Scores of raw scores.</summary>
    internal static double[] Scores(double[] raw) => [.. raw.Select(score => Math.Clamp(Math.Pow(2, score), 0, 1))];
}
