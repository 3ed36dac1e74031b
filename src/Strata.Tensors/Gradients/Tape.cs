using System.Numerics;
using System.Runtime.InteropServices;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients.Rules;

namespace Strata.Tensors.Gradients;

/// <summary>
/// Records operations as they are computed, and walks them in reverse to find how a result changes with everything before it (reverse-mode differentiation). All memory of a
/// step comes from one arena that <see cref="Reset"/> takes back: after the first steps a training loop allocates nothing. For one thread; the backend shares the work.
/// </summary>
public sealed unsafe partial class Tape<T>(Backend<T> backend) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Arena arena = new();
    private readonly List<Node<T>> nodes = [];
    private readonly List<int> inputs = [];

    /// <summary>Who computes.</summary>
    public Backend<T> Backend { get; } = backend;

    /// <summary>Whether gradients will be asked for; where not, what only the way back would need is not kept.</summary>
    public bool IsRecording { get; set; } = true;

    /// <summary>Looked at before each operation, so that a long pass ends soon after it is cancelled.</summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>Bytes of memory that steps have needed at the most.</summary>
    public long Bytes => arena.Bytes;

    /// <summary>Bytes of memory that this step has held at the most so far.</summary>
    public long UsedBytes => arena.MostUsed;

    /// <summary>Forgets all results: the next step takes their memory.</summary>
    public void Reset()
    {
        arena.Reset();
        nodes.Clear();
        inputs.Clear();
        segments.Clear();
    }

    /// <summary>Numbers from outside, copied.</summary>
    /// <param name="values">As many as the shape has, the last dimension innermost.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="needsGradient">Whether the reverse walk should find how the result changes with them.</param>
    public Variable<T> Constant(ReadOnlySpan<T> values, Shape shape, bool needsGradient = false)
    {
        if (values.Length != shape.Count)
        {
            throw new ArgumentException($"{values.Length} numbers do not fill shape {shape}.", nameof(values));
        }

        var node = new Node<T> { Shape = shape, Value = Take<T>(shape.Count), NeedsGradient = needsGradient && IsRecording };
        values.CopyTo(new Span<T>(node.Value, shape.Count));
        nodes.Add(node);
        return new Variable<T>(this, nodes.Count - 1);
    }

    /// <summary>A parameter as it stands; the reverse walk adds to its gradient.</summary>
    public Variable<T> Use(Parameter<T> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        bool learns = IsRecording && !parameter.IsFrozen;
        nodes.Add(new Node<T> { Shape = parameter.Shape, Value = parameter.ValuePointer, Gradient = learns ? parameter.GradientPointer : null, NeedsGradient = learns });
        return new Variable<T>(this, nodes.Count - 1);
    }

    /// <summary>Walks back from a single number, or from any result with the gradient 1 everywhere.</summary>
    public void Backward(Variable<T> result)
    {
        if (nodes[result.Id].NeedsGradient)
        {
            new Span<T>(GradientPointer(result.Id), result.Shape.Count).Fill(T.One);
            Walk(result.Id, 0);
        }
    }

    public void Dispose() => arena.Dispose();

    internal Shape ShapeOf(int id) => nodes[id].Shape;

    internal ReadOnlySpan<T> ValuesOf(int id) => new(nodes[id].Value, nodes[id].Shape.Count);

    internal ReadOnlySpan<T> GradientOf(int id) => nodes[id].Gradient is null ? [] : new(nodes[id].Gradient, nodes[id].Shape.Count);

    /// <summary>The input's place among all results.</summary>
    internal int InputId(in Node<T> node, int input) => inputs[node.FirstInput + input];

    internal ref Node<T> Input(in Node<T> node, int input) => ref CollectionsMarshal.AsSpan(nodes)[InputId(node, input)];

    /// <summary>Where the gradient of an input is added up, zero at first; null for one that needs none.</summary>
    internal T* GradientOfInput(in Node<T> node, int input) => Input(node, input).NeedsGradient ? GradientPointer(InputId(node, input)) : null;

    /// <summary>As <see cref="GradientOfInput(in Node{T}, int)"/>, but memory that no other result has added to yet is given with whatever is in it.</summary>
    /// <param name="node">The operation.</param>
    /// <param name="input">Which of its inputs.</param>
    /// <param name="adds">Whether gradients are there to add to; else all of them must be set.</param>
    internal T* GradientOfInput(in Node<T> node, int input, out bool adds)
    {
        ref Node<T> from = ref Input(node, input);
        adds = from.Gradient is not null;
        if (!adds && from.NeedsGradient)
        {
            from.Gradient = Take<T>(from.Shape.Count);
        }

        return from.NeedsGradient ? from.Gradient : null;
    }

    /// <summary>Adds the result's gradient to that of an input with as many numbers; the first to come is handed over with its memory.</summary>
    internal void HandGradientTo(in Node<T> node, int input)
    {
        ref Node<T> to = ref Input(node, input);
        if (to.NeedsGradient && to.Gradient is null)
        {
            to.Gradient = node.Gradient;
        }
        else if (to.NeedsGradient)
        {
            VectorLoops.AddTo(node.Gradient, to.Gradient, to.Shape.Count);
        }
    }

    /// <summary>As <see cref="GradientOfInput(in Node{T}, int, out bool)"/>, for an input with as many numbers as the result: the first to come gets the memory of the result's gradient.</summary>
    internal T* HandedGradientOfInput(in Node<T> node, int input, out bool adds)
    {
        ref Node<T> to = ref Input(node, input);
        if (to.NeedsGradient && to.Gradient is null)
        {
            to.Gradient = node.Gradient;
            adds = false;
            return to.Gradient;
        }

        return GradientOfInput(node, input, out adds);
    }

    /// <summary>Memory until the step ends, with whatever is in it.</summary>
    internal TValue* Take<TValue>(long count)
        where TValue : unmanaged => (TValue*)arena.Take(count * sizeof(TValue));

    /// <summary>Records an operation and computes it.</summary>
    internal Variable<T> Record(Rule<T> rule, Shape shape, scoped ReadOnlySpan<Variable<T>> of, Settings settings = default, void* kept = null)
    {
        Cancellation.ThrowIfCancellationRequested();
        int first = inputs.Count;
        bool needs = false;
        foreach (Variable<T> input in of)
        {
            if (!ReferenceEquals(input.Tape, this))
            {
                throw new ArgumentException("An input was recorded on another tape.", nameof(of));
            }

            inputs.Add(input.Id);
            needs |= nodes[input.Id].NeedsGradient;
        }

        var node = new Node<T> { Rule = rule, Shape = shape, Value = Take<T>(shape.Count), NeedsGradient = needs, FirstInput = first, InputCount = of.Length, Settings = settings, Kept = kept };
        nodes.Add(node);
        rule.Forward(this, ref CollectionsMarshal.AsSpan(nodes)[^1]);
        return new Variable<T>(this, nodes.Count - 1);
    }

    /// <summary>Hands gradients on from one result to the results before it, down to a first one.</summary>
    private void Walk(int from, int first)
    {
        for (int id = from; id >= first; id--)
        {
            // Looked up each time: a checkpointed segment records while it is walked through.
            ref Node<T> node = ref CollectionsMarshal.AsSpan(nodes)[id];
            if (node.Rule is not null && node.Gradient is not null)
            {
                Cancellation.ThrowIfCancellationRequested();
                node.Rule.Backward(this, ref node);
            }
        }
    }

    private T* GradientPointer(int id)
    {
        ref Node<T> node = ref CollectionsMarshal.AsSpan(nodes)[id];
        if (node.Gradient is null)
        {
            node.Gradient = Take<T>(node.Shape.Count);
            new Span<T>(node.Gradient, node.Shape.Count).Clear();
        }

        return node.Gradient;
    }
}
