namespace Strata.Tensors.Backends;

public abstract unsafe partial class Backend<T>
{
    /// <summary>A batch normalisation with what may follow it.</summary>
    public abstract void Normalize(in BatchNormalization<T> norm);

    /// <summary>
    /// Its gradients: with z = (x - mean) r and g = dy, but 0 where y was cut off, dx = r gain (g - mean(g) - z mean(g z)), or r gain g where means and variances are given;
    /// dgain = sum(g z), dshift = sum(g), and what was added gets g.
    /// </summary>
    public abstract void NormalizeBack(in BatchNormalization<T> norm, in BatchNormalizationGradients<T> gradients);
}
