using System.Numerics;
using Strata.Tensors.Backends;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>The weighted mean over all elements of a loss of one score and one target.</summary>
internal sealed unsafe class PointLossRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static PointLossRule<T> Instance { get; } = new();

    /// <summary>What is kept: the targets, and the weights divided by their sum.</summary>
    internal readonly record struct Memory(nint Targets, nint Weights);

    public static Settings Of(PointLoss loss, double setting)
    {
        var settings = new Settings { First = setting };
        settings.Whole[0] = (int)loss;
        return settings;
    }

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> scores = ref tape.Input(node, 0);
        Memory memory = *(Memory*)node.Kept;
        T* targets = (T*)memory.Targets, weights = (T*)memory.Weights;
        T sum = T.Zero, setting = T.CreateTruncating(node.Settings.First);
        for (int i = 0; i < scores.Shape.Count; i++)
        {
            sum += weights[i] * Value((PointLoss)node.Settings.Whole[0], scores.Value[i], targets[i], setting);
        }

        *node.Value = sum;
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> scores = ref tape.Input(node, 0);
        Memory memory = *(Memory*)node.Kept;
        T* targets = (T*)memory.Targets, weights = (T*)memory.Weights, gradient = tape.GradientOfInput(node, 0);
        T setting = T.CreateTruncating(node.Settings.First);
        for (int i = 0; i < scores.Shape.Count; i++)
        {
            gradient[i] += *node.Gradient * weights[i] * Slope((PointLoss)node.Settings.Whole[0], scores.Value[i], targets[i], setting);
        }
    }

    private static T Value(PointLoss loss, T score, T target, T setting)
    {
        T gap = score - target, size = T.Abs(gap), half = T.CreateTruncating(0.5);
        return loss switch
        {
            PointLoss.SquaredError => gap * gap,
            PointLoss.AbsoluteError => size,
            PointLoss.Huber => size <= setting ? half * gap * gap : setting * (size - half * setting),
            PointLoss.Quantile => gap <= T.Zero ? -setting * gap : (T.One - setting) * gap,
            PointLoss.Logistic => T.Max(score, T.Zero) - score * target + T.LogP1(T.Exp(-T.Abs(score))),
            PointLoss.Poisson => T.Exp(score) - target * score,
            _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "There is no such loss."),
        };
    }

    private static T Slope(PointLoss loss, T score, T target, T setting)
    {
        T gap = score - target;
        return loss switch
        {
            PointLoss.SquaredError => gap + gap,
            PointLoss.AbsoluteError => T.CreateTruncating(T.Sign(gap)),
            PointLoss.Huber => T.Clamp(gap, -setting, setting),
            PointLoss.Quantile => gap < T.Zero ? -setting : gap > T.Zero ? T.One - setting : T.Zero,
            PointLoss.Logistic => ScalarActivations.Logistic(score) - target,
            PointLoss.Poisson => T.Exp(score) - target,
            _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "There is no such loss."),
        };
    }
}
