using System.Numerics;
using Strata.Tensors.Backends;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>y = f(x) for one of the activations: dx = dy f'(x).</summary>
internal sealed class ActivationRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static ActivationRule<T> Instance { get; } = new();

    public static Settings Of(Activation kind)
    {
        var settings = default(Settings);
        settings.Whole[0] = (int)kind;
        return settings;
    }

    public override unsafe void Forward(Tape<T> tape, ref Node<T> node) =>
        tape.Backend.Activate((Activation)node.Settings.Whole[0], tape.Input(node, 0).Value, node.Value, node.Shape.Count);

    public override unsafe void Backward(Tape<T> tape, ref Node<T> node) =>
        tape.Backend.ActivateBack((Activation)node.Settings.Whole[0], tape.Input(node, 0).Value, node.Value, node.Gradient, tape.GradientOfInput(node, 0), node.Shape.Count);
}
