using System.Runtime.InteropServices;
using Strata.Tensors.Gradients.Rules;

namespace Strata.Tensors.Gradients;

/// <content>Segments whose inner results are forgotten and computed again on the way back (Chen et al. 2016).</content>
public sealed unsafe partial class Tape<T>
{
    private readonly List<(ISegment<T> Segment, RandomSource? Random, RandomSource.State Start)> segments = [];

    /// <summary>
    /// A segment's result, of which only that is kept: the way back carries the segment out once more, with the same draws, for gradients of the same bits. A step holds the memory of one
    /// segment at a time, and computes all of them twice.
    /// </summary>
    /// <param name="segment">What is computed.</param>
    /// <param name="x">What comes in.</param>
    /// <param name="lengths">For the segment: copied.</param>
    /// <param name="random">Where its chance comes from; null for none.</param>
    public Variable<T> Checkpointed(ISegment<T> segment, Variable<T> x, ReadOnlySpan<int> lengths = default, RandomSource? random = null)
    {
        ArgumentNullException.ThrowIfNull(segment);
        Require(ReferenceEquals(x.Tape, this), $"An input was recorded on another tape.");
        int* kept = Take<int>(lengths.Length);
        lengths.CopyTo(new Span<int>(kept, lengths.Length));
        int number = segments.Count;
        segments.Add((segment, random, random?.Now ?? default));
        SegmentMark mark = Mark();
        Variable<T> inner = segment.Compute(x, lengths, random, isAgain: false);
        Node<T> last = nodes[inner.Id];
        Forget(mark, number + 1);

        // Where the result was is free now, and may be where it goes.
        T* value = Take<T>(last.Shape.Count);
        new ReadOnlySpan<T>(last.Value, last.Shape.Count).CopyTo(new Span<T>(value, last.Shape.Count));
        inputs.Add(x.Id);
        nodes.Add(new Node<T>
        {
            Rule = SegmentRule<T>.Instance, Shape = last.Shape, Value = value, NeedsGradient = last.NeedsGradient, FirstInput = inputs.Count - 1, InputCount = 1, Settings = SegmentRule<T>.Of(number, lengths.Length), Kept = kept,
        });
        return new Variable<T>(this, nodes.Count - 1);
    }

    /// <summary>Carries a segment out again and hands the gradient of its result back through it.</summary>
    internal void WalkAgain(Node<T> node)
    {
        int number = node.Settings.Whole[0], input = InputId(node, 0);
        var (segment, random, start) = segments[number];

        // Memory that outlives the segment is taken before its own.
        GradientOfInput(node, 0);
        SegmentMark mark = Mark();
        RandomSource.State now = random?.Now ?? default;
        random?.GoTo(start);
        Variable<T> inner = segment.Compute(new Variable<T>(this, input), new ReadOnlySpan<int>(node.Kept, node.Settings.Whole[1]), random, isAgain: true);
        random?.GoTo(now);
        ref Node<T> last = ref CollectionsMarshal.AsSpan(nodes)[inner.Id];
        if (last.Gradient is null)
        {
            last.Gradient = node.Gradient;
        }
        else
        {
            VectorLoops.AddTo(node.Gradient, last.Gradient, last.Shape.Count);
        }

        Walk(inner.Id, mark.Nodes);
        Forget(mark, segments.Count);
    }

    private SegmentMark Mark() => new(nodes.Count, inputs.Count, arena.Mark);

    private void Forget(in SegmentMark mark, int segmentCount)
    {
        CollectionsMarshal.SetCount(nodes, mark.Nodes);
        CollectionsMarshal.SetCount(inputs, mark.Inputs);
        CollectionsMarshal.SetCount(segments, segmentCount);
        arena.Release(mark.Memory);
    }

    private readonly record struct SegmentMark(int Nodes, int Inputs, (int Slab, long Used) Memory);
}
