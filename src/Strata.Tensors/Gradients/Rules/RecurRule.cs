using System.Numerics;
using Strata.Tensors.Backends;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>A recurrent layer over all steps; back through time (Werbos 1990). Inputs: x, weights of the input and of what is remembered, then biases and initial states as told.</summary>
internal sealed unsafe class RecurRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static RecurRule<T> Instance { get; } = new();

    /// <summary>What is kept: the lengths of rows, 0 for none, and the backend's memory.</summary>
    internal record struct Memory(nint Lengths, nint OfBackend);

    public static Settings Of(RecurrentCell cell, bool isReversed, bool hasBias, int initials)
    {
        var settings = default(Settings);
        (settings.Whole[0], settings.Whole[1], settings.Whole[2], settings.Whole[3]) = ((int)cell, isReversed ? 1 : 0, hasBias ? 1 : 0, initials);
        return settings;
    }

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        Recurrence<T> layer = Layer(tape, node);
        ((Memory*)node.Kept)->OfBackend = (nint)tape.Take<T>(tape.Backend.RecurMemory(layer));
        tape.Backend.Recur(Layer(tape, node));
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        Recurrence<T> layer = Layer(tape, node);
        int initials = Initials(node);
        bool hasBias = HasBias(node);
        tape.Backend.RecurBack(layer, new RecurrenceGradients<T>
        {
            Y = node.Gradient,
            X = tape.GradientOfInput(node, 0),
            WeightInput = tape.GradientOfInput(node, 1),
            WeightHidden = tape.GradientOfInput(node, 2),
            BiasInput = hasBias ? tape.GradientOfInput(node, 3) : null,
            BiasHidden = hasBias ? tape.GradientOfInput(node, 4) : null,
            InitialHidden = initials > 0 ? tape.GradientOfInput(node, node.InputCount - initials) : null,
            InitialCell = initials > 1 ? tape.GradientOfInput(node, node.InputCount - 1) : null,
            Memory = tape.Take<T>(tape.Backend.RecurBackMemory(layer)),
        });
    }

    private static bool HasBias(in Node<T> node) => node.Settings.Whole[2] == 1;

    private static int Initials(in Node<T> node) => node.Settings.Whole[3];

    private static Recurrence<T> Layer(Tape<T> tape, in Node<T> node)
    {
        ref Node<T> x = ref tape.Input(node, 0);
        int initials = Initials(node);
        bool hasBias = HasBias(node);
        Memory memory = *(Memory*)node.Kept;
        return new Recurrence<T>
        {
            Cell = (RecurrentCell)node.Settings.Whole[0],
            IsReversed = node.Settings.Whole[1] == 1,
            Batch = x.Shape[0],
            Steps = x.Shape[1],
            Width = x.Shape[2],
            Hidden = node.Shape[2],
            X = x.Value,
            WeightInput = tape.Input(node, 1).Value,
            WeightHidden = tape.Input(node, 2).Value,
            BiasInput = hasBias ? tape.Input(node, 3).Value : null,
            BiasHidden = hasBias ? tape.Input(node, 4).Value : null,
            InitialHidden = initials > 0 ? tape.Input(node, node.InputCount - initials).Value : null,
            InitialCell = initials > 1 ? tape.Input(node, node.InputCount - 1).Value : null,
            Lengths = (int*)memory.Lengths,
            Memory = (T*)memory.OfBackend,
            Y = node.Value,
            Keeps = node.NeedsGradient,
        };
    }
}
