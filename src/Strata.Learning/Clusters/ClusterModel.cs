using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;

namespace Strata.Learning.Clusters;

/// <summary>Tells the cluster of rows, those it learned from and others.</summary>
public abstract class ClusterModel : IModel
{
    private protected ClusterModel(ModelSignature signature, IReadOnlyList<string> notes) => (Signature, Notes) = (signature, notes);

    private protected ClusterModel(ModelReader reader)
    {
        Signature = ModelSignature.Read(reader);
        string?[] notes = reader.Get<string?[]>("notes");
        if (Signature.Task != LearningTask.Clustering || Signature.Features.Columns.Count == 0 || notes.Contains(null))
        {
            throw new ModelFileException("The signature of the clusters in the model file is of something else, or a note is null.");
        }

        Notes = notes!;
    }

    public abstract string Algorithm { get; }

    public ModelSignature Signature { get; }

    public IReadOnlyList<string> Notes { get; }

    public abstract int ClusterCount { get; }

    private protected virtual bool MeasuresProbability => false;

    public Predictions Predict(Frame rows, int threads = 1)
    {
        Frame fitting = Signature.Features.Conform(rows);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) };
        CompleteNumbers.Check(fitting, ClusterRows.Learner, options);
        double[] values = CompleteNumbers.RowMajor(fitting), clusters = new double[fitting.RowCount], measures = new double[fitting.RowCount];
        int columns = fitting.ColumnCount;
        RowShares.ForEach(fitting.RowCount, options, (_, start, end) =>
        {
            for (int row = start; row < end; row++)
            {
                (clusters[row], measures[row]) = Assign(values.AsSpan(row * columns, columns));
            }
        });
        return Predictions.OfClusters(clusters, measures, MeasuresProbability);
    }

    public virtual void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("notes", Notes);
    }

    /// <summary>The cluster of a row, -1 for none, and its distance from it or its probability.</summary>
    private protected abstract (int Cluster, double Measure) Assign(ReadOnlySpan<double> row);
}
