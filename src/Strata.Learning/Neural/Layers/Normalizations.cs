namespace Strata.Learning.Neural.Layers;

/// <summary>The layers that a recipe's normalisation stands for.</summary>
internal static class Normalizations
{
    public static Layer[] Of(this Normalization kind, string name, int width) => kind switch
    {
        Normalization.Batch => [new BatchNormalized(name, width)],
        Normalization.Layer => [new LayerNormalized(name, width)],
        _ => [],
    };
}
