using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Preparation;

namespace Strata.Learning.Neighbors;

/// <summary>Answers by the nearest of the rows that it keeps.</summary>
public sealed class NearestNeighborsModel : IModel, IOnnxModel
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

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        if (this.rows.Sparse is not null)
        {
            throw new DataException("Nearest neighbours of a sparse table have no ONNX form: ONNX has no sparse products.");
        }

        if (recipe is { Metric: NeighborMetric.Cosine, Weights: NeighborWeights.Distance })
        {
            throw new DataException("Neighbours by cosine that count by one over their distance have no ONNX form: near 0 a cosine's distance is rounding, by which other programs round otherwise. With uniform weights they have one.");
        }

        (OnnxValue distances, OnnxValue places) = recipe.Metric.Distances(rows.Numbers(), this.rows.Points, Signature.Features.Columns.Count).Nearest(rowsToFind);
        OnnxGraph graph = rows.Graph;
        int count = this.rows.Answers.Length;
        OnnxValue weights = graph.Constant("weights", OnnxElement.Double, [count], this.rows.Weights ?? [.. Enumerable.Repeat(1.0, count)]).Gather(places);

        // Of each neighbour the part that is still missing when all nearer ones are taken.
        OnnxValue before = weights.To("CumSum", graph.Number(OnnxElement.Int64, 1)) - weights, left = (recipe.Neighbors - before).To("Max", weights.Same(0)), shares = left.To("Min", weights);
        if (recipe.Weights == NeighborWeights.Distance)
        {
            OnnxValue nearest = distances.Slice(1, 0, 1), isAtZero = nearest.IsEqualTo(0), zero = distances.Same(0), one = distances.Same(1);
            shares *= isAtZero.Choose(distances.IsEqualTo(0).As(OnnxElement.Double), nearest / distances.IsAbove(0).Choose(distances, one));
        }

        int width = Math.Max(1, Signature.Classes.Count);
        OnnxValue answers = graph.Constant("answers", OnnxElement.Double, [count, width], this.rows.Answers.SelectMany(answer =>
            Signature.Task.IsClassification() ? Enumerable.Range(0, width).Select(code => code == (int)answer ? 1.0 : 0) : [answer]));
        OnnxValue sums = (answers.Gather(places) * shares.Reshape(0, -1, 1)).Sum(1).Reshape(-1, width);
        OnnxValue values = sums / shares.Sum(1);
        return new OnnxAnswer(values, width == 2 ? values.Slice(1, 1, 2) : values);
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
