using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Linear;

/// <summary>What a prediction is of the raw score.</summary>
public enum NumberLink
{
    /// <summary>The score itself.</summary>
    Identity,

    /// <summary>Its exponential: scores are logarithms of the mean, and columns act by factors.</summary>
    Log,
}

/// <summary>A number predicted from a sum over columns: the sum itself, or its exponential.</summary>
public sealed class LinearNumberModel : LinearModel, IOnnxModel
{
    /// <summary>Scores beyond this are taken for this: exponentials stay finite.</summary>
    private const double LargestLogarithm = 700;

    internal LinearNumberModel(string algorithm, NumberLink link, ModelSignature signature, double[] coefficients, double intercept, double[] featureMeans, SolverEnding ending)
        : base(signature, coefficients, [intercept], featureMeans, ending.Notes) =>
        (Algorithm, Link, Converged, Iterations) = (algorithm, link, ending.Converged, ending.Iterations);

    private LinearNumberModel(ModelReader reader, string algorithm)
        : base(reader)
    {
        (Algorithm, Link) = (algorithm, reader.Get<NumberLink>("link"));
        (Converged, Iterations) = (reader.Get<bool>("converged"), reader.Get<int>("iterations"));
        if (Signature.Task != LearningTask.Regression || !Enum.IsDefined(Link))
        {
            throw new ModelFileException("The signature of the linear regression in the model file has classes, or its link is unknown.");
        }
    }

    public override string Algorithm { get; }

    public NumberLink Link { get; }

    /// <summary>Whether the solver met its stopping rule; if not, a note says how far it came.</summary>
    public bool Converged { get; }

    /// <summary>Steps of the solver; 0 for a solution in closed form.</summary>
    public int Iterations { get; }

    public static LinearNumberModel Read(ModelReader reader, string algorithm) => new(reader, algorithm);

    public override Predictions Predict(Frame rows, int threads = 1)
    {
        double[] scores = RawScores(rows, threads);
        return Link == NumberLink.Identity
            ? Predictions.OfNumbers(scores)
            : Predictions.OfNumbers([.. scores.Select(score => Math.Exp(Math.Clamp(score, -LargestLogarithm, LargestLogarithm)))], scores);
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        OnnxValue scores = RawScores(rows);
        return new OnnxAnswer(Link == NumberLink.Identity ? scores : scores.Within(-LargestLogarithm, LargestLogarithm).To("Exp"), scores);
    }

    public override void Write(ModelWriter writer)
    {
        base.Write(writer);
        writer.Set("link", Link);
        writer.Set("converged", Converged);
        writer.Set("iterations", Iterations);
    }
}
