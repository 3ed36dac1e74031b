using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;

namespace Strata.Learning.Neighbors;

/// <summary>Answers by the nearest of the rows that it keeps.</summary>
public sealed class NearestNeighborsModel : IModel
{
    private readonly NearestNeighbors recipe;
    private readonly NeighborRows rows;
    private readonly INeighborIndex index;
    private readonly int rowsToFind;

    internal NearestNeighborsModel(ModelSignature signature, NearestNeighbors recipe, NeighborRows rows, IReadOnlyList<string> notes)
    {
        (Signature, Notes, this.recipe, this.rows) = (signature, notes, recipe, rows);
        index = rows.Sparse is SparseRows sparse ? new SparseNeighborIndex(sparse, recipe.Metric) : new NeighborIndex(rows.Points, signature.Features.Columns.Count, recipe.Metric);
        rowsToFind = rows.RowsFor(recipe.Neighbors);
    }

    public string Algorithm => NearestNeighbors.AlgorithmName;

    public ModelSignature Signature { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <summary>How many training rows it keeps: those with weight.</summary>
    public int RowCount => rows.Answers.Length;

    public static NearestNeighborsModel Read(ModelReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ModelSignature signature = ModelSignature.Read(reader);
        string?[] notes = reader.Get<string?[]>("notes");
        var recipe = new NearestNeighbors { Neighbors = reader.Get<int>("neighbors"), Weights = reader.Get<NeighborWeights>("neighbor_weights"), Metric = reader.Get<NeighborMetric>("metric") };
        if (!signature.Task.HasTarget() || recipe.Neighbors < 1 || !Enum.IsDefined(recipe.Weights) || !Enum.IsDefined(recipe.Metric) || notes.Contains(null))
        {
            throw new ModelFileException("The nearest neighbours in the model file are set as they cannot be.");
        }

        return new NearestNeighborsModel(signature, recipe, NeighborRows.Read(reader, signature), notes!);
    }

    public Predictions Predict(Frame rows, int threads = 1)
    {
        Frame fitting = Signature.Features.Conform(rows);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) };
        CompleteNumbers.Check(fitting, NearestNeighbors.Learner, options);
        int classes = Signature.Classes.Count, width = Math.Max(1, classes);
        var answers = new double[fitting.RowCount * width];
        index.Search(fitting, rowsToFind, options, (query, distances, points) => Answer(distances, points, answers.AsSpan(query * width, width)));
        return Signature.Task switch
        {
            LearningTask.Regression => Predictions.OfNumbers(answers),
            LearningTask.BinaryClassification => Predictions.OfProbabilities(Signature.Classes, [.. Enumerable.Range(0, fitting.RowCount).Select(row => answers[2 * row + 1])], answers),
            _ => Predictions.OfProbabilities(Signature.Classes, answers, answers),
        };
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("neighbors", recipe.Neighbors);
        writer.Set("neighbor_weights", recipe.Weights);
        writer.Set("metric", recipe.Metric);
        writer.Set("notes", Notes);
        rows.Write(writer);
    }

    /// <summary>Takes neighbours until their weights come to the number asked for; of the last, the part that is still missing.</summary>
    private void Answer(ReadOnlySpan<double> distances, ReadOnlySpan<int> points, Span<double> answer)
    {
        bool byDistance = recipe.Weights == NeighborWeights.Distance, isAtZero = byDistance && distances[0] == 0;
        double left = recipe.Neighbors, total = 0;
        for (int i = 0; i < points.Length && left > 0; i++)
        {
            double share = Math.Min(left, rows.Weights?[points[i]] ?? 1);
            left -= share;
            if (byDistance)
            {
                // Relative to the nearest, so that tiny distances do not overflow.
                share *= isAtZero ? (distances[i] == 0 ? 1 : 0) : distances[0] / distances[i];
            }

            total += share;
            answer[Signature.Task.IsClassification() ? (int)rows.Answers[points[i]] : 0] += Signature.Task.IsClassification() ? share : share * rows.Answers[points[i]];
        }

        foreach (ref double sum in answer)
        {
            sum /= total;
        }
    }
}
