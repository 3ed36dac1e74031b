using System.Numerics;
using Strata.Tensors.Backends;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>
/// The sum over the rows of w v^beta (log v + (t - m)^2 / v) / 2, where each row says a mean m and a variance v (Nix and Weigend 1994); v^beta counts as a constant on the way
/// back (Seitzer et al. 2022): dm = w v^beta (m - t) / v, dv = w v^beta (1 - (t - m)^2 / v) / (2 v).
/// </summary>
internal sealed unsafe class GaussianLikelihoodRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static GaussianLikelihoodRule<T> Instance { get; } = new();

    /// <summary>What is kept: the targets and the rows' shares.</summary>
    internal readonly record struct Memory(nint Targets, nint Shares);

    public static Settings Of(VarianceForm form, double beta)
    {
        var settings = new Settings { First = beta };
        settings.Whole[0] = (int)form;
        return settings;
    }

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> scores = ref tape.Input(node, 0);
        Memory memory = *(Memory*)node.Kept;
        T beta = T.CreateTruncating(node.Settings.First), half = T.CreateTruncating(0.5), sum = T.Zero;
        for (int row = 0; row < scores.Shape.Rows; row++)
        {
            T variance = Variance((VarianceForm)node.Settings.Whole[0], scores.Value[2 * row + 1]), gap = scores.Value[2 * row] - ((T*)memory.Targets)[row];
            sum += ((T*)memory.Shares)[row] * T.Pow(variance, beta) * half * (T.Log(variance) + gap * gap / variance);
        }

        *node.Value = sum;
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> scores = ref tape.Input(node, 0);
        T* gradient = tape.GradientOfInput(node, 0);
        Memory memory = *(Memory*)node.Kept;
        var form = (VarianceForm)node.Settings.Whole[0];
        T beta = T.CreateTruncating(node.Settings.First), half = T.CreateTruncating(0.5);
        for (int row = 0; row < scores.Shape.Rows; row++)
        {
            T raw = scores.Value[2 * row + 1], variance = Variance(form, raw), gap = scores.Value[2 * row] - ((T*)memory.Targets)[row];
            T factor = *node.Gradient * ((T*)memory.Shares)[row] * T.Pow(variance, beta) / variance;
            T slope = form == VarianceForm.Logarithm ? variance : ScalarActivations.Logistic(raw);
            gradient[2 * row] += factor * gap;
            gradient[2 * row + 1] += factor * half * (T.One - gap * gap / variance) * slope;
        }
    }

    private static T Variance(VarianceForm form, T raw) => form == VarianceForm.Logarithm ? T.Exp(raw) : ScalarActivations.Of(Activation.Softplus, raw) + T.CreateTruncating(VarianceForms.Least);
}
