using Strata.Tensors.Backends;
using Strata.Tensors.Gradients.Rules;

namespace Strata.Tensors.Gradients;

public sealed unsafe partial class Tape<T>
{
    /// <summary>Columns brought to mean 0 and variance 1 over the batch, times a gain plus a shift.</summary>
    /// <param name="x">[.., width]; all leading dimensions are the batch.</param>
    /// <param name="gain">[width].</param>
    /// <param name="shift">[width].</param>
    /// <param name="means">Gets the batch's means [width].</param>
    /// <param name="variances">Gets the batch's variances, divided by the number of rows [width].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="lengths">Where x is [batch, steps, width]: the steps of each that count, the others become 0; empty where all do.</param>
    /// <param name="rectifies">Whether results below 0 become 0, as by <see cref="Activation.Relu"/> afterwards but in one pass over memory.</param>
    /// <param name="added">Of x's shape, added before that; null for none.</param>
    public Variable<T> BatchNorm(
        Variable<T> x, Variable<T> gain, Variable<T> shift, Span<T> means, Span<T> variances, double epsilon = 1e-5,
        ReadOnlySpan<int> lengths = default, bool rectifies = false, Variable<T>? added = null)
    {
        BatchNormalization<T>* norm = Norm(x, gain, shift, epsilon, lengths, rectifies, added);
        Variable<T> result = Normalized(norm, x, gain, shift, added);
        new ReadOnlySpan<T>(norm->Means, norm->Rows.Width).CopyTo(means);
        new ReadOnlySpan<T>(norm->Variances, norm->Rows.Width).CopyTo(variances);
        return result;
    }

    /// <summary>As <see cref="BatchNorm"/>, by means and variances that are given instead of the batch's own.</summary>
    public Variable<T> FixedNorm(
        Variable<T> x, Variable<T> gain, Variable<T> shift, ReadOnlySpan<T> means, ReadOnlySpan<T> variances, double epsilon = 1e-5,
        ReadOnlySpan<int> lengths = default, bool rectifies = false, Variable<T>? added = null)
    {
        BatchNormalization<T>* norm = Norm(x, gain, shift, epsilon, lengths, rectifies, added);
        Require(means.Length == norm->Rows.Width && variances.Length == means.Length, $"{means.Length} means and {variances.Length} variances do not fit rows of {norm->Rows.Width}.");
        norm->IsFixed = true;
        means.CopyTo(new Span<T>(norm->Means, means.Length));
        variances.CopyTo(new Span<T>(norm->Variances, means.Length));
        return Normalized(norm, x, gain, shift, added);
    }

    /// <summary>The channels of each group, over all places of one row of the batch, brought to mean 0 and variance 1, times a gain plus a shift (Wu and He 2018).</summary>
    /// <param name="x">[batch, .., channels].</param>
    /// <param name="groups">Parts of the channels; as many as channels for instance normalisation.</param>
    /// <param name="gain">[channels].</param>
    /// <param name="shift">[channels].</param>
    /// <param name="epsilon">Added to the variance.</param>
    public Variable<T> GroupNorm(Variable<T> x, int groups, Variable<T> gain, Variable<T> shift, double epsilon = 1e-5)
    {
        RequireNorm(x, gain, shift);
        Require(x.Shape.Dimensions >= 2 && groups > 0 && x.Shape.Width % groups == 0, $"The channels of {x.Shape} cannot be split into {groups} groups.");
        return Record(GroupNormRule<T>.Instance, x.Shape, [x, gain, shift], GroupNormRule<T>.Of(groups, epsilon));
    }

    /// <summary>Rows divided by their root mean square, times a gain (Zhang and Sennrich 2019).</summary>
    /// <param name="x">[.., width].</param>
    /// <param name="gain">[width].</param>
    /// <param name="epsilon">Added to the mean square.</param>
    public Variable<T> RmsNorm(Variable<T> x, Variable<T> gain, double epsilon = 1e-6)
    {
        Require(gain.Shape == new Shape(x.Shape.Width), $"Gain {gain.Shape} does not fit rows of {x.Shape.Width}.");
        return Record(RmsNormRule<T>.Instance, x.Shape, [x, gain], new Settings { First = epsilon });
    }

    /// <summary>Weights whose length is learned apart from their direction (Salimans and Kingma 2016): g v / |v| for each kernel.</summary>
    /// <param name="v">[outputs, ..], no kernel all zero: <c>weight_v</c> of PyTorch's <c>weight_norm</c>.</param>
    /// <param name="g">[outputs]: its <c>weight_g</c>.</param>
    public Variable<T> WeightNorm(Variable<T> v, Variable<T> g)
    {
        Require(v.Shape.Dimensions >= 2 && g.Shape == new Shape(v.Shape[0]), $"Lengths {g.Shape} are not those of the kernels of {v.Shape}.");
        return Record(WeightNormRule<T>.Instance, v.Shape, [v, g], kept: Take<T>(v.Shape[0]));
    }

    private BatchNormalization<T>* Norm(Variable<T> x, Variable<T> gain, Variable<T> shift, double epsilon, ReadOnlySpan<int> lengths, bool rectifies, Variable<T>? added)
    {
        RequireNorm(x, gain, shift);
        Require(added is null || added.Value.Shape == x.Shape, $"{added?.Shape} cannot be added to {x.Shape}.");
        BatchNormalization<T>* norm = Take<BatchNormalization<T>>(1);
        T* means = Take<T>(2L * x.Shape.Width);
        *norm = new BatchNormalization<T>
        {
            Rows = lengths.IsEmpty ? new StepSpan(1, x.Shape.Rows, x.Shape.Width, 0) : Steps(x, lengths),
            Means = means,
            Variances = means + x.Shape.Width,
            Epsilon = T.CreateTruncating(epsilon),
            Rectifies = rectifies,
        };
        return norm;
    }

    private Variable<T> Normalized(BatchNormalization<T>* norm, Variable<T> x, Variable<T> gain, Variable<T> shift, Variable<T>? added) => added is Variable<T> a
        ? Record(BatchNormRule<T>.Instance, x.Shape, [x, gain, shift, a], kept: norm)
        : Record(BatchNormRule<T>.Instance, x.Shape, [x, gain, shift], kept: norm);
}
