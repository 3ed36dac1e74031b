using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Linear;

/// <summary>A model whose raw scores are sums over the columns: score k = intercept k + sum over j of coefficient [k, j] times column j.</summary>
public abstract class LinearModel : IModel
{
    private protected LinearModel(ModelSignature signature, double[] coefficients, double[] intercepts, double[] featureMeans, IReadOnlyList<string> notes)
    {
        (Signature, Coefficients, Intercepts, FeatureMeans, Notes) = (signature, coefficients, intercepts, featureMeans, notes);
    }

    private protected LinearModel(ModelReader reader)
    {
        Signature = ModelSignature.Read(reader);
        int outputs = Signature.OutputCount, columns = Signature.Features.Columns.Count;
        Coefficients = reader.Tensor<double>("coefficients", outputs, columns);
        Intercepts = reader.Tensor<double>("intercepts", outputs);
        FeatureMeans = reader.Tensor<double>("feature_means", columns);
        string?[] notes = reader.Get<string?[]>("notes");
        if (!Coefficients.Concat(Intercepts).Concat(FeatureMeans).All(double.IsFinite) || notes.Contains(null))
        {
            throw new ModelFileException("A number of the linear model in the model file is not finite, or a note is null.");
        }

        Notes = notes!;
    }

    public abstract string Algorithm { get; }

    public ModelSignature Signature { get; }

    /// <summary>Row-major [outputs, columns], in units of the raw score per unit of the column.</summary>
    public double[] Coefficients { get; }

    /// <summary>One an output.</summary>
    public double[] Intercepts { get; }

    /// <summary>Weighted mean of each column over the training rows: where a column's contribution is zero.</summary>
    public double[] FeatureMeans { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <exception cref="DataException">The model has no such column.</exception>
    public double CoefficientOf(string column, int output = 0)
    {
        IReadOnlyList<SchemaColumn> columns = Signature.Features.Columns;
        for (int j = 0; j < columns.Count; j++)
        {
            if (columns[j].Name == column)
            {
                return Coefficients[output * columns.Count + j];
            }
        }

        throw DataException.NoSuchColumn(column, Signature.Features.Names);
    }

    public abstract Predictions Predict(Frame rows, int threads = 1);

    public virtual void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("notes", Notes);
        writer.Tensor("coefficients", Coefficients, Intercepts.Length, FeatureMeans.Length);
        writer.Tensor("intercepts", Intercepts);
        writer.Tensor("feature_means", FeatureMeans);
    }

    /// <summary>Inside a graph: float64 [rows, outputs].</summary>
    private protected OnnxValue RawScores(OnnxTable rows)
    {
        int outputs = Intercepts.Length, columns = FeatureMeans.Length;
        OnnxValue weights = rows.Graph.Constant("coefficients", OnnxElement.Double, [columns, outputs], Enumerable.Range(0, columns * outputs).Select(i => Coefficients[i % outputs * columns + i / outputs]));
        return rows.Numbers().MatrixProduct(weights) + rows.Graph.Constant("intercepts", OnnxElement.Double, [outputs], Intercepts);
    }

    /// <summary>Row-major [rows, outputs].</summary>
    private protected double[] RawScores(Frame rows, int threads)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) };
        DesignMatrix matrix = DesignMatrix.ToScore(Signature.Features.Conform(rows), options);
        int outputs = Intercepts.Length;
        var scores = new double[matrix.RowCount * outputs];
        RowChunks.Of(matrix).ForEach(options, (_, start, end) =>
        {
            var block = new DesignBlock(matrix.ColumnCount);
            var z = new double[Math.Min(matrix.BlockRows, end - start)];
            for (int row = start; row < end; row += matrix.BlockRows)
            {
                matrix.Read(row, Math.Min(matrix.BlockRows, end - row), block);
                for (int k = 0; k < outputs; k++)
                {
                    z.AsSpan().Fill(Intercepts[k]);
                    LinearKernels.AddScores(block, Coefficients.AsSpan(k * matrix.ColumnCount, matrix.ColumnCount), z);
                    for (int i = 0; i < block.Count; i++)
                    {
                        scores[(row + i) * outputs + k] = z[i];
                    }
                }
            }
        });
        return scores;
    }
}
