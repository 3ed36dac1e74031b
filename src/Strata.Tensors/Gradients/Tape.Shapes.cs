using System.Runtime.InteropServices;
using Strata.Tensors.Gradients.Rules;

namespace Strata.Tensors.Gradients;

public sealed unsafe partial class Tape<T>
{
    /// <summary>The same numbers in the same order under another shape; nothing is copied.</summary>
    public Variable<T> Reshape(Variable<T> x, Shape shape)
    {
        Require(shape.Count == x.Shape.Count, $"{x.Shape} has {x.Shape.Count} numbers and cannot be seen as {shape}.");
        Require(ReferenceEquals(x.Tape, this), $"An input was recorded on another tape.");
        ref Node<T> from = ref CollectionsMarshal.AsSpan(nodes)[x.Id];
        inputs.Add(x.Id);
        nodes.Add(new Node<T> { Rule = ReshapeRule<T>.Instance, Shape = shape, Value = from.Value, NeedsGradient = from.NeedsGradient, FirstInput = inputs.Count - 1, InputCount = 1 });
        return new Variable<T>(this, nodes.Count - 1);
    }

    /// <summary>Rows of numbers: the first dimension stays, all others become one.</summary>
    public Variable<T> Flatten(Variable<T> x) => Reshape(x, new Shape(x.Shape[0], x.Shape[0] == 0 ? 0 : x.Shape.Count / x.Shape[0]));

    /// <summary>The dimensions in another order.</summary>
    /// <param name="x">Anything.</param>
    /// <param name="order">For each dimension of the result, which one of x it is.</param>
    public Variable<T> Permute(Variable<T> x, params ReadOnlySpan<int> order)
    {
        Shape shape = x.Shape;
        Require(order.Length == shape.Dimensions, $"{order.Length} dimensions cannot be those of {shape} in another order.");
        Span<int> lengths = stackalloc int[order.Length];
        var settings = default(Settings);
        int seen = 0;
        for (int i = 0; i < order.Length; i++)
        {
            int from = order[i];
            Require(from >= 0 && from < order.Length && (seen >> from & 1) == 0, $"Dimension {from} of {shape} is not one, or is asked for twice.");
            seen |= 1 << from;
            (lengths[i], settings.Whole[i]) = (shape[from], from);
        }

        return Record(PermuteRule<T>.Instance, new Shape(lengths), [x], settings);
    }

    /// <summary>A part of one dimension.</summary>
    /// <param name="x">Anything.</param>
    /// <param name="dimension">Which dimension; from the end with <c>^1</c>.</param>
    /// <param name="start">The first place that is taken.</param>
    /// <param name="count">How many places are taken.</param>
    public Variable<T> Slice(Variable<T> x, Index dimension, int start, int count)
    {
        Shape shape = x.Shape;
        int along = dimension.GetOffset(shape.Dimensions), length = shape[along];
        Require(start >= 0 && count >= 0 && start <= length - count, $"Places {start} to {start + count} are not all in dimension {along} of {shape}.");
        var settings = default(Settings);
        (settings.Whole[0], settings.Whole[1]) = (along, start);
        return Record(SliceRule<T>.Instance, WithLength(shape, along, count), [x], settings);
    }

    /// <summary>The products of the matrices of two batches, pair by pair.</summary>
    /// <param name="a">[batch, rows, depth].</param>
    /// <param name="b">[batch, depth, columns], or [batch, columns, depth] where it is transposed.</param>
    /// <param name="transposesB">Whether the right matrices are transposed.</param>
    public Variable<T> BatchProduct(Variable<T> a, Variable<T> b, bool transposesB = false)
    {
        Require(
            a.Shape.Dimensions == 3 && b.Shape.Dimensions == 3 && a.Shape[0] == b.Shape[0] && a.Shape[2] == b.Shape[transposesB ? 2 : 1],
            $"The products of {a.Shape} and {b.Shape}{(transposesB ? " transposed" : string.Empty)} have no meaning.");
        return Record(BatchProductRule<T>.Instance, new Shape(a.Shape[0], a.Shape[1], b.Shape[transposesB ? 1 : 2]), [a, b], BatchProductRule<T>.Of(transposesB));
    }

    /// <summary>One after the other along the steps, the last dimension but one: [batch, steps, channels] and the like.</summary>
    public Variable<T> JoinSteps(params ReadOnlySpan<Variable<T>> parts) => JoinAlong(^2, parts);

    /// <summary>One after the other along any dimension, the others being equal.</summary>
    public Variable<T> JoinAlong(Index dimension, params ReadOnlySpan<Variable<T>> parts)
    {
        Shape first = parts[0].Shape;
        int along = dimension.GetOffset(first.Dimensions), length = 0;
        foreach (Variable<T> part in parts)
        {
            Require(part.Shape.Dimensions == first.Dimensions && WithLength(part.Shape, along, 1) == WithLength(first, along, 1), $"{part.Shape} cannot stand beside {first}.");
            length += part.Shape[along];
        }

        return Record(JoinRule<T>.Instance, WithLength(first, along, length), parts, JoinRule<T>.Along(along));
    }

    private static Shape WithLength(Shape shape, int dimension, int length)
    {
        Span<int> lengths = stackalloc int[shape.Dimensions];
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = i == dimension ? length : shape[i];
        }

        return new Shape(lengths);
    }
}
