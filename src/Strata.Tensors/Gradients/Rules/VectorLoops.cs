using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>The plain loops over memory that rules are made of, a vector at a time.</summary>
internal static unsafe class VectorLoops
{
    /// <summary>to += from.</summary>
    public static void AddTo<T>(T* from, T* to, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i + Vector<T>.Count <= count; i += Vector<T>.Count)
        {
            (Vector.Load(to + i) + Vector.Load(from + i)).Store(to + i);
        }

        for (; i < count; i++)
        {
            to[i] += from[i];
        }
    }

    /// <summary>to += factor from.</summary>
    public static void AddScaledTo<T>(T* from, T factor, T* to, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var factors = new Vector<T>(factor);
        int i = 0;
        for (; i + Vector<T>.Count <= count; i += Vector<T>.Count)
        {
            (Vector.Load(to + i) + factors * Vector.Load(from + i)).Store(to + i);
        }

        for (; i < count; i++)
        {
            to[i] += factor * from[i];
        }
    }

    /// <summary>to += a b.</summary>
    public static void AddProductTo<T>(T* a, T* b, T* to, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i + Vector<T>.Count <= count; i += Vector<T>.Count)
        {
            (Vector.Load(to + i) + Vector.Load(a + i) * Vector.Load(b + i)).Store(to + i);
        }

        for (; i < count; i++)
        {
            to[i] += a[i] * b[i];
        }
    }

    /// <summary>to = a + b.</summary>
    public static void Add<T>(T* a, T* b, T* to, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i + Vector<T>.Count <= count; i += Vector<T>.Count)
        {
            (Vector.Load(a + i) + Vector.Load(b + i)).Store(to + i);
        }

        for (; i < count; i++)
        {
            to[i] = a[i] + b[i];
        }
    }

    /// <summary>to = a b.</summary>
    public static void Multiply<T>(T* a, T* b, T* to, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i + Vector<T>.Count <= count; i += Vector<T>.Count)
        {
            (Vector.Load(a + i) * Vector.Load(b + i)).Store(to + i);
        }

        for (; i < count; i++)
        {
            to[i] = a[i] * b[i];
        }
    }

    public static T Sum<T>(T* values, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> sums = Vector<T>.Zero;
        int i = 0;
        for (; i + Vector<T>.Count <= count; i += Vector<T>.Count)
        {
            sums += Vector.Load(values + i);
        }

        T sum = Vector.Sum(sums);
        for (; i < count; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    public static T Dot<T>(T* a, T* b, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> sums = Vector<T>.Zero;
        int i = 0;
        for (; i + Vector<T>.Count <= count; i += Vector<T>.Count)
        {
            sums += Vector.Load(a + i) * Vector.Load(b + i);
        }

        T sum = Vector.Sum(sums);
        for (; i < count; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
