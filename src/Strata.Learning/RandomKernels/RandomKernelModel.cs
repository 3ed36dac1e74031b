using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Tensors.Kernels;

namespace Strata.Learning.RandomKernels;

/// <summary>Fixed kernels and a ridge regression on what they find in a series.</summary>
public sealed class RandomKernelModel : IModel, IOnnxModel
{
    private readonly SeriesLayout layout;
    private readonly ChannelScale scale;
    private readonly KernelBank bank;
    private readonly BesideColumns beside;
    private readonly RidgeSolution ridge;
    private readonly double sharpness;

    internal RandomKernelModel(string algorithm, ModelSignature signature, ChannelScale scale, KernelBank bank, BesideColumns beside, RidgeSolution ridge, double sharpness, IReadOnlyList<string> notes)
    {
        (Algorithm, Signature, Notes) = (algorithm, signature, notes);
        (this.scale, this.bank, this.beside, this.ridge, this.sharpness) = (scale, bank, beside, ridge, sharpness);
        layout = SeriesLayout.Of(signature.Features);
    }

    public string Algorithm { get; }

    public ModelSignature Signature { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <summary>The penalty a row of the ridge regression.</summary>
    public double Alpha => ridge.Alpha;

    /// <summary>How many numbers a series is turned into, those of columns beside it included.</summary>
    public int FeatureCount => bank.FeatureCount + beside.FeatureCount;

    internal static RandomKernelModel Read(ModelReader reader, string algorithm, Func<ModelReader, int, KernelBank> readBank)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ModelSignature signature = ModelSignature.Read(reader);
        if (!signature.Task.HasTarget())
        {
            throw new ModelFileException("The signature of the random kernels in the model file has no target.");
        }

        SeriesLayout layout = LayoutOf(signature);
        KernelBank bank = readBank(reader.Section("kernels"), layout.ChannelCount);
        BesideColumns beside = BesideColumns.Read(reader, signature.Features, layout);
        int outputs = signature.OutputCount, features = bank.FeatureCount + beside.FeatureCount;
        double[] coefficients = reader.Tensor<double>("coefficients", outputs, features), intercepts = reader.Tensor<double>("intercepts", outputs), means = reader.Tensor<double>("target_means", outputs);
        (double alpha, double sharpness) = (reader.Get<double>("alpha"), reader.Get<double>("sharpness"));
        if (!coefficients.Concat(intercepts).Concat(means).All(number => Math.Abs(number) < 1e200) || !double.IsFinite(alpha) || !(sharpness > 0) || !double.IsFinite(sharpness))
        {
            throw new ModelFileException("A number of the ridge regression in the model file is not usable.");
        }

        var ridge = new RidgeSolution(alpha, coefficients, intercepts, means, []);
        return new RandomKernelModel(algorithm, signature, ChannelScale.Read(reader, layout.ChannelCount), bank, beside, ridge, sharpness, reader.Items<string>("notes"));
    }

