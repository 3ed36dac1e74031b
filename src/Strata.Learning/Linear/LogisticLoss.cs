using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Strata.Learning.Linear;

/// <summary>
/// The log loss of raw scores and its derivative, for a block of rows. Buffers are padded to a multiple of eight rows; padding has weight 0.
/// Binary: l = max(z, 0) - y z + log(1 + exp(-|z|)), dl/dz = 1/(1 + exp(-z)) - y. Several classes: l = log(sum exp z) - z_y, dl/dz_k = softmax_k - [y = k].
/// </summary>
internal static class LogisticLoss
{
    private const int Width = 8;

    /// <summary>Replaces scores by weighted derivatives and returns the weighted loss.</summary>
    /// <param name="z">Scores in, derivatives out.</param>
    /// <param name="truth">0 or 1 a row.</param>
    /// <param name="weights">One a row.</param>
    public static double Binary(Span<double> z, ReadOnlySpan<double> truth, ReadOnlySpan<double> weights)
    {
        ref double at = ref MemoryMarshal.GetReference(z);
        ref double y = ref MemoryMarshal.GetReference(truth);
        ref double w = ref MemoryMarshal.GetReference(weights);
        Vector512<double> one = Vector512<double>.One, loss = Vector512<double>.Zero;
        for (nuint i = 0; i < (nuint)z.Length; i += Width)
        {
            Vector512<double> score = Vector512.LoadUnsafe(ref at, i), label = Vector512.LoadUnsafe(ref y, i), weight = Vector512.LoadUnsafe(ref w, i);
            Vector512<double> e = Vector512.Exp(-Vector512.Abs(score)), q = one / (one + e);
            Vector512<double> probability = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(score, Vector512<double>.Zero), q, e * q);
            loss += weight * (Vector512.Max(score, Vector512<double>.Zero) - label * score + Vector512.Log(one + e));
            (weight * (probability - label)).StoreUnsafe(ref at, i);
        }

        return Vector512.Sum(loss);
    }

    /// <summary>Replaces scores by weighted derivatives and returns the weighted loss.</summary>
    /// <param name="z">Class by class, <paramref name="stride"/> places apart: scores in, derivatives out.</param>
    /// <param name="stride">A multiple of eight: the places of one class.</param>
    /// <param name="codes">The true class of each row; fewer than the stride in the last block.</param>
    /// <param name="weights">One a row.</param>
    public static double Multiclass(Span<double> z, int stride, ReadOnlySpan<int> codes, ReadOnlySpan<double> weights)
    {
        double right = 0;
        for (int i = 0; i < codes.Length; i++)
        {
            right += weights[i] * z[codes[i] * stride + i];
        }

        Vector512<double> loss = Vector512<double>.Zero;
        for (int i = 0; i < stride; i += Width)
        {
            Vector512<double> largest = Vector512.Create<double>(z[i..]);
            for (int at = stride + i; at < z.Length; at += stride)
            {
                largest = Vector512.Max(largest, Vector512.Create<double>(z[at..]));
            }

            Vector512<double> total = Vector512<double>.Zero, weight = Vector512.Create(weights[i..]);
            for (int at = i; at < z.Length; at += stride)
            {
                Vector512<double> e = Vector512.Exp(Vector512.Create<double>(z[at..]) - largest);
                total += e;
                e.CopyTo(z[at..]);
            }

            loss += weight * (largest + Vector512.Log(total));
            Vector512<double> factor = weight / total;
            for (int at = i; at < z.Length; at += stride)
            {
                (Vector512.Create<double>(z[at..]) * factor).CopyTo(z[at..]);
            }
        }

        for (int i = 0; i < codes.Length; i++)
        {
            z[codes[i] * stride + i] -= weights[i];
        }

        return Vector512.Sum(loss) - right;
    }
}
