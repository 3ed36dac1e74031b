using System.Numerics;
using Strata.Tensors.Backends;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>Attention of several heads. One input has queries, keys and values side by side; of two, the first has the queries and the second keys and values.</summary>
internal sealed unsafe class AttendRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static AttendRule<T> Instance { get; } = new();

    /// <summary>What is kept: the lengths of rows, 0 for none, the seed of the chance, and the backend's memory.</summary>
    internal record struct Memory(nint Lengths, ulong Seed, nint OfBackend);

    public static Settings Of(int heads, bool isCausal, double dropout, bool sharesChance)
    {
        var settings = new Settings { First = dropout };
        (settings.Whole[0], settings.Whole[1], settings.Whole[2]) = (heads, isCausal ? 1 : 0, sharesChance ? 1 : 0);
        return settings;
    }

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        ((Memory*)node.Kept)->OfBackend = (nint)tape.Take<T>(tape.Backend.AttendMemory(Attention(tape, node)));
        tape.Backend.Attend(Attention(tape, node));
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        Attention<T> attention = Attention(tape, node);
        int width = attention.Width;
        T* query = tape.GradientOfInput(node, 0, out bool addsQuery), key = query + width;
        bool addsKey = addsQuery;
        if (node.InputCount > 1)
        {
            key = tape.GradientOfInput(node, 1, out addsKey);
        }

        tape.Backend.AttendBack(attention, new AttentionGradients<T>
        {
            Y = node.Gradient,
            Query = query,
            Key = key,
            Value = key is null ? null : key + width,
            AddsQuery = addsQuery,
            AddsKey = addsKey,
            Memory = tape.Take<T>(tape.Backend.AttendBackMemory(attention)),
        });
    }

    private static Attention<T> Attention(Tape<T> tape, in Node<T> node)
    {
        bool isApart = node.InputCount > 1;
        ref Node<T> query = ref tape.Input(node, 0), key = ref tape.Input(node, isApart ? 1 : 0);
        int width = node.Shape[2], heads = node.Settings.Whole[0];
        T* keys = isApart ? key.Value : key.Value + width;
        Memory memory = *(Memory*)node.Kept;
        return new Attention<T>
        {
            Batch = node.Shape[0],
            Queries = node.Shape[1],
            Keys = key.Shape[1],
            Heads = heads,
            HeadWidth = width / heads,
            Query = query.Value,
            QueryStep = query.Shape.Width,
            Key = keys,
            Value = keys + width,
            KeyStep = key.Shape.Width,
            Lengths = (int*)memory.Lengths,
            IsCausal = node.Settings.Whole[1] == 1,
            Dropout = node.Settings.First,
            Seed = memory.Seed,
            SharesChance = node.Settings.Whole[2] == 1,
            Y = node.Value,
            Memory = (T*)memory.OfBackend,
        };
    }
}
