using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>
/// Recurrent layers one on top of the other, in one direction or both, with dropout between them. Parameters have the names, shapes and gate order of PyTorch's RNN, GRU and
/// LSTM, and start as they do: uniform within 1 / sqrt(hidden).
/// </summary>
internal sealed class Recurrent : Layer
{
    private readonly double dropout;
    private readonly Direction[][] layers;

    /// <param name="name">Before the names of its parameters.</param>
    /// <param name="cell">What a layer does at each step.</param>
    /// <param name="width">Numbers that come in at a step.</param>
    /// <param name="hidden">Numbers that each direction of a layer remembers.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    /// <param name="depth">How many layers.</param>
    /// <param name="isBidirectional">Whether each layer also reads from the end; both results stand side by side.</param>
    /// <param name="dropout">Share of numbers left out by chance between layers.</param>
    public Recurrent(string name, RecurrentCell cell, int width, int hidden, RandomSource? random, int depth = 1, bool isBidirectional = false, double dropout = 0)
    {
        this.dropout = dropout;
        Width = isBidirectional ? 2 * hidden : hidden;
        layers = new Direction[depth][];
        for (int i = 0; i < depth; i++)
        {
            int from = i == 0 ? width : Width;
            layers[i] = [.. (isBidirectional ? (bool[])[false, true] : [false]).Select(isReversed => new Direction(name, i, isReversed, cell, from, hidden, random))];
        }
    }

    /// <summary>Numbers of a step that goes out.</summary>
    public int Width { get; }

    public override IEnumerable<Parameter<float>> Parameters => layers.SelectMany(layer => layer).SelectMany(direction => direction.Parameters);

    public override Variable<float> Apply(Variable<float> x, Pass pass) => Apply(x, [], pass);

