using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;

namespace Strata.Learning.Neighbors;

/// <summary>The training rows, which are all that the model knows.</summary>
/// <param name="Points">Row-major [rows, columns].</param>
/// <param name="Answers">The class code or number of each row.</param>
/// <param name="Weights">Positive, one a row; null for one each.</param>
internal sealed record NeighborRows(double[] Points, double[] Answers, double[]? Weights)
{
    public static NeighborRows Of(TrainingTable table) => new(
        CompleteNumbers.RowMajor(table.Features),
        table.Target is NumberTarget numbers ? numbers.Values : [.. ((ClassTarget)table.Target).Codes.Select(code => (double)code)],
        table.Weights);

    public static NeighborRows Read(ModelReader reader, ModelSignature signature)
    {
        double[] answers = reader.Tensor<double>("answers", -1);
        double[] points = reader.Tensor<double>("points", answers.Length, signature.Features.Columns.Count);
        double[]? weights = reader.HasTensor("weights") ? reader.Tensor<double>("weights", answers.Length) : null;
        bool areAnswers = signature.Task.IsClassification()
            ? answers.All(answer => answer >= 0 && answer < signature.Classes.Count && answer == Math.Floor(answer))
            : FiniteNumbers.AllWithin(answers);
        return answers.Length > 0 && points.Length > 0 && areAnswers && FiniteNumbers.AllWithin(points) && weights?.All(weight => weight > 0 && double.IsFinite(weight)) != false
            ? new NeighborRows(points, answers, weights)
            : throw new ModelFileException("The rows of the nearest neighbours in the model file are not what rows can be.");
    }

    public void Write(ModelWriter writer)
    {
        writer.Tensor("points", Points, Answers.Length, Points.Length / Answers.Length);
        writer.Tensor("answers", Answers);
        if (Weights is not null)
        {
            writer.Tensor("weights", Weights);
        }
    }

    /// <summary>How many rows may be needed until their weights come to so many neighbours.</summary>
    public int RowsFor(int neighbors)
    {
        if (Weights is null)
        {
            return Math.Min(neighbors, Answers.Length);
        }

        double sum = 0;
        int count = 0;
        foreach (double weight in Weights.Order().TakeWhile(_ => sum < neighbors))
        {
            sum += weight;
            count++;
        }

        return count;
    }
}
