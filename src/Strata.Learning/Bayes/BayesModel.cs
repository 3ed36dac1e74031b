using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Preparation;

namespace Strata.Learning.Bayes;

/// <summary>
/// Classes by Bayes' rule: the probability of a class is its share times the density of the row within it. Raw scores are the logarithms of these
/// products, for two classes the second's less the first's.
/// </summary>
public abstract class BayesModel : IModel, IOnnxModel
{
    internal const string Learner = "a model of classes by Bayes' rule";
    private const double Least = -1e300;
    private const int ChunkRows = 1024;

    private protected BayesModel(ModelSignature signature, double[] logPriors, IReadOnlyList<string> notes) => (Signature, LogPriors, Notes) = (signature, logPriors, notes);

    private protected BayesModel(ModelReader reader)
    {
        Signature = ModelSignature.Read(reader);
        LogPriors = reader.Tensor<double>("log_priors", Signature.Classes.Count);
        string?[] notes = reader.Get<string?[]>("notes");
        if (!Signature.Task.IsClassification() || notes.Contains(null) || Signature.Features.Columns.Count == 0
            || LogPriors.Any(prior => double.IsNaN(prior) || prior > 0) || !(LogPriors.Max() > Least))
        {
            throw new ModelFileException("The model file's classes, their shares or its notes are not what Bayes' rule can take.");
        }

        Notes = notes!;
    }

    public abstract string Algorithm { get; }

    public ModelSignature Signature { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <summary>The logarithm of each class's share; minus infinity for a class that was not seen.</summary>
    public double[] LogPriors { get; }

    public Predictions Predict(Frame rows, int threads = 1)
    {
        Frame fitting = Signature.Features.Conform(rows);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) };
        CompleteNumbers.Check(fitting, Learner, options);
        Action<int, double[]>? addOfEntries = SparseRows.TryOf(fitting) is SparseRows sparse ? LogDensitiesOf(sparse) : null;
        double[] values = addOfEntries is null ? CompleteNumbers.RowMajor(fitting) : [];
        int classes = Signature.Classes.Count, columns = fitting.ColumnCount, outputs = Signature.OutputCount, rowCount = fitting.RowCount;
        double[] probabilities = new double[rowCount * classes], raw = new double[rowCount * outputs];
        Parallel.For(0, (rowCount + ChunkRows - 1) / ChunkRows, options, chunk =>
        {
            var joint = new double[classes];
            for (int row = chunk * ChunkRows; row < Math.Min(rowCount, (chunk + 1) * ChunkRows); row++)
            {
                LogPriors.CopyTo(joint, 0);
                if (addOfEntries is null)
                {
                    AddLogDensities(values.AsSpan(row * columns, columns), joint);
                }
                else
                {
                    addOfEntries(row, joint);
                }

                Normalize(joint, probabilities.AsSpan(row * classes, classes));
                if (outputs == 1)
                {
                    raw[row] = joint[1] - joint[0];
                }
                else
                {
                    joint.CopyTo(raw, row * classes);
                }
            }
        });
        return Predictions.OfProbabilities(Signature.Classes, raw, probabilities);
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        OnnxValue densities = LogDensities(rows.Numbers());
        OnnxValue joint = densities.To("Max", densities.Same(Least)) + rows.Graph.Constant("log_priors", OnnxElement.Double, [LogPriors.Length], LogPriors);
        return new OnnxAnswer(joint.Softmax(), LogPriors.Length == 2 ? joint.Slice(1, 1, 2) - joint.Slice(1, 0, 1) : joint);
    }

    public virtual void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("notes", Notes);
        writer.Tensor("log_priors", LogPriors);
    }

    /// <summary>Adds to each class's place the logarithm of the density of the row within the class, up to a number that is the same for all classes.</summary>
    private protected abstract void AddLogDensities(ReadOnlySpan<double> row, Span<double> joint);

    /// <summary>The same inside a graph: float64 [rows, classes] of float64 [rows, columns].</summary>
    private protected abstract OnnxValue LogDensities(OnnxValue rows);

    /// <summary>What does for a row of a sparse table as <see cref="AddLogDensities"/> does for one in full, by its entries; null where rows are needed in full.</summary>
    private protected virtual Action<int, double[]>? LogDensitiesOf(SparseRows rows) => null;

    /// <summary>Softmax; a class that was not seen stays impossible, and densities too small for a double are equally small.</summary>
    private void Normalize(Span<double> joint, Span<double> probabilities)
    {
        double largest = double.NegativeInfinity, total = 0;
        for (int k = 0; k < joint.Length; k++)
        {
            joint[k] = double.IsNegativeInfinity(LogPriors[k]) ? double.NegativeInfinity : Math.Max(joint[k], Least);
            largest = Math.Max(largest, joint[k]);
        }

        for (int k = 0; k < joint.Length; k++)
        {
            total += probabilities[k] = Math.Exp(joint[k] - largest);
        }

        foreach (ref double probability in probabilities)
        {
            probability /= total;
        }
    }
}
