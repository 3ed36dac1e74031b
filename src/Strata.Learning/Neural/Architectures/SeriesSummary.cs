using Strata.Learning.Neural.Layers;
using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Architectures;

/// <summary>From [batch, steps, width] to [batch, width], of each row's own steps.</summary>
internal sealed class SeriesSummary : Layer
{
    private readonly SeriesPooling pooling;
    private readonly int width;
    private readonly Embedding? query;
    private readonly MultiHeadAttention? attention;

    /// <param name="name">Before the names of its parameters.</param>
    /// <param name="pooling">How.</param>
    /// <param name="width">Numbers of a step.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    public SeriesSummary(string name, SeriesPooling pooling, int width, RandomSource? random)
    {
        (this.pooling, this.width) = (pooling, width);
        if (pooling == SeriesPooling.Attention)
        {
            query = new Embedding($"{name}.query", 1, width, random, deviation: 0.02);
            attention = new MultiHeadAttention($"{name}.attention", width, heads: 1, random);
        }
    }

    public override IEnumerable<Parameter<float>> Parameters => query is null ? [] : query.Parameters.Concat(attention!.Parameters);

    public override Variable<float> Apply(Variable<float> x, Pass pass) => Apply(x, [], pass);

    /// <param name="x">[batch, steps, width].</param>
    /// <param name="lengths">Steps of each row; empty where all have all.</param>
    /// <param name="pass">Of the network.</param>
    public Variable<float> Apply(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass) => pooling switch
    {
        SeriesPooling.Last => pass.Tape.LastSteps(x, lengths),
        SeriesPooling.Mean => pass.Tape.MeanOverSteps(x, lengths),
        SeriesPooling.Max => pass.Tape.MaxOverSteps(x, lengths),
        _ => Attended(x, lengths, pass),
    };

    private Variable<float> Attended(Variable<float> x, ReadOnlySpan<int> lengths, Pass pass)
    {
        int batch = x.Shape[0];
        Variable<float> asked = pass.Tape.Reshape(query!.Repeated(batch, pass), new Shape(batch, 1, width));
        return pass.Tape.Reshape(attention!.Attend(asked, x, lengths, pass), new Shape(batch, width));
    }

    public override OnnxValue Export(OnnxValue x) => Export(x, null);

    /// <summary>The same inside a graph: float32 [rows, width].</summary>
    /// <param name="x">As there.</param>
    /// <param name="lengths">Steps of each row, int64 [rows]; null where all have all.</param>
    public OnnxValue Export(OnnxValue x, OnnxValue? lengths) => pooling switch
    {
        SeriesPooling.Last => x.LastStep(lengths),
        SeriesPooling.Mean => x.OverSteps(PoolKind.Mean, lengths),
        SeriesPooling.Max => x.OverSteps(PoolKind.Max, lengths),
        _ => attention!.Export(query!.Repeated(x), x, lengths).Reshape(-1, width),
    };
}
