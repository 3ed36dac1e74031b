using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Neural.Training;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural;

/// <summary>How one score of a network changes with one row's encoded inputs, at points on the line from zeros, which are the training means, to the row.</summary>
internal sealed class InputGradients
{
    private const long MostBytes = 256L << 20;

    private InputGradients(float[][] values, double[][] gradients, Shape[] shapes, double[] scores) => (Values, Gradients, Shapes, Scores) = (values, gradients, shapes, scores);

    /// <summary>By input: array columns first, then the table's numbers if there are any.</summary>
    public float[][] Values { get; }

    /// <summary>By input: the mean gradient over the points.</summary>
    public double[][] Gradients { get; }

    /// <summary>By input, of one row.</summary>
    public Shape[] Shapes { get; }

    /// <summary>By point: the raw score as the network has it.</summary>
    public double[] Scores { get; }

    /// <param name="network">What the row goes through.</param>
    /// <param name="rows">One row.</param>
    /// <param name="output">Which score.</param>
    /// <param name="shares">The points: 0 is zeros, 1 the row.</param>
    /// <param name="tape">Takes the operations.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    public static InputGradients Of(Network network, EncodedRows rows, int output, double[] shares, Tape<float> tape, CancellationToken cancellation)
    {
        tape.IsRecording = true;
        int most = StepMemory.RowsWithin(MostBytes, network, rows, tape, shares.Length);
        var batch = new Batch(rows, most);
        var scores = new double[shares.Length];
        float[][] values = [];
        double[][] gradients = [];
        Shape[] shapes = [];
        for (int first = 0; first < shares.Length; first += most)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(most, shares.Length - first);
            batch.Fill(rows, new int[count], random: null);
            if (first == 0)
            {
                Shape[] whole = [.. batch.Arrays.Select(array => array.Shape), .. batch.Table is { NumberCount: > 0 } table ? [new Shape(count, table.NumberCount)] : Array.Empty<Shape>()];
                shapes = [.. whole.Select(OfOneRow)];
                values = [.. Enumerable.Range(0, whole.Length).Select(input => Numbers(batch, input)[..shapes[input].Count].ToArray())];
                gradients = [.. shapes.Select(shape => new double[shape.Count])];
            }

            for (int input = 0; input < shapes.Length; input++)
            {
                Span<float> numbers = Numbers(batch, input);
                for (int i = 0; i < numbers.Length; i++)
                {
                    numbers[i] *= (float)shares[first + i / shapes[input].Count];
                }
            }

            tape.Reset();
            var inputs = new List<Variable<float>>();
            Variable<float> score = tape.Slice(network.Apply(batch, new Pass(tape, null) { Inputs = inputs }), ^1, output, 1);
            tape.Backward(score);
            for (int i = 0; i < count; i++)
            {
                scores[first + i] = score.Values[i];
            }

            for (int input = 0; input < inputs.Count; input++)
            {
                ReadOnlySpan<float> own = inputs[input].Gradient;
                for (int i = 0; i < own.Length; i++)
                {
                    gradients[input][i % shapes[input].Count] += own[i] / (double)shares.Length;
                }
            }
        }

        tape.Reset();
        return new InputGradients(values, gradients, shapes, scores);
    }

    private static Span<float> Numbers(Batch batch, int input) => input < batch.Arrays.Count ? batch.Arrays[input].Values : batch.Table!.Numbers;

    private static Shape OfOneRow(Shape shape) => new([.. Enumerable.Range(1, shape.Dimensions - 1).Select(i => shape[i])]);
}
