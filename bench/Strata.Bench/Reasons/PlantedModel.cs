using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Tensors;

namespace Strata.Bench.Reasons;

/// <summary>How what a planted model says depends on its columns.</summary>
internal enum PlantedKind
{
    /// <summary>A weighted sum.</summary>
    Line,

    /// <summary>The probability that belongs to a weighted sum.</summary>
    Logistic,

    /// <summary>A weighted sum of steps, waves and saturating curves.</summary>
    Bent,

    /// <summary>A weighted sum, and products of neighbouring columns in it.</summary>
    Joined,
}

/// <summary>A function of some of its columns, the others idle, so that it is known what an explanation has to find.</summary>
internal sealed class PlantedModel : IModel
{
    private readonly PlantedKind kind;
    private readonly double[] weights;

    public PlantedModel(PlantedKind kind, Schema features, RandomSource random)
    {
        this.kind = kind;
        int[] places = [.. Enumerable.Range(0, features.Columns.Count)];
        random.Shuffle<int>(places);
        Planted = [.. places.Take(2 + random.NextInt(4))];
        weights = [.. Planted.Select(_ => (random.NextDouble() < 0.5 ? -1 : 1) * (1 + random.NextDouble()))];
        Signature = kind == PlantedKind.Logistic ? new ModelSignature(LearningTask.BinaryClassification, "y", ["no", "yes"], features) : new ModelSignature(LearningTask.Regression, "y", [], features);
    }

    /// <summary>The columns that it looks at, two to five.</summary>
    public IReadOnlyList<int> Planted { get; }

    public string Algorithm => "planted";

    public ModelSignature Signature { get; }

    public Predictions Predict(Frame rows, int threads = 1)
    {
        Frame frame = Signature.Features.Conform(rows);
        double[] values = [.. Enumerable.Range(0, frame.RowCount).Select(row => Of([.. Planted.Select(column => frame.Columns[column].NumberAt(row))]))];
        return kind != PlantedKind.Logistic ? Predictions.OfNumbers(values) : Predictions.OfProbabilities(Signature.Classes, values, [.. values.SelectMany(value => new[] { 1 - value, value })]);
    }

    public void Write(ModelWriter writer) => throw new NotSupportedException("A planted model is not kept.");

    private double Of(double[] x)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double bent = kind != PlantedKind.Bent ? x[i] : (i % 3) switch { 0 => x[i] > 0 ? 1 : -1, 1 => Math.Sin(1.5 * x[i]), _ => Math.Tanh(2 * x[i]) };
            sum += weights[i] * bent + (kind == PlantedKind.Joined && i > 0 ? 0.7 * x[i] * x[i - 1] : 0);
        }

        return kind == PlantedKind.Logistic ? 1 / (1 + Math.Exp(-sum)) : sum;
    }
}
