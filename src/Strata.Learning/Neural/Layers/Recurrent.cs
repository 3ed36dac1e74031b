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
            Variable<float> below = i > 0 && pass.Random is not null ? pass.Tape.Dropout(x, dropout, pass.Random) : x;
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

        public override Variable<float> Apply(Variable<float> x, Pass pass) => Apply(x, [], pass);

        public Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass) =>
            pass.Tape.Recur(cell, x, pass.Tape.Use(weightInput), pass.Tape.Use(weightHidden), pass.Tape.Use(biasInput), pass.Tape.Use(biasHidden), lengths, isReversed);
    }
}
