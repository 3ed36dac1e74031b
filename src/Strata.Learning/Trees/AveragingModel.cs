using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Trees.Exchange;

namespace Strata.Learning.Trees;

/// <summary>Trees whose values are averaged: the raw score is the mean probability of class 1 or of each class, or the mean number.</summary>
public abstract class AveragingModel : ITreeModel, IOnnxModel
{
    private protected AveragingModel(ModelSignature signature, TreeEnsemble trees, OutOfBag? outOfBag) => (Signature, Trees, OutOfBag) = (signature, trees, outOfBag);

    private protected AveragingModel(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        Signature = ModelSignature.Read(reader);
        Trees = TreeEnsemble.Read(reader.Section("trees"));
        OutOfBag = OutOfBag.Read(reader);
        TreeModelCheck.Fits(Signature, Trees, Signature.OutputCount);
        if (!Signature.Task.HasTarget())
        {
            throw new ModelFileException("The model file says of averaged trees that they predict nothing.");
        }
    }

    public abstract string Algorithm { get; }

    public ModelSignature Signature { get; }

    public TreeEnsemble Trees { get; }

    /// <summary>Scores on the training rows by the trees that did not see them; null when every tree saw every row, or nobody asked.</summary>
    public OutOfBag? OutOfBag { get; }

    public IReadOnlyList<string> Notes => OutOfBag is null ? [] : [OutOfBag.Note];

    /// <inheritdoc/>
    public Predictions Predict(Frame rows, int threads = 1) =>
        AveragedScores.Predictions(Signature, EnsembleScorer.Score(Trees, Signature.Features.Conform(rows), threads));

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        OnnxValue means = OnnxTrees.Scores(Trees, rows);
        return Signature.Task switch
        {
            LearningTask.Regression => new OnnxAnswer(means, means),
            LearningTask.BinaryClassification => new OnnxAnswer(OnnxAnswer.OfSecond(means.Within(0, 1)), means),
            _ => new OnnxAnswer(OnnxAnswer.Shares(means.To("Max", means.Same(0)), Signature.Classes.Count), means),
        };
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        Trees.Write(writer.Section("trees"));
        if (OutOfBag is not null)
        {
            writer.Set("out_of_bag", OutOfBag);
        }
    }
}

/// <summary>A fitted random forest.</summary>
public sealed class RandomForestModel : AveragingModel
{
    internal RandomForestModel(ModelSignature signature, TreeEnsemble trees, OutOfBag? outOfBag = null)
        : base(signature, trees, outOfBag)
    {
    }

    private RandomForestModel(ModelReader reader)
        : base(reader)
    {
    }

    public override string Algorithm => "random_forest";

    /// <exception cref="ModelFileException">The file holds no such model.</exception>
    public static RandomForestModel Read(ModelReader reader) => new(reader);
}

/// <summary>Fitted extremely randomized trees.</summary>
public sealed class ExtraTreesModel : AveragingModel
{
    internal ExtraTreesModel(ModelSignature signature, TreeEnsemble trees, OutOfBag? outOfBag)
        : base(signature, trees, outOfBag)
    {
    }

    private ExtraTreesModel(ModelReader reader)
        : base(reader)
    {
    }

    public override string Algorithm => "extra_trees";

    /// <exception cref="ModelFileException">The file holds no such model.</exception>
    public static ExtraTreesModel Read(ModelReader reader) => new(reader);
}

/// <summary>Fitted bagged trees.</summary>
public sealed class BaggingModel : AveragingModel
{
    internal BaggingModel(ModelSignature signature, TreeEnsemble trees, OutOfBag? outOfBag)
        : base(signature, trees, outOfBag)
    {
    }

    private BaggingModel(ModelReader reader)
        : base(reader)
    {
    }

    public override string Algorithm => "bagging";

    /// <exception cref="ModelFileException">The file holds no such model.</exception>
    public static BaggingModel Read(ModelReader reader) => new(reader);
}

/// <summary>A fitted decision tree.</summary>
public sealed class DecisionTreeModel : AveragingModel
{
    internal DecisionTreeModel(ModelSignature signature, TreeEnsemble trees)
        : base(signature, trees, outOfBag: null)
    {
    }

    private DecisionTreeModel(ModelReader reader)
        : base(reader)
    {
    }

    public override string Algorithm => "decision_tree";

    /// <exception cref="ModelFileException">The file holds no such model.</exception>
    public static DecisionTreeModel Read(ModelReader reader) => new(reader);
}
