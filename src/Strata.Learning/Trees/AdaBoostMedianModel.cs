using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Learning.Trees.Exchange;

namespace Strata.Learning.Trees;

/// <summary>Trees whose numbers' weighted median is the prediction. A median is no sum, so that it has no exact contributions by column.</summary>
public sealed class AdaBoostMedianModel : IModel, IOnnxModel
{
    private readonly TreeEnsemble trees;
    private readonly double[] weights;

    /// <param name="signature">What it predicts.</param>
    /// <param name="trees">Each leaf holds a number.</param>
    /// <param name="weights">One a tree, positive.</param>
    internal AdaBoostMedianModel(ModelSignature signature, TreeEnsemble trees, double[] weights) => (Signature, this.trees, this.weights) = (signature, trees, weights);

    public string Algorithm => AdaBoostModel.OwnAlgorithm;

    public ModelSignature Signature { get; }

    public IReadOnlyList<string> Notes { get; } = ["It predicts a weighted median of trees, which has no exact contributions by column; permutation importance says what it uses."];

    /// <inheritdoc/>
    public Predictions Predict(Frame rows, int threads = 1)
    {
        Frame frame = Signature.Features.Conform(rows);
        double[][] columns = [.. frame.Columns.Select(Numbers)];
        var values = new double[frame.RowCount];
        Parallel.For(0, values.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads) }, row => values[row] = Median([.. columns.Select(column => column[row])]));
        return Predictions.OfNumbers(values);
    }

    OnnxAnswer IOnnxModel.Export(OnnxTable rows)
    {
        // A number is the median or above it where it and the lower ones have half of the weight; the least such number is the median.
        OnnxValue numbers = OnnxTrees.Leaves(trees, rows), one = numbers.Reshape(-1, trees.TreeCount, 1), others = numbers.Reshape(-1, 1, trees.TreeCount);
        OnnxValue upTo = others.To("LessOrEqual", OnnxElement.Bool, one).As(OnnxElement.Double).MatrixProduct(rows.Graph.Constant("tree_weights", OnnxElement.Double, [trees.TreeCount, 1], weights));
        OnnxValue isEnough = upTo.To("GreaterOrEqual", OnnxElement.Bool, upTo.Same(weights.Sum() / 2));
        return new OnnxAnswer(isEnough.Choose(one, one.Same(double.PositiveInfinity)).Reduce("ReduceMin", 1, keep: false));
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Signature.Write(writer);
        trees.Write(writer.Section("trees"));
        writer.Tensor("tree_weights", weights);
    }

    internal static AdaBoostMedianModel Read(ModelReader reader, ModelSignature signature, TreeEnsemble trees)
    {
        double[] weights = reader.Tensor<double>("tree_weights", trees.TreeCount);
        return weights.Length > 0 && weights.All(weight => weight > 0 && double.IsFinite(weight))
            ? new AdaBoostMedianModel(signature, trees, weights)
            : throw new ModelFileException("The trees' weights in the model file are not positive numbers.");
    }

    /// <summary>The least of the trees' numbers such that it and the lower ones have half of the weight.</summary>
    private double Median(double[] row)
    {
        var numbers = new double[trees.TreeCount];
        for (int tree = 0; tree < numbers.Length; tree++)
        {
            numbers[tree] = trees.Value[trees.LeafOf(tree, row)];
        }

        double[] by = [.. weights];
        Array.Sort(numbers, by);
        double half = by.Sum() / 2, sum = 0;
        int at = -1;
        while (sum < half && at + 1 < numbers.Length)
        {
            sum += by[++at];
        }

        return numbers[Math.Max(at, 0)];
    }

    private static double[] Numbers(Column column)
    {
        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        return numbers;
    }
}
