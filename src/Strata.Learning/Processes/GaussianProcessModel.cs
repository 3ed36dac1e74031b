using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Preparation;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Processes;

/// <summary>A curve as a sum of kernels around the training rows, and how sure it is of every prediction.</summary>
public sealed class GaussianProcessModel : IModel, IOnnxModel
{
    private readonly double[] points, weights, solution;
    private readonly double targetMean, targetSpread;
    private readonly double[] at;
    private readonly Lazy<Cholesky> factor;

    internal GaussianProcessModel(ModelSignature signature, ProcessKernel kernel, ProcessRows rows, LikelihoodAscent ascent, double[] solution, IReadOnlyList<string> notes)
    {
        (Signature, Kernel, points, weights, this.solution, at) = (signature, kernel, rows.Points, rows.Weights, solution, ascent.At);
        (targetMean, targetSpread, LogMarginalLikelihood, Converged, Notes) = (rows.TargetMean, rows.TargetSpread, ascent.Value, ascent.Converged, notes);
        factor = new Lazy<Cholesky>(Factor);
    }

    private GaussianProcessModel(ModelReader reader)
    {
        Signature = ModelSignature.Read(reader);
        Kernel = reader.Get<ProcessKernel>("kernel");
        weights = reader.Tensor<double>("weights", -1);
        points = reader.Tensor<double>("points", weights.Length, Signature.Features.Columns.Count);
        solution = reader.Tensor<double>("solution", weights.Length);
        at = reader.Tensor<double>("logarithms", 3);
        (targetMean, targetSpread) = (reader.Get<double>("target_mean"), reader.Get<double>("target_spread"));
        (LogMarginalLikelihood, Converged) = (reader.Get<double>("log_marginal_likelihood"), reader.Get<bool>("converged"));
        string?[] notes = reader.Get<string?[]>("notes");
        bool areNumbers = points.Length > 0 && FiniteNumbers.AllWithin(points) && FiniteNumbers.AllWithin(solution) && at.All(logarithm => Math.Abs(logarithm) < 100)
            && weights.All(weight => weight > 0 && double.IsFinite(weight)) && Math.Abs(targetMean) < FiniteNumbers.Largest && targetSpread is > 0 and < FiniteNumbers.Largest;
        if (Signature.Task != LearningTask.Regression || !areNumbers || weights.Length > GaussianProcess.MostRows || !Enum.IsDefined(Kernel) || notes.Contains(null))
        {
            throw new ModelFileException("The Gaussian process in the model file is not what one can be.");
        }

        Notes = notes!;
        factor = new Lazy<Cholesky>(Factor);
    }

    public string Algorithm => GaussianProcess.AlgorithmName;

    public ModelSignature Signature { get; }

    public IReadOnlyList<string> Notes { get; }

    public ProcessKernel Kernel { get; }

    /// <summary>In units of the target, squared.</summary>
    public double SignalVariance => Math.Exp(at[0]) * targetSpread * targetSpread;

    /// <summary>In units of the columns.</summary>
    public double LengthScale => Math.Exp(at[1]);

    /// <summary>Of a single measurement, in units of the target, squared.</summary>
    public double NoiseVariance => Math.Exp(at[2]) * targetSpread * targetSpread;

    /// <summary>Of the targets in units of their spread around their mean.</summary>
    public double LogMarginalLikelihood { get; }

    /// <summary>Whether the likelihood was at its top.</summary>
    public bool Converged { get; }

    public static GaussianProcessModel Read(ModelReader reader) => new(reader);

    public Predictions Predict(Frame rows, int threads = 1)
    {
        double[] queries = Queries(rows, threads, out int count);
        var values = new double[count];
        Parallel.For(0, count, Options(threads), row => values[row] = targetMean + targetSpread * VectorKernels.Dot(Alikeness(queries, row), solution));
        return Predictions.OfNumbers(values, new Lazy<double[]>(() => Deviations(queries, count, threads)));
    }

    /// <summary>The standard deviation of a measurement at each row, noise included, in units of the target [rows].</summary>
    /// <exception cref="DataException">A column is missing or holds values of another kind.</exception>
    public double[] StandardDeviations(Frame rows, int threads = 1)
    {
        double[] queries = Queries(rows, threads, out int count);
        return Deviations(queries, count, threads);
    }

    private double[] Deviations(double[] queries, int count, int threads)
    {
        Cholesky known = factor.Value;
        var deviations = new double[count];
        Parallel.For(0, count, Options(threads), row =>
        {
            double[] alike = Alikeness(queries, row);
            known.Whiten(alike);
            double variance = Math.Exp(at[0]) + Math.Exp(at[2]) - VectorKernels.Dot(alike, alike);
            deviations[row] = targetSpread * Math.Sqrt(Math.Max(0, variance));
        });
        return deviations;
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        int columns = Signature.Features.Columns.Count;
        OnnxValue squares = OnnxDistances.Sum(rows.Numbers(), points, columns, away => away * away) * Math.Exp(-2 * at[1]);
        OnnxValue values = (Kernel.Export(squares) * Math.Exp(at[0])).MatrixProduct(rows.Graph.Constant("solution", OnnxElement.Double, [solution.Length, 1], solution)) * targetSpread + targetMean;
        return new OnnxAnswer(values, values);
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("kernel", Kernel);
        writer.Set("target_mean", targetMean);
        writer.Set("target_spread", targetSpread);
        writer.Set("log_marginal_likelihood", LogMarginalLikelihood);
        writer.Set("converged", Converged);
        writer.Set("notes", Notes);
        writer.Tensor("logarithms", at);
        writer.Tensor("weights", weights);
        writer.Tensor("points", points, weights.Length, Signature.Features.Columns.Count);
        writer.Tensor("solution", solution);
    }

    private static ParallelOptions Options(int threads) => new() { MaxDegreeOfParallelism = Math.Max(1, threads) };

    private double[] Queries(Frame rows, int threads, out int count)
    {
        Frame fitting = Signature.Features.Conform(rows);
        CompleteNumbers.Check(fitting, GaussianProcess.Learner, Options(threads));
        count = fitting.RowCount;
        return CompleteNumbers.RowMajor(fitting);
    }

    /// <summary>The kernel of a query with every training row.</summary>
    private double[] Alikeness(double[] queries, int row)
    {
        int columns = Signature.Features.Columns.Count;
        double signal = Math.Exp(at[0]), scale = Math.Exp(-2 * at[1]);
        var alike = new double[weights.Length];
        for (int i = 0; i < alike.Length; i++)
        {
            double square = 0;
            for (int k = 0; k < columns; k++)
            {
                double difference = queries[row * columns + k] - points[i * columns + k];
                square += difference * difference;
            }

            alike[i] = signal * Kernel.Value(square * scale);
        }

        return alike;
    }

    private Cholesky Factor()
    {
        var likelihood = new ProcessLikelihood(Kernel, points, Signature.Features.Columns.Count, new double[weights.Length], weights, within: 0, Options(1));
        return likelihood.TrySolve(at)?.Factor ?? throw new ModelFileException("The rows of the Gaussian process in the model file are no covariance.");
    }
}
