using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Trees.Exchange;

namespace Strata.Learning.Trees;

/// <summary>Boosted trees: the raw score is the base score plus all trees' values; predictions are its <see cref="Link"/>.</summary>
public sealed class GradientBoostingModel : ITreeModel, IOnnxModel
{
    internal const string OwnAlgorithm = "gradient_boosting";

    /// <param name="signature">What is predicted from which columns.</param>
    /// <param name="trees">The trees over the signature's columns, one value a leaf.</param>
    /// <param name="objective">What they were fitted to lower; automatic for the task's own.</param>
    /// <param name="algorithm">The catalog's name of the algorithm that it was fitted under.</param>
    /// <param name="link">How predictions come from raw scores; null for the objective's own link.</param>
    /// <exception cref="ModelFileException">The trees do not belong to the signature, or the objective or link does not serve its task.</exception>
    public GradientBoostingModel(
        ModelSignature signature, TreeEnsemble trees, BoostingObjective objective = BoostingObjective.Automatic, string algorithm = OwnAlgorithm, ScoreLink? link = null)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(trees);
        TreeModelCheck.Fits(signature, trees, valueWidth: 1);
        (Signature, Trees, Algorithm) = (signature, trees, algorithm);
        Objective = objective == BoostingObjective.Automatic ? BoostingObjectives.For(signature.Task) : objective;
        Link = link ?? Objective.Link();
        if (!Objective.Serves(signature.Task) || !Fits(Link, signature.Task))
        {
            throw new ModelFileException($"Objective {Objective} with link {Link} cannot make a model of {signature.Task}.");
        }
    }

    public string Algorithm { get; }

    public ModelSignature Signature { get; }

    public TreeEnsemble Trees { get; }

    /// <summary>What the trees were fitted to lower; never automatic.</summary>
    public BoostingObjective Objective { get; }

    public ScoreLink Link { get; }

    /// <inheritdoc/>
    public Predictions Predict(Frame rows, int threads = 1)
    {
        Frame conformed = Signature.Features.Conform(rows);
        return Link.Predict(Signature, EnsembleScorer.Score(Trees, conformed, threads));
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        OnnxValue scores = OnnxTrees.Scores(Trees, rows);
        return Link switch
        {
            ScoreLink.Logistic or ScoreLink.Softmax when Signature.Task.IsClassification() => OnnxAnswer.OfLogOdds(scores, Signature.Classes.Count),
            ScoreLink.Logistic => new OnnxAnswer(scores.Sigmoid(), scores),
            ScoreLink.Exponential => new OnnxAnswer(scores.To("Exp"), scores),
            _ => new OnnxAnswer(scores, scores),
        };
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("algorithm", Algorithm);
        writer.Set("objective", Objective);
        writer.Set("link", Link);
        Trees.Write(writer.Section("trees"));
    }

    /// <summary>Reads a model back; files from before there were objectives hold the task's own.</summary>
    /// <exception cref="ModelFileException">The file holds no such model.</exception>
    public static GradientBoostingModel Read(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ModelSignature signature = ModelSignature.Read(reader);
        TreeEnsemble trees = TreeEnsemble.Read(reader.Section("trees"));
        BoostingObjective objective = Choice<BoostingObjective>(reader, "objective") ?? BoostingObjective.Automatic;
        return new GradientBoostingModel(signature, trees, objective, reader.TryGet<string>("algorithm") ?? OwnAlgorithm, Choice<ScoreLink>(reader, "link"));
    }

    private static T? Choice<T>(ModelReader reader, string name)
        where T : struct, Enum => reader.Values[name] is null ? null
        : reader.Get<T>(name) is T value && Enum.IsDefined(value) ? value
        : throw new ModelFileException($"Value '{name}' of the model file is no {typeof(T).Name}.");

    private static bool Fits(ScoreLink link, LearningTask task) => Enum.IsDefined(link) && task switch
    {
        LearningTask.BinaryClassification => link == ScoreLink.Logistic,
        LearningTask.MulticlassClassification => link == ScoreLink.Softmax,
        _ => link != ScoreLink.Softmax,
    };
}
