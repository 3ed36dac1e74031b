using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;

namespace Strata.Learning.Neighbors;

/// <summary>The training rows, which are all that the model knows.</summary>
/// <param name="Points">Row-major [rows, columns]; empty where they are sparse.</param>
/// <param name="Sparse">The rows of a sparse table; null for one in full.</param>
/// <param name="Answers">The class code or number of each row.</param>
/// <param name="Weights">Positive, one a row; null for one each.</param>
internal sealed record NeighborRows(double[] Points, SparseRows? Sparse, double[] Answers, double[]? Weights)
{
    private const string Starts = "point_starts", Columns = "point_columns", Values = "point_values", Common = "point_common";

    public static NeighborRows Of(TrainingTable table)
    {
        SparseRows? sparse = SparseRows.TryOf(table.Features);
        return new(
            sparse is null ? CompleteNumbers.RowMajor(table.Features) : [],
            sparse,
            table.Target is NumberTarget numbers ? numbers.Values : [.. ((ClassTarget)table.Target).Codes.Select(code => (double)code)],
            table.Weights);
    }

    public static NeighborRows Read(ModelReader reader, ModelSignature signature)
    {
        double[] answers = reader.Tensor<double>("answers", -1);
        int columns = signature.Features.Columns.Count;
        SparseRows? sparse = reader.HasTensor(Starts) ? ReadSparse(reader, answers.Length, columns) : null;
        double[] points = sparse is null ? reader.Tensor<double>("points", answers.Length, columns) : [];
        double[]? weights = reader.HasTensor("weights") ? reader.Tensor<double>("weights", answers.Length) : null;
        bool areAnswers = signature.Task.IsClassification()
            ? answers.All(answer => answer >= 0 && answer < signature.Classes.Count && answer == Math.Floor(answer))
            : FiniteNumbers.AllWithin(answers);
        return answers.Length > 0 && (sparse is not null || points.Length > 0) && areAnswers && FiniteNumbers.AllWithin(points) && weights?.All(weight => weight > 0 && double.IsFinite(weight)) != false
            ? new NeighborRows(points, sparse, answers, weights)
            : throw new ModelFileException("The rows of the nearest neighbours in the model file are not what rows can be.");
    }

    public void Write(ModelWriter writer)
    {
        if (Sparse is null)
        {
            writer.Tensor("points", Points, Answers.Length, Points.Length / Answers.Length);
        }
        else
        {
            writer.Tensor(Starts, Sparse.Starts);
            writer.Tensor(Columns, Sparse.Columns);
            writer.Tensor(Values, Sparse.Values);
            writer.Tensor(Common, Sparse.Common ?? new double[Sparse.ColumnCount]);
        }

        writer.Tensor("answers", Answers);
        if (Weights is not null)
        {
            writer.Tensor("weights", Weights);
        }
    }

    private static SparseRows ReadSparse(ModelReader reader, int rowCount, int columnCount)
    {
        int[] starts = reader.Tensor<int>(Starts, rowCount + 1), columns = reader.Tensor<int>(Columns, -1);
        double[] values = reader.Tensor<double>(Values, columns.Length), common = reader.Tensor<double>(Common, columnCount);
        bool fit = rowCount > 0 && columnCount > 0 && starts[0] == 0 && starts[^1] == columns.Length && FiniteNumbers.AllWithin(values) && FiniteNumbers.AllWithin(common);
        for (int row = 0; fit && row < rowCount; row++)
        {
            fit = starts[row] <= starts[row + 1] && starts[row + 1] <= columns.Length;
            for (int at = starts[row], last = -1; fit && at < starts[row + 1]; last = columns[at++])
            {
                fit = columns[at] > last && columns[at] < columnCount;
            }
        }

        return fit
            ? new SparseRows(columnCount, starts, columns, values, common.AsSpan().ContainsAnyExcept(0.0) ? common : null)
            : throw new ModelFileException("The sparse rows of the nearest neighbours in the model file are not what rows can be.");
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
