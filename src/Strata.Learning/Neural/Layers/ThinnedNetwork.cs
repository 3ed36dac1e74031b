using System.Buffers;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>
/// One network out of the many that dropout stands for (Gal and Ghahramani 2016): the same numbers are left out in every row, so that what it says of a row does not hang on
/// the rows beside it.
/// </summary>
/// <param name="seed">Which one.</param>
internal sealed class ThinnedNetwork(ulong seed)
{
    private int place;

    /// <summary>Begins a pass: the first dropout is the next.</summary>
    public void Begin() => place = 0;

    /// <param name="x">[rows, ...]; of series, a longer one keeps what a shorter one keeps and goes on from there.</param>
    /// <param name="rate">The share that is left out.</param>
    public Variable<float> Dropout(Variable<float> x, double rate)
    {
        Span<int> lengths = stackalloc int[x.Shape.Dimensions - 1];
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = x.Shape[i + 1];
        }

        return Masked(x, new Shape(lengths), rate);
    }

    /// <summary>Leaves out whole channels.</summary>
    public Variable<float> DropoutChannels(Variable<float> x, double rate) => Masked(x, new Shape(x.Shape.Width), rate);

    /// <summary>Leaves out blocks of neighbouring places of images.</summary>
    public Variable<float> DropBlock(Variable<float> x, double rate, int size)
    {
        var shape = new Shape(1, x.Shape[1], x.Shape[2], x.Shape[3]);
        float[] ones = ArrayPool<float>.Shared.Rent(shape.Count);
        ones.AsSpan(0, shape.Count).Fill(1);
        Variable<float> mask = x.Tape.DropBlock(x.Tape.Constant(ones.AsSpan(0, shape.Count), shape), rate, size, Next());
        ArrayPool<float>.Shared.Return(ones);
        return x * x.Tape.Reshape(mask, new Shape(x.Shape[1], x.Shape[2], x.Shape[3]));
    }

    /// <summary>The chance of the next dropout.</summary>
    public RandomSource Next() => RandomSource.For(seed, $"dropout {place++}");

    private Variable<float> Masked(Variable<float> x, Shape shape, double rate)
    {
        RandomSource random = Next();
        float[] rented = ArrayPool<float>.Shared.Rent(shape.Count);
        Span<float> mask = rented.AsSpan(0, shape.Count);
        foreach (ref float factor in mask)
        {
            factor = random.NextDouble() < rate ? 0 : (float)(1 / (1 - rate));
        }

        Variable<float> thinned = x * x.Tape.Constant(mask, shape);
        ArrayPool<float>.Shared.Return(rented);
        return thinned;
    }
}