    /// <summary>[batch, steps, <see cref="Width"/>]: the last layer's result after each step.</summary>
    /// <param name="x">[batch, steps, in].</param>
    /// <param name="lengths">Steps of each row; empty where all have all. Results after a row's end are zero.</param>
    /// <param name="pass">Of the network.</param>
    public Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass)
    {
        for (int i = 0; i < layers.Length; i++)
        {
            Variable<float> below = i > 0 ? pass.Dropout(x, dropout) : x;
            x = layers[i][0].Apply(below, lengths, pass);
            if (layers[i].Length > 1)
            {
                x = pass.Tape.Join(x, layers[i][1].Apply(below, lengths, pass));
            }
        }

        return x;
    }

    /// <summary>[batch, <see cref="Width"/>]: what each direction of the last layer remembers when it has read its rows.</summary>
    /// <param name="y">What <see cref="Apply(Variable{float}, ReadOnlySpan{int}, Pass)"/> gave.</param>
    /// <param name="lengths">As there.</param>
    public Variable<float> Last(Variable<float> y, ReadOnlySpan<int> lengths)
    {
        Tape<float> tape = y.Tape;
        if (layers[^1].Length == 1)
        {
            return tape.LastSteps(y, lengths);
        }

        int hidden = Width / 2;
        return tape.Join(tape.LastSteps(tape.Slice(y, ^1, 0, hidden), lengths), tape.LastSteps(tape.Slice(y, ^1, hidden, hidden), lengths, isReversed: true));
    }

    public override OnnxValue Export(OnnxValue x) => Export(x, null);

    /// <summary>What <see cref="Apply(Variable{float}, ReadOnlySpan{int}, Pass)"/> gives, inside a graph: float32 [rows, steps, <see cref="Width"/>].</summary>
    /// <param name="x">float32 [rows, steps, in].</param>
    /// <param name="lengths">int64 [rows]; null where all rows have all steps.</param>
    public OnnxValue Export(OnnxValue x, OnnxValue? lengths)
    {
        OnnxValue stepsFirst = x.Transpose(1, 0, 2);
        OnnxValue? ends = lengths?.As(OnnxElement.Int32);
        foreach (Direction[] layer in layers)
        {
            stepsFirst = Direction.Export(layer, stepsFirst, ends).Transpose(0, 2, 1, 3).Reshape(0, 0, Width);
        }

        return stepsFirst.Transpose(1, 0, 2);
    }

    /// <summary>What <see cref="Last"/> gives, inside a graph: float32 [rows, <see cref="Width"/>].</summary>
    /// <param name="y">What <see cref="Export(OnnxValue, OnnxValue?)"/> gave.</param>
    /// <param name="lengths">As there.</param>
    public OnnxValue ExportLast(OnnxValue y, OnnxValue? lengths)
    {
        int forwards = Width / layers[^1].Length;
        OnnxValue last = y.Slice(2, 0, forwards).LastStep(lengths);
        return layers[^1].Length == 1 ? last : y.Graph.Join([last, y.Slice(2, forwards, Width).Slice(1, 0, 1).Reshape(-1, forwards)]);
    }

    /// <summary>One direction of one layer.</summary>
    private sealed class Direction : Layer
    {
        private readonly RecurrentCell cell;
        private readonly bool isReversed;
        private readonly Parameter<float> weightInput, weightHidden, biasInput, biasHidden;

        public Direction(string name, int layer, bool isReversed, RecurrentCell cell, int width, int hidden, RandomSource? random)
        {
            (this.cell, this.isReversed) = (cell, isReversed);
            string after = $"_l{layer}{(isReversed ? "_reverse" : string.Empty)}";
            int rows = cell.Gates() * hidden;
            weightInput = new Parameter<float>($"{name}.weight_ih{after}", new Shape(rows, width));
            weightHidden = new Parameter<float>($"{name}.weight_hh{after}", new Shape(rows, hidden));
            biasInput = new Parameter<float>($"{name}.bias_ih{after}", new Shape(rows));
            biasHidden = new Parameter<float>($"{name}.bias_hh{after}", new Shape(rows));
            foreach (Parameter<float> parameter in Parameters)
            {
                parameter.FillWithin(1 / Math.Sqrt(hidden), random);
            }
        }

        public override IEnumerable<Parameter<float>> Parameters => [weightInput, weightHidden, biasInput, biasHidden];

        /// <summary>The directions of one layer inside a graph: float32 [steps, directions, rows, hidden].</summary>
        public static OnnxValue Export(Direction[] directions, OnnxValue x, OnnxValue? lengths)
        {
            Direction one = directions[0];
            int hidden = one.weightHidden.Shape[1], width = one.weightInput.Shape[1], rows = one.weightInput.Shape[0];
            OnnxValue Of(string name, int[] shape, Func<Direction, IEnumerable<double>> values) => x.Graph.Constant(name, OnnxElement.Float, [directions.Length, .. shape], directions.SelectMany(values));
            OnnxValue input = Of(one.weightInput.Name, [rows, width], direction => direction.InOrder(direction.weightInput));
            OnnxValue memory = Of(one.weightHidden.Name, [rows, hidden], direction => direction.InOrder(direction.weightHidden));
            OnnxValue biases = Of(one.biasInput.Name, [2 * rows], direction => direction.InOrder(direction.biasInput).Concat(direction.InOrder(direction.biasHidden)));
            var attributes = new List<OnnxAttribute> { new("hidden_size", (long)hidden), new("direction", directions.Length > 1 ? "bidirectional" : "forward") };
            if (one.cell == RecurrentCell.Gru)
            {
                attributes.Add(new OnnxAttribute("linear_before_reset", 1L));
            }

            return x.Graph.AddMany(one.cell switch { RecurrentCell.Lstm => "LSTM", RecurrentCell.Gru => "GRU", _ => "RNN" }, string.Empty, OnnxElement.Float, 1, [x, input, memory, biases, lengths], [.. attributes])[0] with { Rank = 4 };
        }

        /// <summary>A parameter's gates in ONNX's order: input, output, forget, candidate of an LSTM; update, reset, candidate of a GRU.</summary>
        private IEnumerable<double> InOrder(Parameter<float> parameter)
        {
            int[] order = cell switch { RecurrentCell.Lstm => [0, 3, 1, 2], RecurrentCell.Gru => [1, 0, 2], _ => [0] };
            double[] values = parameter.Numbers();
            int gate = values.Length / order.Length;
            return order.SelectMany(from => values[(from * gate)..((from + 1) * gate)]);
        }

        public override Variable<float> Apply(Variable<float> x, Pass pass) => Apply(x, [], pass);

        public Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass) =>
            pass.Tape.Recur(cell, x, pass.Tape.Use(weightInput), pass.Tape.Use(weightHidden), pass.Tape.Use(biasInput), pass.Tape.Use(biasHidden), lengths, isReversed);
    }
}
