using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>
/// Attention of several heads between linear maps (Vaswani et al. 2017). Parameters have the names and shapes of PyTorch's MultiheadAttention and start as they do.
/// </summary>
internal sealed class MultiHeadAttention : Layer
{
    private readonly int width, heads;
    private readonly double dropout;
    private readonly Parameter<float> inWeight, inBias, outWeight, outBias;

    /// <param name="name">Before the names of its parameters.</param>
    /// <param name="width">Numbers of a step.</param>
    /// <param name="heads">A divisor of the width.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    /// <param name="dropout">Share of weights left out by chance.</param>
    public MultiHeadAttention(string name, int width, int heads, RandomSource? random, double dropout = 0)
    {
        (this.width, this.heads, this.dropout) = (width, heads, dropout);
        inWeight = new Parameter<float>($"{name}.in_proj_weight", new Shape(3 * width, width));
        inBias = new Parameter<float>($"{name}.in_proj_bias", new Shape(3 * width));
        outWeight = new Parameter<float>($"{name}.out_proj.weight", new Shape(width, width));
        outBias = new Parameter<float>($"{name}.out_proj.bias", new Shape(width));
        inWeight.FillWithin(Math.Sqrt(6.0 / (4 * width)), random);
        outWeight.FillWithin(1 / Math.Sqrt(width), random);
    }

    public override IEnumerable<Parameter<float>> Parameters => [inWeight, inBias, outWeight, outBias];

    public override Variable<float> Apply(Variable<float> x, Pass pass) => Apply(x, [], pass);

    /// <summary>A series to itself, [batch, steps, width].</summary>
    /// <param name="x">[batch, steps, width].</param>
    /// <param name="lengths">Steps of each row that may be seen; empty for all.</param>
    /// <param name="pass">Of the network.</param>
    /// <param name="isCausal">Whether steps see no later ones.</param>
    public Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass, bool isCausal = false)
    {
        Tape<float> tape = pass.Tape;
        Variable<float> all = tape.Linear(x, tape.Use(inWeight), tape.Use(inBias));
        return Out(tape.SelfAttention(all, heads, lengths, isCausal, dropout, Chance(pass), pass.Thinned is not null), tape);
    }

    /// <summary>Queries to another series, [batch, queries, width].</summary>
    /// <param name="queries">[batch, queries, width].</param>
    /// <param name="memory">[batch, steps, width].</param>
    /// <param name="lengths">Steps of each row of the memory that may be seen; empty for all.</param>
    /// <param name="pass">Of the network.</param>
    public Variable<float> Attend(Variable<float> queries, Variable<float> memory, ReadOnlySpan<int> lengths, Pass pass)
    {
        Tape<float> tape = pass.Tape;
        Variable<float> weight = tape.Use(inWeight), bias = tape.Use(inBias);
        Variable<float> asked = tape.Linear(queries, tape.Slice(weight, 0, 0, width), tape.Slice(bias, 0, 0, width));
        Variable<float> known = tape.Linear(memory, tape.Slice(weight, 0, width, 2 * width), tape.Slice(bias, 0, width, 2 * width));
        return Out(tape.Attention(asked, known, heads, lengths, false, dropout, Chance(pass), pass.Thinned is not null), tape);
    }

    /// <summary>Where the chance comes from of weights that are left out: while learning, or as a thinned network has it.</summary>
    private RandomSource? Chance(Pass pass) => pass.Random ?? (dropout > 0 ? pass.Thinned?.Next() : null);

    private Variable<float> Out(Variable<float> mean, Tape<float> tape) => tape.Linear(mean, tape.Use(outWeight), tape.Use(outBias));

    public override OnnxValue Export(OnnxValue x) => Export(x, x, null);

    /// <summary>Queries to a series, which may be their own, inside a graph: float32 [rows, queries, width].</summary>
    /// <param name="queries">float32 [rows, queries, width].</param>
    /// <param name="memory">float32 [rows, steps, width].</param>
    /// <param name="lengths">Steps of each row of the memory that may be seen, int64 [rows]; null for all.</param>
    /// <param name="isCausal">Whether queries see no later steps than their own place.</param>
    public OnnxValue Export(OnnxValue queries, OnnxValue memory, OnnxValue? lengths, bool isCausal = false)
    {
        OnnxGraph graph = queries.Graph;
        OnnxValue weight = graph.Weights(inWeight, transposed: true), bias = graph.Weights(inBias);
        OnnxValue Heads(OnnxValue of, int part) =>
            (of.MatrixProduct(weight.Slice(1, part * width, (part + 1) * width)) + bias.Slice(0, part * width, (part + 1) * width)).Reshape(0, 0, heads, width / heads).Transpose(0, 2, 1, 3);
        OnnxValue likeness = Heads(queries, 0).MatrixProduct(Heads(memory, 1).Transpose(0, 1, 3, 2)) * (1 / Math.Sqrt(width / heads)), unseen = likeness.Same(double.NegativeInfinity);
        if (lengths is OnnxValue ends)
        {
            likeness = memory.Steps().Reshape(1, 1, 1, -1).To("Less", OnnxElement.Bool, ends.Reshape(-1, 1, 1, 1)).Choose(likeness, unseen);
        }

        if (isCausal)
        {
            likeness = memory.Steps().Reshape(1, 1, 1, -1).To("LessOrEqual", OnnxElement.Bool, queries.Steps().Reshape(1, 1, -1, 1)).Choose(likeness, unseen);
        }

        OnnxValue mean = likeness.Softmax().MatrixProduct(Heads(memory, 2)).Transpose(0, 2, 1, 3).Reshape(0, 0, width);
        return mean.MatrixProduct(graph.Weights(outWeight, transposed: true)) + graph.Weights(outBias);
    }
}
