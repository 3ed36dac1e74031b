using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Strata.Learning.Neural.Optimizers;

/// <summary>How an optimizer moves sixteen numbers.</summary>
internal interface IUpdate
{
    /// <summary>The moved values.</summary>
    /// <param name="value">As they stand.</param>
    /// <param name="gradient">Their gradients.</param>
    /// <param name="first">What is remembered of earlier steps.</param>
    /// <param name="second">The other thing that is remembered; zero where the optimizer has but one.</param>
    Vector512<float> Moved(Vector512<float> value, Vector512<float> gradient, ref Vector512<float> first, ref Vector512<float> second);
}

/// <summary>A piece of a parameter with its gradient and what an optimizer remembers of it; gradients come scaled and cut to their limits.</summary>
/// <param name="values">As they stand.</param>
/// <param name="gradient">Their gradients.</param>
/// <param name="first">What is remembered.</param>
/// <param name="second">The other thing that is remembered, or nothing.</param>
/// <param name="factor">Gradients are multiplied by it.</param>
/// <param name="most">Gradients beyond are cut.</param>
internal readonly ref struct Slice(Span<float> values, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, float factor, float most)
{
    private static readonly int Width = Vector512<float>.Count;

    private readonly Span<float> values = values, first = first, second = second;
    private readonly ReadOnlySpan<float> gradient = gradient;
    private readonly Vector512<float> factor = Vector512.Create(factor), most = Vector512.Create(most);

    public static double SumOfSquares(ReadOnlySpan<float> numbers)
    {
        Vector512<double> low = Vector512<double>.Zero, high = low;
        int i = 0;
        for (; i + Width <= numbers.Length; i += Width)
        {
            (Vector512<double> a, Vector512<double> b) = Vector512.Widen(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(numbers), (nuint)i));
            low = Vector512.FusedMultiplyAdd(a, a, low);
            high = Vector512.FusedMultiplyAdd(b, b, high);
        }

        double sum = Vector512.Sum(low + high);
        foreach (float rest in numbers[i..])
        {
            sum += (double)rest * rest;
        }

        return sum;
    }

    /// <summary>Moves all numbers, sixteen at a time, the last ones in a vector that is filled up with zeros.</summary>
    public void Apply<TUpdate>(TUpdate update)
        where TUpdate : struct, IUpdate
    {
        int whole = values.Length / Width * Width, rest = values.Length - whole;
        for (int i = 0; i < whole; i += Width)
        {
            Move(update, values[i..], gradient[i..], first[i..], second.IsEmpty ? second : second[i..]);
        }

        if (rest == 0)
        {
            return;
        }

        Span<float> padded = stackalloc float[4 * Width];
        padded.Clear();
        Span<float> value = padded[..Width], g = padded[Width..(2 * Width)], one = padded[(2 * Width)..(3 * Width)], other = padded[(3 * Width)..];
        values[whole..].CopyTo(value);
        gradient[whole..].CopyTo(g);
        first[whole..].CopyTo(one);
        (second.IsEmpty ? second : second[whole..]).CopyTo(other);
        Move(update, value, g, one, other);
        value[..rest].CopyTo(values[whole..]);
        one[..rest].CopyTo(first[whole..]);
        other[..(second.IsEmpty ? 0 : rest)].CopyTo(second.IsEmpty ? second : second[whole..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Move<TUpdate>(TUpdate update, Span<float> value, ReadOnlySpan<float> slope, Span<float> one, Span<float> other)
        where TUpdate : struct, IUpdate
    {
        Vector512<float> g = Vector512.Max(Vector512.Min(Load(slope) * factor, most), -most), memory = Load(one), second = other.IsEmpty ? Vector512<float>.Zero : Load(other);
        update.Moved(Load(value), g, ref memory, ref second).StoreUnsafe(ref MemoryMarshal.GetReference(value));
        memory.StoreUnsafe(ref MemoryMarshal.GetReference(one));
        if (!other.IsEmpty)
        {
            second.StoreUnsafe(ref MemoryMarshal.GetReference(other));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(ReadOnlySpan<float> from) => Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(from));
}
