using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees;

/// <summary>Trees whose values are averaged: the raw score is the mean probability of class 1 or of each class, or the mean number.</summary>
public abstract class AveragingModel : ITreeModel
{
    private protected AveragingModel(ModelSignature signature, TreeEnsemble trees) => (Signature, Trees) = (signature, trees);

    public abstract string Algorithm { get; }

    public ModelSignature Signature { get; }

    public TreeEnsemble Trees { get; }

    /// <inheritdoc/>
    public Predictions Predict(Frame rows, int threads = 1)
    {
        Frame conformed = Signature.Features.Conform(rows);
        double[] scores = EnsembleScorer.Score(Trees, conformed, threads);
        return Signature.Task == LearningTask.Regression
            ? Predictions.OfNumbers(scores)
            : Predictions.OfProbabilities(Signature.Classes, scores, Probabilities(scores, Signature.OutputCount));
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        Trees.Write(writer.Section("trees"));
    }

    private protected static (ModelSignature Signature, TreeEnsemble Trees) ReadParts(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ModelSignature signature = ModelSignature.Read(reader);
        TreeEnsemble trees = TreeEnsemble.Read(reader.Section("trees"));
        TreeModelCheck.Fits(signature, trees, signature.OutputCount);
        return (signature, trees);
    }

    /// <summary>The means as probabilities: rounding may have brought them out of [0, 1] or off the sum 1 by a few units in the last place.</summary>
    private static double[] Probabilities(double[] means, int outputs)
    {
        if (outputs == 1)
        {
            return [.. means.SelectMany(mean => (double[])[1 - Math.Clamp(mean, 0, 1), Math.Clamp(mean, 0, 1)])];
        }

        var probabilities = new double[means.Length];
        for (int first = 0; first < means.Length; first += outputs)
        {
            double sum = 0;
            for (int k = first; k < first + outputs; k++)
            {
                sum += probabilities[k] = Math.Max(means[k], 0);
            }

            for (int k = first; k < first + outputs; k++)
            {
                probabilities[k] = sum > 0 ? probabilities[k] / sum : 1.0 / outputs;
            }
        }

        return probabilities;
    }
}

/// <summary>A fitted random forest.</summary>
public sealed class RandomForestModel : AveragingModel
{
    internal RandomForestModel(ModelSignature signature, TreeEnsemble trees)
        : base(signature, trees)
    {
    }

    public override string Algorithm => "random_forest";

    /// <exception cref="ModelFileException">The file holds no such model.</exception>
    public static RandomForestModel Read(ModelReader reader)
    {
        var (signature, trees) = ReadParts(reader);
        return new RandomForestModel(signature, trees);
    }
}

/// <summary>A fitted decision tree.</summary>
public sealed class DecisionTreeModel : AveragingModel
{
    internal DecisionTreeModel(ModelSignature signature, TreeEnsemble trees)
        : base(signature, trees)
    {
    }

    public override string Algorithm => "decision_tree";

    /// <exception cref="ModelFileException">The file holds no such model.</exception>
    public static DecisionTreeModel Read(ModelReader reader)
    {
        var (signature, trees) = ReadParts(reader);
        return new DecisionTreeModel(signature, trees);
    }
}
