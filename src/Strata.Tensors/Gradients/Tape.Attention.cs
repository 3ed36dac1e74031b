using Strata.Tensors.Gradients.Rules;

namespace Strata.Tensors.Gradients;

public sealed unsafe partial class Tape<T>
{
    /// <summary>Attention of a series to itself, [batch, steps, width]: scaled dot products of several heads (Vaswani et al. 2017).</summary>
    /// <param name="all">Queries, keys and values side by side: [batch, steps, 3 width].</param>
    /// <param name="heads">A divisor of the width.</param>
    /// <param name="lengths">How many keys each row has, 0 to all; empty where all have all.</param>
    /// <param name="isCausal">Whether steps see no later ones.</param>
    /// <param name="dropout">Share of weights left out by chance.</param>
    /// <param name="random">Where chance comes from; null for none.</param>
    /// <param name="sharesChance">Whether the same weights are left out in every row of the batch.</param>
    public Variable<T> SelfAttention(Variable<T> all, int heads, ReadOnlySpan<int> lengths = default, bool isCausal = false, double dropout = 0, RandomSource? random = null, bool sharesChance = false)
    {
        Require(all.Shape.Dimensions == 3 && all.Shape.Width % 3 == 0, $"Attention to itself needs queries, keys and values side by side, [batch, steps, 3 width], not {all.Shape}.");
        return Attend([all], all.Shape.Width / 3, all.Shape[1], heads, lengths, isCausal, dropout, random, sharesChance);
    }

    /// <summary>Attention to another series, [batch, queries, width].</summary>
    /// <param name="queries">[batch, queries, width].</param>
    /// <param name="memory">Keys and values side by side: [batch, keys, 2 width].</param>
    /// <param name="heads">A divisor of the width.</param>
    /// <param name="lengths">How many keys each row has, 0 to all; empty where all have all.</param>
    /// <param name="isCausal">Whether queries see no later keys than their own place.</param>
    /// <param name="dropout">Share of weights left out by chance.</param>
    /// <param name="random">Where chance comes from; null for none.</param>
    /// <param name="sharesChance">Whether the same weights are left out in every row of the batch.</param>
    public Variable<T> Attention(
        Variable<T> queries, Variable<T> memory, int heads, ReadOnlySpan<int> lengths = default, bool isCausal = false, double dropout = 0, RandomSource? random = null, bool sharesChance = false)
    {
        Require(queries.Shape.Dimensions == 3 && memory.Shape.Dimensions == 3 && queries.Shape[0] == memory.Shape[0] && memory.Shape.Width == 2 * queries.Shape.Width,
            $"Queries {queries.Shape} do not fit keys and values side by side {memory.Shape}.");
        return Attend([queries, memory], queries.Shape.Width, memory.Shape[1], heads, lengths, isCausal, dropout, random, sharesChance);
    }

    /// <summary>Each number times a row of its own: tokens of a table's cells.</summary>
    /// <param name="x">[.., rows].</param>
    /// <param name="w">[rows, width].</param>
    /// <returns>[.., rows, width].</returns>
    public Variable<T> ScaleRows(Variable<T> x, Variable<T> w)
    {
        Require(w.Shape.Dimensions == 2 && x.Shape.Width == w.Shape[0] && x.Shape.Dimensions < Shape.MostDimensions, $"The numbers of {x.Shape} do not each have a row of {w.Shape}.");
        Span<int> lengths = stackalloc int[x.Shape.Dimensions + 1];
        for (int i = 0; i < x.Shape.Dimensions; i++)
        {
            lengths[i] = x.Shape[i];
        }

        lengths[^1] = w.Shape[1];
        return Record(ScaleRowsRule<T>.Instance, new Shape(lengths), [x, w]);
    }

    private Variable<T> Attend(ReadOnlySpan<Variable<T>> of, int width, int keys, int heads, ReadOnlySpan<int> lengths, bool isCausal, double dropout, RandomSource? random, bool sharesChance)
    {
        Require(heads > 0 && width % heads == 0, $"{heads} heads do not share a width of {width} evenly.");
        Require(dropout is >= 0 and < 1, $"A dropout rate is at least 0 and below 1, not {dropout}.");
        int batch = of[0].Shape[0];
        var memory = Take<AttendRule<T>.Memory>(1);
        double rate = random is null ? 0 : dropout;
        *memory = new AttendRule<T>.Memory((nint)KeepLengths(lengths, batch, keys), rate > 0 ? random!.NextBits() : 0, 0);
        return Record(AttendRule<T>.Instance, new Shape(batch, of[0].Shape[1], width), of, AttendRule<T>.Of(heads, isCausal, rate, sharesChance), memory);
    }
}
