using System.Numerics;
using System.Runtime.CompilerServices;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients.Rules;

namespace Strata.Tensors.Gradients;

public sealed unsafe partial class Tape<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The product of two matrices, either transposed when asked. Leading dimensions count as rows.</summary>
    public Variable<T> Product(Variable<T> a, Variable<T> b, bool transposesA = false, bool transposesB = false)
    {
        var (rows, depth) = transposesA ? (a.Shape.Width, a.Shape.Rows) : (a.Shape.Rows, a.Shape.Width);
        var (below, columns) = transposesB ? (b.Shape.Width, b.Shape.Rows) : (b.Shape.Rows, b.Shape.Width);
        Require(depth == below, $"The product of {a.Shape}{(transposesA ? " transposed" : string.Empty)} and {b.Shape}{(transposesB ? " transposed" : string.Empty)} has no meaning.");
        return Record(ProductRule<T>.Instance, transposesA ? new Shape(rows, columns) : a.Shape.WithWidth(columns), [a, b], ProductRule<T>.Of(transposesA, transposesB));
    }

    /// <summary>x W^T + b, a dense layer.</summary>
    /// <param name="x">[.., in].</param>
    /// <param name="weights">[out, in].</param>
    /// <param name="bias">[out], or null for none.</param>
    public Variable<T> Linear(Variable<T> x, Variable<T> weights, Variable<T>? bias = null)
    {
        Require(weights.Shape.Dimensions == 2 && weights.Shape[1] == x.Shape.Width, $"Weights {weights.Shape} do not take rows of {x.Shape.Width}.");
        Require(bias is null || bias.Value.Shape == new Shape(weights.Shape[0]), $"A bias of shape {bias?.Shape} does not fit weights {weights.Shape}.");
        Shape shape = x.Shape.WithWidth(weights.Shape[0]);
        return bias is Variable<T> b ? Record(LinearRule<T>.Instance, shape, [x, weights, b]) : Record(LinearRule<T>.Instance, shape, [x, weights]);
    }

    /// <summary>a + b; b may have the shape of a's last dimensions and is then repeated.</summary>
    public Variable<T> Add(Variable<T> a, Variable<T> b)
    {
        Require(a.Shape.EndsWith(b.Shape), $"{b.Shape} cannot be repeated to {a.Shape}.");
        return Record(AddRule<T>.Instance, a.Shape, [a, b]);
    }

    /// <summary>a b element by element; b may have the shape of a's last dimensions and is then repeated.</summary>
    public Variable<T> Multiply(Variable<T> a, Variable<T> b)
    {
        Require(a.Shape.EndsWith(b.Shape), $"{b.Shape} cannot be repeated to {a.Shape}.");
        return Record(MultiplyRule<T>.Instance, a.Shape, [a, b]);
    }

    public Variable<T> Scale(Variable<T> x, double factor) => Record(ScaleRule<T>.Instance, x.Shape, [x], new Settings { First = factor });

    public Variable<T> Activate(Variable<T> x, Activation kind) => Record(ActivationRule<T>.Instance, x.Shape, [x], ActivationRule<T>.Of(kind));

    /// <summary>Each element is zero with this chance, and else divided by the chance to stay, so that means stay what they are.</summary>
    /// <param name="x">Anything.</param>
    /// <param name="rate">At least 0 and below 1; 0 changes nothing.</param>
    /// <param name="random">Where chance comes from.</param>
    public Variable<T> Dropout(Variable<T> x, double rate, RandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Require(rate is >= 0 and < 1, $"A dropout rate is at least 0 and below 1, not {rate}.");
        if (rate == 0)
        {
            return x;
        }

        T* mask = Take<T>(x.Shape.Count);
        T factor = T.CreateTruncating(1 / (1 - rate));
        for (int i = 0; i < x.Shape.Count; i++)
        {
            mask[i] = random.NextDouble() < rate ? T.Zero : factor;
        }

        return Record(MaskRule<T>.Instance, x.Shape, [x], kept: mask);
    }

    /// <summary>Rows brought to mean 0 and variance 1, times a gain plus a shift.</summary>
    /// <param name="x">[.., width].</param>
    /// <param name="gain">[width].</param>
    /// <param name="shift">[width].</param>
    /// <param name="epsilon">Added to the variance.</param>
    public Variable<T> LayerNorm(Variable<T> x, Variable<T> gain, Variable<T> shift, double epsilon = 1e-5)
    {
        RequireNorm(x, gain, shift);
        return Record(LayerNormRule<T>.Instance, x.Shape, [x, gain, shift], new Settings { First = epsilon });
    }

    /// <summary>The table's rows of these numbers: an embedding. Number -1 gives a row of zeros.</summary>
    /// <param name="table">[rows, width].</param>
    /// <param name="numbers">Rows of the table.</param>
    public Variable<T> Gather(Variable<T> table, ReadOnlySpan<int> numbers)
    {
        Require(table.Shape.Dimensions == 2, $"Rows are taken from a table, not from {table.Shape}.");
        foreach (int number in numbers)
        {
            Require(number >= -1 && number < table.Shape[0], $"Row {number} was asked of a table of {table.Shape[0]} rows.");
        }

        int* kept = Take<int>(numbers.Length);
        numbers.CopyTo(new Span<int>(kept, numbers.Length));
        return Record(GatherRule<T>.Instance, new Shape(numbers.Length, table.Shape[1]), [table], kept: kept);
    }

    /// <summary>Side by side along the last dimension.</summary>
    public Variable<T> Join(params ReadOnlySpan<Variable<T>> parts) => JoinAlong(^1, parts);

    public Variable<T> Sum(Variable<T> x) => Record(SumRule<T>.Instance, default, [x], new Settings { First = 1 });

    public Variable<T> Mean(Variable<T> x) => Record(SumRule<T>.Instance, default, [x], new Settings { First = 1.0 / x.Shape.Count });

    private static void Require(bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] ref Otherwise otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException(otherwise.ToString());
        }
    }

    private static void RequireNorm(Variable<T> x, Variable<T> gain, Variable<T> shift)
    {
        var width = new Shape(x.Shape.Width);
        Require(gain.Shape == width && shift.Shape == width, $"Gain {gain.Shape} and shift {shift.Shape} do not fit rows of {x.Shape.Width}.");
    }
}
