namespace Strata.Tensors.Backends;

public abstract unsafe partial class Backend<T>
{
    /// <summary>A layer normalisation.</summary>
    public abstract void NormalizeRows(in RowNormalization<T> norm);

    /// <summary>Its gradients: with z = (x - mean) r and g = dy gain, dx = r (g - mean(g) - z mean(g z)), dgain = sum(dy z), dshift = sum(dy).</summary>
    public abstract void NormalizeRowsBack(in RowNormalization<T> norm, in RowNormalizationGradients<T> gradients);
}
