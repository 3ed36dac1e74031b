using Strata.Learning.Clusters;
using Strata.Learning.Data;

namespace Strata.Learning.Explanation;

/// <summary>The numbers of a model that are explained, in the same order for every row.</summary>
internal sealed class ModelOutputs
{
    private readonly IModel model;
    private readonly ExplainedOutput explained;
    private readonly int clusters;

    public ModelOutputs(IModel model, ExplainedOutput explained)
    {
        (this.model, this.explained) = (model, explained);
        if (!IsOfClusters)
        {
            Names = model.Signature.OutputNames;
            return;
        }

        ClusterModel learner = (Importance.PipelineOf(model)?.Learner ?? model) as ClusterModel
            ?? throw new DataException($"How many clusters a '{model.Algorithm}' model tells apart is not known; explain its raw score.");
        clusters = learner.ClusterCount;
        Names = [.. Enumerable.Range(0, clusters).Select(cluster => cluster.ToString(System.Globalization.CultureInfo.InvariantCulture)), .. learner is DbscanModel ? [Predictions.Noise] : Array.Empty<string>()];
    }

    /// <summary>The target's name for one output, else the classes or clusters.</summary>
    public IReadOnlyList<string> Names { get; }

    public int Count => Names.Count;

    private bool IsOfClusters => explained == ExplainedOutput.Prediction && model.Signature.Task == LearningTask.Clustering;

    /// <summary>Row-major [rows, outputs].</summary>
    public double[] Of(Frame rows, FitContext context) => Of(model.Predict(rows, context));

    /// <summary>Row-major [rows, outputs].</summary>
    public double[] Of(Predictions predictions)
    {
        if (explained == ExplainedOutput.RawScore)
        {
            return predictions.RawScores;
        }

        return predictions.Task switch
        {
            LearningTask.BinaryClassification => [.. Enumerable.Range(0, predictions.RowCount).Select(row => predictions.Values[2 * row + 1])],
            LearningTask.Clustering => Belonging(predictions.Values),
            _ => predictions.Values,
        };
    }

    /// <summary>1 for each row's cluster, else 0; noise is the last.</summary>
    private double[] Belonging(double[] cluster)
    {
        var belonging = new double[cluster.Length * Count];
        for (int row = 0; row < cluster.Length; row++)
        {
            int own = cluster[row] < 0 ? clusters : (int)cluster[row];
            if (own < Count)
            {
                belonging[row * Count + own] = 1;
            }
        }

        return belonging;
    }
}
