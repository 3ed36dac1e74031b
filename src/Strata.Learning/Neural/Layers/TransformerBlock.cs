using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>The sizes and settings of a transformer's blocks.</summary>
/// <param name="Width">Numbers of a step.</param>
/// <param name="Heads">A divisor of the width.</param>
/// <param name="Hidden">Numbers between a block's two dense layers.</param>
internal sealed record TransformerSettings(int Width, int Heads, int Hidden)
{
    /// <summary>Between the dense layers.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Whether hidden numbers are multiplied by as many further ones that the activation has gone over (Shazeer 2020).</summary>
    public bool IsGated { get; init; }

    /// <summary>Whether rows are normalised before each part (Xiong et al. 2020), else after what it adds (Vaswani et al. 2017).</summary>
    public bool NormalizesFirst { get; init; }

    /// <summary>Whether what is inside a block is computed again on the way back instead of being kept.</summary>
    public bool Recomputes { get; init; }

    /// <summary>Share of attention's weights left out by chance.</summary>
    public double AttentionDropout { get; init; }

    /// <summary>Share of hidden numbers left out by chance.</summary>
    public double HiddenDropout { get; init; }

    /// <summary>Share of what is added left out by chance.</summary>
    public double ResidualDropout { get; init; }
}

/// <summary>Attention, then two dense layers for each step, both added to what came in. Parameters have the names of PyTorch's TransformerEncoderLayer.</summary>
internal sealed class TransformerBlock : Layer, ISegment<float>
{
    private readonly TransformerSettings settings;
    private readonly MultiHeadAttention attention;
    private readonly Dense first, second;
    private readonly LayerNormalized? ofAttention;
    private readonly LayerNormalized ofDense;

    /// <param name="name">Before the names of its parameters.</param>
    /// <param name="settings">Sizes and settings.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    /// <param name="normalizesAttention">False for a block that takes rows into attention as they come, as the first one in transformers for tables.</param>
    public TransformerBlock(string name, TransformerSettings settings, RandomSource? random, bool normalizesAttention = true)
    {
        this.settings = settings;
        attention = new MultiHeadAttention($"{name}.self_attn", settings.Width, settings.Heads, random, settings.AttentionDropout);
        first = new Dense($"{name}.linear1", settings.Width, settings.IsGated ? 2 * settings.Hidden : settings.Hidden, random);
        second = new Dense($"{name}.linear2", settings.Hidden, settings.Width, random);
        ofAttention = normalizesAttention ? new LayerNormalized($"{name}.norm1", settings.Width) : null;
        ofDense = new LayerNormalized($"{name}.norm2", settings.Width);
    }

    public override IEnumerable<Parameter<float>> Parameters => new Layer?[] { attention, first, second, ofAttention, ofDense }.OfType<Layer>().SelectMany(layer => layer.Parameters);

    public override Variable<float> Apply(Variable<float> x, Pass pass) => Apply(x, [], pass);

    Variable<float> ISegment<float>.Compute(Variable<float> x, ReadOnlySpan<int> lengths, RandomSource? random, bool isAgain) => Inside(x, lengths, new Pass(x.Tape, random) { IsAgain = isAgain }, isCausal: false);

    /// <param name="x">[batch, steps, width].</param>
    /// <param name="lengths">Steps of each row; empty where all have all. What comes out after a row's end has no meaning.</param>
    /// <param name="pass">Of the network.</param>
    /// <param name="isCausal">Whether steps see no later ones.</param>
    public Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass, bool isCausal = false) =>
        settings.Recomputes && !isCausal && pass.Tape.IsRecording ? pass.Tape.Checkpointed(this, x, lengths, pass.Random) : Inside(x, lengths, pass, isCausal);

    private Variable<float> Inside(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass, bool isCausal)
    {
        if (settings.NormalizesFirst)
        {
            x += pass.Dropout(attention.Apply(Normalized(x, pass), lengths, pass, isCausal), settings.ResidualDropout);
            return x + pass.Dropout(Dense(ofDense.Apply(x, pass), pass), settings.ResidualDropout);
        }

        x = Normalized(x + pass.Dropout(attention.Apply(x, lengths, pass, isCausal), settings.ResidualDropout), pass);
        return ofDense.Apply(x + pass.Dropout(Dense(x, pass), settings.ResidualDropout), pass);
    }

    private Variable<float> Normalized(Variable<float> x, Pass pass) => ofAttention is null ? x : ofAttention.Apply(x, pass);

    private Variable<float> Dense(Variable<float> x, Pass pass)
    {
        Variable<float> hidden = first.Apply(x, pass);
        hidden = settings.IsGated
            ? pass.Tape.Slice(hidden, ^1, 0, settings.Hidden) * pass.Tape.Activate(pass.Tape.Slice(hidden, ^1, settings.Hidden, settings.Hidden), settings.Activation)
            : pass.Tape.Activate(hidden, settings.Activation);
        return second.Apply(pass.Dropout(hidden, settings.HiddenDropout), pass);
    }

    public override OnnxValue Export(OnnxValue x) => Export(x, null);

    /// <summary>The same inside a graph: float32 [rows, steps, width].</summary>
    /// <param name="x">As there.</param>
    /// <param name="lengths">Steps of each row, int64 [rows]; null where all have all.</param>
    public OnnxValue Export(OnnxValue x, OnnxValue? lengths)
    {
        if (settings.NormalizesFirst)
        {
            OnnxValue normalized = ofAttention is null ? x : ofAttention.Export(x);
            x += attention.Export(normalized, normalized, lengths);
            return x + ExportDense(ofDense.Export(x));
        }

        x += attention.Export(x, x, lengths);
        x = ofAttention is null ? x : ofAttention.Export(x);
        return ofDense.Export(x + ExportDense(x));
    }

    private OnnxValue ExportDense(OnnxValue x)
    {
        OnnxValue hidden = first.Export(x);
        hidden = settings.IsGated
            ? hidden.Slice(2, 0, settings.Hidden) * hidden.Slice(2, settings.Hidden, 2 * settings.Hidden).Activated(settings.Activation)
            : hidden.Activated(settings.Activation);
        return second.Export(hidden);
    }
}
