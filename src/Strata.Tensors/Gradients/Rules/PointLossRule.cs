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
            PointLoss.SmoothAbsoluteError => size < setting ? half * gap * gap / setting : size - half * setting,
            PointLoss.Quantile => gap <= T.Zero ? -setting * gap : (T.One - setting) * gap,
            PointLoss.Logistic => Softplus(score) - score * target,
            PointLoss.WeightedLogistic => setting * target * Softplus(-score) + (T.One - target) * Softplus(score),
            PointLoss.Focal => T.Pow(Missed(score, target), setting) * (Softplus(score) - score * target),
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
            PointLoss.SmoothAbsoluteError => setting > T.Zero ? T.Clamp(gap / setting, -T.One, T.One) : T.CreateTruncating(T.Sign(gap)),
            PointLoss.Quantile => gap < T.Zero ? -setting : gap > T.Zero ? T.One - setting : T.Zero,
            PointLoss.Logistic => ScalarActivations.Logistic(score) - target,
            PointLoss.WeightedLogistic => (T.One - target) * ScalarActivations.Logistic(score) - setting * target * ScalarActivations.Logistic(-score),
            PointLoss.Focal => FocalSlope(score, target, setting),
            PointLoss.Poisson => T.Exp(score) - target,
            _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "There is no such loss."),
        };
    }

    private static T Softplus(T x) => ScalarActivations.Of(Activation.Softplus, x);

    /// <summary>1 less the probability of the target: p (1 - t) + (1 - p) t.</summary>
    private static T Missed(T score, T target) => ScalarActivations.Logistic(score) * (T.One - target) + ScalarActivations.Logistic(-score) * target;

    /// <summary>With u = 1 - the probability of the target and l the cross entropy: u^focus (p - t) + focus u^(focus-1) l (1 - 2 t) p (1 - p).</summary>
    private static T FocalSlope(T score, T target, T focus)
    {
        T p = ScalarActivations.Logistic(score), missed = Missed(score, target), spread = p * ScalarActivations.Logistic(-score);
        T falling = missed > T.Zero ? focus * (Softplus(score) - score * target) * (T.One - target - target) * spread / missed : T.Zero;
        return T.Pow(missed, focus) * (p - target + falling);
    }
}