    public Predictions Predict(Frame rows, int threads = 1)
    {
        Frame conformed = Signature.Features.Conform(rows);
        double[] scores = Scores(conformed, threads);
        if (!Signature.Task.IsClassification())
        {
            return Predictions.OfNumbers(scores);
        }

        int classes = Signature.Classes.Count, outputs = Signature.OutputCount;
        var probabilities = new double[conformed.RowCount * classes];
        for (int row = 0; row < conformed.RowCount; row++)
        {
            Span<double> own = probabilities.AsSpan(row * classes, classes);
            if (outputs == 1)
            {
                ScoreSharpness.Softmax([0, scores[row]], 1, own);
                continue;
            }

            ScoreSharpness.Softmax(scores.AsSpan(row * classes, classes), 1, own);
        }

        return Predictions.OfProbabilities(Signature.Classes, scores, probabilities);
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        writer.Set("notes", Notes);
        writer.Set("scale", scale);
        writer.Set("alpha", Alpha);
        writer.Set("sharpness", sharpness);
        bank.Write(writer.Section("kernels"));
        beside.Write(writer);
        writer.Tensor("coefficients", ridge.Coefficients, ridge.Intercepts.Length, FeatureCount);
        writer.Tensor("intercepts", ridge.Intercepts);
        writer.Tensor("target_means", ridge.TargetMeans);
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        SeriesGraph series = SeriesGraph.Of(rows, layout, scale);
        OnnxGraph graph = rows.Graph;
        int outputs = Signature.OutputCount, count = FeatureCount;
        OnnxValue features = graph.Join([bank.Export(series), .. beside.Export(rows)]).As(OnnxElement.Double);
        OnnxValue coefficients = graph.Constant("coefficients", OnnxElement.Double, [count, outputs], from feature in Enumerable.Range(0, count) from k in Enumerable.Range(0, outputs) select ridge.Coefficients[k * count + feature]);
        OnnxValue told = features.MatrixProduct(coefficients) + graph.Constant("intercepts", OnnxElement.Double, [1, outputs], ridge.Intercepts);

        // Of a row without a series nothing is known.
        OnnxValue scores = series.Lengths.Reshape(-1, 1).IsAbove(0).Choose(told, graph.Constant("target_means", OnnxElement.Double, [1, outputs], ridge.TargetMeans));
        return Signature.Task.IsClassification() ? OnnxAnswer.OfLogOdds(scores * sharpness, Signature.Classes.Count) : new OnnxAnswer(scores, scores);
    }

    private static SeriesLayout LayoutOf(ModelSignature signature)
    {
        try
        {
            return SeriesLayout.Of(signature.Features);
        }
        catch (DataException e)
        {
            throw new ModelFileException($"The model file has kernels for series, but its signature has none: {e.Message}", e);
        }
    }

    /// <summary>Raw scores [rows, outputs].</summary>
    private double[] Scores(Frame rows, int threads)
    {
        SeriesRows series = SeriesRows.Of(rows, layout);
        series.Scale(scale);
        int outputs = Signature.OutputCount, longest = series.LongestSteps;
        var scores = new double[rows.RowCount * outputs];
        using var team = new ThreadTeam(Math.Clamp(threads, 1, Math.Max(1, rows.RowCount)));
        var scratch = new Scratch?[team.Size];
        try
        {
            team.Run(rows.RowCount, (row, member) =>
            {
                Scratch own = scratch[member] ??= new Scratch(bank.Scratch(series.ChannelCount, longest), FeatureCount);
                Score(rows, series, row, longest, own, scores.AsSpan(row * outputs, outputs));
            });
        }
        finally
        {
            foreach (Scratch? one in scratch)
            {
                one?.Dispose();
            }
        }

        return scores;
    }

    private void Score(Frame rows, SeriesRows series, int row, int longest, Scratch own, Span<double> scores)
    {
        double unit = Signature.Task.IsClassification() ? sharpness : 1;
        bool isMissing = series.StepsOf(row) == 0;
        if (!isMissing)
        {
            bank.Transform(series, row, longest, own.Kernels, own.Features.AsSpan(0, bank.FeatureCount));
            beside.Fill(rows, row, own.Features.AsSpan(bank.FeatureCount));
            for (int j = 0; j < own.Features.Length; j++)
            {
                own.Numbers[j] = own.Features[j];
            }
        }

        for (int k = 0; k < scores.Length; k++)
        {
            // Of a row without a series nothing is known.
            scores[k] = unit * (isMissing ? ridge.TargetMeans[k] : ridge.Intercepts[k] + VectorKernels.Dot(ridge.Coefficients.AsSpan(k * FeatureCount, FeatureCount), own.Numbers));
        }
    }

    /// <summary>One member's memory.</summary>
    private sealed class Scratch(AlignedBuffer<float> kernels, int features) : IDisposable
    {
        public AlignedBuffer<float> Kernels => kernels;

        public float[] Features { get; } = new float[features];

        public double[] Numbers { get; } = new double[features];

        public void Dispose() => kernels.Dispose();
    }
}
