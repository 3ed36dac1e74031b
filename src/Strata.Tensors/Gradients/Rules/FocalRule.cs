using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>
/// Cross entropy in which rows that are already told well count less (Lin et al. 2017): the sum over the rows of -w (1 - p)^focus log p, p being the softmax's probability of the
/// row's class. With u = 1 - p: dL/dlog p = w (focus u^(focus-1) p log p - u^focus), dlog p/ds = (1 for the class) - p.
/// </summary>
internal sealed unsafe class FocalRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static FocalRule<T> Instance { get; } = new();

    /// <summary>What is kept: the classes, the rows' shares, room for the probabilities [rows, classes].</summary>
    internal readonly record struct Memory(nint Codes, nint Shares, nint Probabilities);

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> scores = ref tape.Input(node, 0);
        int classes = scores.Shape.Width;
        Memory memory = *(Memory*)node.Kept;
        T focus = T.CreateTruncating(node.Settings.First), loss = T.Zero;
        for (int row = 0; row < scores.Shape.Rows; row++)
        {
            nint at = (nint)row * classes;
            int own = ((int*)memory.Codes)[row];
            T* s = scores.Value + at, p = (T*)memory.Probabilities + at;
            T logarithm = s[own] - RowSoftmax.Fill(s, p, classes);
            loss -= ((T*)memory.Shares)[row] * T.Pow(Others(p, own, classes), focus) * logarithm;
        }

        *node.Value = loss;
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        ref Node<T> scores = ref tape.Input(node, 0);
        int classes = scores.Shape.Width;
        T* gradient = tape.GradientOfInput(node, 0);
        Memory memory = *(Memory*)node.Kept;
        T focus = T.CreateTruncating(node.Settings.First);
        for (int row = 0; row < scores.Shape.Rows; row++)
        {
            nint at = (nint)row * classes;
            int own = ((int*)memory.Codes)[row];
            T* p = (T*)memory.Probabilities + at;
            T others = Others(p, own, classes);

            T slope = *node.Gradient * ((T*)memory.Shares)[row] * T.Pow(others, focus) * (focus * p[own] * LogarithmOver(p[own], others) - T.One);
            for (int k = 0; k < classes; k++)
            {
                gradient[at + k] += slope * (k == own ? others : -p[k]);
            }
        }
    }

    /// <summary>log p / (1 - p), which is -1 where p comes to 1.</summary>
    private static T LogarithmOver(T p, T others) =>
        others == T.Zero ? -T.One : (others < T.CreateTruncating(0.5) ? T.LogP1(-others) : T.Log(T.Max(p, T.Epsilon))) / others;

    /// <summary>1 less the own class's probability, with all its digits.</summary>
    private static T Others(T* p, int own, int classes)
    {
        T sum = T.Zero;
        for (int k = 0; k < classes; k++)
        {
            sum += k == own ? T.Zero : p[k];
        }

        return sum;
    }
}
