using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>The sizes and settings of a transformer's blocks.</summary>
/// <param name="Width">Numbers of a step.</param>
/// <param name="Heads">A divisor of the width.</param>
/// <param name="Hidden">Numbers between a block's two dense layers.</param>
/// <param name="Dropout">Share left out by chance, of weights, of hidden numbers and of what is added.</param>
/// <param name="Activation">Between the dense layers.</param>
/// <param name="NormalizesFirst">Whether rows are normalised before each part (Xiong et al. 2020), else after what it adds (Vaswani et al. 2017).</param>
internal sealed record TransformerSettings(int Width, int Heads, int Hidden, double Dropout = 0, Activation Activation = Activation.Relu, bool NormalizesFirst = false);

/// <summary>Attention, then two dense layers for each step, both added to what came in. Parameters have the names of PyTorch's TransformerEncoderLayer.</summary>
internal sealed class TransformerBlock : Layer
{
    private readonly TransformerSettings settings;
    private readonly MultiHeadAttention attention;
    private readonly Dense first, second;
    private readonly LayerNormalized beforeOrAfterAttention, beforeOrAfterDense;

    public TransformerBlock(string name, TransformerSettings settings, RandomSource? random)
    {
        this.settings = settings;
        attention = new MultiHeadAttention($"{name}.self_attn", settings.Width, settings.Heads, random, settings.Dropout);
        first = new Dense($"{name}.linear1", settings.Width, settings.Hidden, random);
        second = new Dense($"{name}.linear2", settings.Hidden, settings.Width, random);
        beforeOrAfterAttention = new LayerNormalized($"{name}.norm1", settings.Width);
        beforeOrAfterDense = new LayerNormalized($"{name}.norm2", settings.Width);
    }

    public override IEnumerable<Parameter<float>> Parameters => new Layer[] { attention, first, second, beforeOrAfterAttention, beforeOrAfterDense }.SelectMany(layer => layer.Parameters);

    public override Variable<float> Apply(Variable<float> x, Pass pass) => Apply(x, [], pass);

    /// <param name="x">[batch, steps, width].</param>
    /// <param name="lengths">Steps of each row; empty where all have all. What comes out after a row's end has no meaning.</param>
    /// <param name="pass">Of the network.</param>
    /// <param name="isCausal">Whether steps see no later ones.</param>
    public Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass, bool isCausal = false)
    {
        if (settings.NormalizesFirst)
        {
            x += Dropped(attention.Apply(beforeOrAfterAttention.Apply(x, pass), lengths, pass, isCausal), pass);
            return x + Dropped(Dense(beforeOrAfterDense.Apply(x, pass), pass), pass);
        }

        x = beforeOrAfterAttention.Apply(x + Dropped(attention.Apply(x, lengths, pass, isCausal), pass), pass);
        return beforeOrAfterDense.Apply(x + Dropped(Dense(x, pass), pass), pass);
    }

    private Variable<float> Dense(Variable<float> x, Pass pass) => second.Apply(Dropped(pass.Tape.Activate(first.Apply(x, pass), settings.Activation), pass), pass);

    private Variable<float> Dropped(Variable<float> x, Pass pass) => pass.Dropout(x, settings.Dropout);
}
