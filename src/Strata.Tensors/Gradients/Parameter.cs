using System.Numerics;
using Strata.Tensors.Kernels;

namespace Strata.Tensors.Gradients;

/// <summary>Numbers that are learned, with the gradient that the last reverse walks added up.</summary>
/// <param name="name">Unique within a network, such as <c>block.0.weight</c>: model files and transfers know it by this.</param>
/// <param name="shape">Its shape.</param>
public sealed unsafe class Parameter<T>(string name, Shape shape) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Memory is taken when it is first asked for: a model that only predicts has no gradients, and one that is read from a file is checked first.
    private readonly Lazy<AlignedBuffer<T>> values = new(() => new AlignedBuffer<T>(shape.Count)), gradient = new(() => new AlignedBuffer<T>(shape.Count));

    public string Name { get; } = name;

    public Shape Shape { get; } = shape;

    /// <summary>Zero at first.</summary>
    public Span<T> Values => values.Value.Span;

    public Span<T> Gradient => gradient.Value.Span;

    /// <summary>A frozen parameter gets no gradient.</summary>
    public bool IsFrozen { get; set; }

    internal T* ValuePointer => values.Value.Pointer;

    internal T* GradientPointer => gradient.Value.Pointer;

    public void Dispose()
    {
        foreach (Lazy<AlignedBuffer<T>> memory in new[] { values, gradient })
        {
            if (memory.IsValueCreated)
            {
                memory.Value.Dispose();
            }
        }
    }
}
