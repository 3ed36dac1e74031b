using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>The softmax of a row of scores, without overflow.</summary>
internal static unsafe class RowSoftmax
{
    /// <summary>Fills the probabilities and returns the logarithm of the sum of <c>exp(s)</c>, so that <c>log p = s -</c> that.</summary>
    public static T Fill<T>(T* scores, T* probabilities, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T largest = scores[0], sum = T.Zero;
        for (int k = 1; k < count; k++)
        {
            largest = T.Max(largest, scores[k]);
        }

        for (int k = 0; k < count; k++)
        {
            probabilities[k] = T.Exp(scores[k] - largest);
            sum += probabilities[k];
        }

        for (int k = 0; k < count; k++)
        {
            probabilities[k] /= sum;
        }

        return largest + T.Log(sum);
    }
}
