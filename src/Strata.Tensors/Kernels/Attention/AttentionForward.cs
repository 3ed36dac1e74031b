using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Strata.Tensors.Backends;
using Strata.Tensors.Kernels.Products;

namespace Strata.Tensors.Kernels.Attention;

/// <summary>
/// One head of one row of the batch. Queries are the lanes of the vectors: scores lie as [keys][queries], so that their softmax needs no step across a vector, and the mean of the
/// values is one more product with them as they are. Scores live in the cache of a block of queries only.
/// </summary>
internal readonly unsafe struct AttentionForward(Attention<float> attention, AttentionLayout layout) : ITeamWork
{
    private const int Lane = Lanes.Two;

    public void Run(int item, int member)
    {
        int row = item / attention.Heads, head = item % attention.Heads, width = attention.HeadWidth, keys = attention.Length(row);
        float* kept = attention.Memory + item * layout.Kept, own = attention.Memory + attention.Batch * attention.Heads * layout.Kept + member * layout.ForwardMember;
        float* query = own + 2 * layout.Packed(attention.Keys), mean = query + layout.Part, scores = mean + layout.Part;
        nint first = (nint)row * attention.Keys * attention.KeyStep + (nint)head * width;
        var ofKeys = new PackedLeft(own, keys, width);
        var ofValues = new PackedLeft(own + layout.Packed(attention.Keys), width, keys);
        ofKeys.Pack(new MatrixView((nint)(attention.Key + first), keys, width, attention.KeyStep, 1), 0);
        ofValues.Pack(new MatrixView((nint)(attention.Value + first), keys, width, attention.KeyStep, 1).Transposed, 0);
        float** rows = stackalloc float*[Lane];
        for (int from = 0; from < attention.Queries; from += Lane, kept += 2 * Lane)
        {
            int count = Math.Min(Lane, attention.Queries - from);
            if (keys == 0)
            {
                Clear(row, head, from, count);
                continue;
            }

            for (int lane = 0; lane < Lane; lane++)
            {
                // Lanes past the last query repeat it; what they give goes nowhere.
                rows[lane] = attention.Query + ((nint)row * attention.Queries + from + Math.Min(lane, count - 1)) * attention.QueryStep + (nint)head * width;
            }

            Lanes.Gather(rows, Lane, width, query);
            ofKeys.Multiply(query, scores, Lane, adds: false);
            uint place = attention.Place(row, head, from, 0);
            Softmax(scores, keys, from, place, kept);
            Softmax(scores + Lanes.One, keys, from + Lanes.One, unchecked(place + (uint)Lanes.One * attention.ChanceStep), kept + Lanes.One);
            ofValues.Multiply(scores, mean, Lane, adds: false);
            Scale(mean, kept + Lane);
            float* spare = query;
            for (int lane = 0; lane < Lane; lane++)
            {
                rows[lane] = lane < count ? attention.Y + ((nint)row * attention.Queries + from + lane) * attention.Width + (nint)head * width : spare;
            }

            Lanes.Scatter(mean, Lane, width, rows, adds: false);
        }
    }

    /// <summary>Sixteen queries' scores become their weights but for the sum, which is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Softmax(float* scores, int keys, int firstQuery, uint place, float* kept)
    {
        Vector512<float> largest = Vector512.Create(float.NegativeInfinity), scale = Vector512.Create(1 / MathF.Sqrt(attention.HeadWidth));
        Vector512<int> queries = Vector512.CreateSequence(firstQuery, 1);
        if (attention.IsCausal)
        {
            for (int key = firstQuery + 1; key < keys; key++)
            {
                float* at = scores + (nint)key * Lane;
                Vector512.ConditionalSelect(Vector512.LessThan(queries, Vector512.Create(key)).AsSingle(), largest, Vector512.Load(at)).Store(at);
            }
        }

        for (int key = 0; key < keys; key++)
        {
            largest = Vector512.MaxNative(largest, Vector512.Load(scores + (nint)key * Lane));
        }

        Vector512<float> less = largest * scale, sum = Vector512<float>.Zero;
        if (attention.Dropout > 0)
        {
            var chance = new CountedChance(attention.Seed);
            uint threshold = CountedChance.Threshold(attention.Dropout);
            float factor = (float)(1 / (1 - attention.Dropout));
            Vector512<uint> places = Vector512.CreateSequence(place, attention.ChanceStep);
            for (int key = 0; key < keys; key++)
            {
                float* at = scores + (nint)key * Lane;
                Vector512<float> power = Power(at, scale, less);
                sum += power;
                (power * chance.Kept(places + Vector512.Create((uint)key), threshold, factor)).Store(at);
            }
        }
        else
        {
            for (int key = 0; key < keys; key++)
            {
                float* at = scores + (nint)key * Lane;
                Vector512<float> power = Power(at, scale, less);
                sum += power;
                power.Store(at);
            }
        }

        less.Store(kept);
        (Vector512<float>.One / sum).Store(kept + Lane);
    }

    /// <summary>Scores of minus infinity, which are no keys, give zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Power(float* score, Vector512<float> scale, Vector512<float> less)
    {
        Vector512<float> lowered = Vector512.FusedMultiplyAdd(Vector512.Load(score), scale, -less);
        return Vector512.ConditionalSelect(Vector512.LessThan(lowered, Vector512.Create(-87f)), Vector512<float>.Zero, VectorFunctions.Exp(lowered));
    }

    private void Scale(float* mean, float* factors)
    {
        Vector512<float> left = Vector512.Load(factors), right = Vector512.Load(factors + Lanes.One);
        for (nint q = 0; q < layout.Part; q += Lane)
        {
            (Vector512.Load(mean + q) * left).Store(mean + q);
            (Vector512.Load(mean + q + Lanes.One) * right).Store(mean + q + Lanes.One);
        }
    }

    private void Clear(int row, int head, int from, int count)
    {
        for (int i = 0; i < count; i++)
        {
            new Span<float>(attention.Y + ((nint)row * attention.Queries + from + i) * attention.Width + (nint)head * attention.HeadWidth, attention.HeadWidth).Clear();
        }
    }
}
