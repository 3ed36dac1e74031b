using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>How far two rows lie apart, and the way from one to the other.</summary>
internal static unsafe class RowDistance
{
    /// <summary>The length of a - b + offset.</summary>
    public static T Between<T>(T* a, T* b, int width, T offset)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int j = 0; j < width; j++)
        {
            T gap = a[j] - b[j] + offset;
            sum += gap * gap;
        }

        return T.Sqrt(sum);
    }

    /// <summary>da += factor (a - b + offset) and db less as much; either may be null.</summary>
    public static void AddGap<T>(T* a, T* b, int width, T offset, T factor, T* da, T* db)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < width; j++)
        {
            T gap = factor * (a[j] - b[j] + offset);
            if (da is not null)
            {
                da[j] += gap;
            }

            if (db is not null)
            {
                db[j] -= gap;
            }
        }
    }
}
