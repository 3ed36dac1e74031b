using System.Numerics;
using Strata.Tensors.Kernels;

namespace Strata.Tensors.Gradients;

/// <summary>Numbers that are learned, with the gradient that the last reverse walks added up.</summary>
public sealed unsafe class Parameter<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> values, gradient;

    /// <param name="name">Unique within a network, such as <c>block.0.weight</c>: model files and transfers know it by this.</param>
    /// <param name="shape">Its shape.</param>
    public Parameter(string name, Shape shape)
    {
        (Name, Shape) = (name, shape);
        values = new AlignedBuffer<T>(shape.Count);
        gradient = new AlignedBuffer<T>(shape.Count);
    }

    public string Name { get; }

    public Shape Shape { get; }

    public Span<T> Values => values.Span;

    public Span<T> Gradient => gradient.Span;

    /// <summary>A frozen parameter gets no gradient.</summary>
    public bool IsFrozen { get; set; }

    internal T* ValuePointer => values.Pointer;

    internal T* GradientPointer => gradient.Pointer;

    public void Dispose()
    {
        values.Dispose();
        gradient.Dispose();
    }
}
