using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Strata.Tensors.Backends;
using Strata.Tensors.Kernels.Products;

namespace Strata.Tensors.Kernels.Attention;

/// <summary>
/// The way back of one head of one row of the batch: weights are computed again from the scores, as in FlashAttention (Dao et al. 2022), 32 keys at a time, the keys being the
/// lanes. With P the weights, dP = dY V^T and D the sums of dY Y along a row: dS = P (dP - D), dV = P^T dY, dQ = dS K / root, dK = dS^T Q / root.
/// </summary>
internal readonly unsafe struct AttentionBack(Attention<float> attention, AttentionGradients<float> gradients, AttentionLayout layout) : ITeamWork
{
    private const int Lane = Lanes.Two;

    public void Run(int item, int member)
    {
        int row = item / attention.Heads, head = item % attention.Heads, width = attention.HeadWidth, keys = attention.Length(row), queries = attention.Queries;
        nint ofHead = (nint)head * width, firstQuery = (nint)row * queries * attention.QueryStep + ofHead, firstKey = (nint)row * attention.Keys * attention.KeyStep + ofHead;
        nint firstResult = (nint)row * queries * attention.Width + ofHead, packed = layout.Packed(queries);
        float* kept = attention.Memory + item * layout.Kept, own = gradients.Memory + member * layout.BackMember;
        float* key = own + 4 * packed, value = key + layout.Part, mean = value + layout.Part, scores = mean + layout.Part, ofScores = scores + (nint)queries * Lane;
        float* packedScores = ofScores + (nint)queries * Lane, along = packedScores + (nint)queries * Lane, keyRows = along + (queries + 15) / 16 * 16;
        float* ofQueries = keyRows + (nint)Lane * layout.Columns, spare = ofQueries + (nint)queries * layout.Columns;
        var query = new MatrixView((nint)(attention.Query + firstQuery), queries, width, attention.QueryStep, 1);
        var ofResult = new MatrixView((nint)(gradients.Y + firstResult), queries, width, attention.Width, 1);
        PackedLeft byQuery = new(own, queries, width), ofResultByQuery = new(own + packed, queries, width);
        PackedLeft byWidth = new(own + 2 * packed, width, queries), ofResultByWidth = new(own + 3 * packed, width, queries), scoresByQuery = new(packedScores, queries, Lane);
        if (keys > 0)
        {
            byQuery.Pack(query, 0);
            ofResultByQuery.Pack(ofResult, 0);
            byWidth.Pack(query.Transposed, 0);
            ofResultByWidth.Pack(ofResult.Transposed, 0);
            Along(ofResult, attention.Y + firstResult, along);
        }

        new Span<float>(ofQueries, queries * layout.Columns).Clear();
        float** rows = stackalloc float*[Lane];
        for (int from = 0; from < keys; from += Lane)
        {
            int count = Math.Min(Lane, keys - from);
            nint first = firstKey + from * attention.KeyStep;
            GatherKeys(attention.Key + first, count, rows, key);
            GatherKeys(attention.Value + first, count, rows, value);
            byQuery.Multiply(key, scores, Lane, adds: false);
            ofResultByQuery.Multiply(value, ofScores, Lane, adds: false);
            uint place = unchecked(attention.Place(row, head, 0, 0) + (uint)from);
            Weights(scores, ofScores, kept, along, from, count, place);
            Weights(scores + Lanes.One, ofScores + Lanes.One, kept, along, from + Lanes.One, count - Lanes.One, unchecked(place + Lanes.One));
            ofResultByWidth.Multiply(scores, mean, Lane, adds: false);
            ScatterKeys(mean, gradients.Value, first, count, rows, spare);
            byWidth.Multiply(ofScores, mean, Lane, adds: false);
            ScatterKeys(mean, gradients.Key, first, count, rows, spare);
            if (gradients.Query is not null)
            {
                scoresByQuery.Pack(new MatrixView(ofScores, queries, Lane), 0);
                AddToQueries(scoresByQuery, attention.Key + first, count, keyRows, ofQueries);
            }
        }

        WriteQueries(firstQuery, ofQueries);
        ClearKeys(firstKey, keys);
    }

    /// <summary>The sum of dY Y along each query's row.</summary>
    private void Along(MatrixView ofResult, float* result, float* along)
    {
        for (int i = 0; i < attention.Queries; i++)
        {
            float* d = ofResult.Pointer + i * ofResult.RowStep, y = result + (nint)i * attention.Width;
            float sum = 0;
            for (int j = 0; j < attention.HeadWidth; j++)
            {
                sum = MathF.FusedMultiplyAdd(d[j], y[j], sum);
            }

            along[i] = sum;
        }
    }

    /// <summary>The scores of sixteen keys with all queries become weights, and the gradients of these those of the scores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Weights(float* scores, float* ofScores, float* kept, float* along, int firstKey, int count, uint place)
    {
        float root = 1 / MathF.Sqrt(attention.HeadWidth), factor = (float)(1 / (1 - attention.Dropout));
        Vector512<float> scale = Vector512.Create(root);
        Vector512<int> keys = Vector512.CreateSequence(firstKey, 1);
        Vector512<float> none = Vector512.GreaterThanOrEqual(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
        var chance = new CountedChance(attention.Seed);
        uint threshold = CountedChance.Threshold(attention.Dropout);
        Vector512<uint> places = Vector512.CreateSequence(place, 1u);
        for (int query = 0; query < attention.Queries; query++)
        {
            float* score = scores + (nint)query * Lane, ofScore = ofScores + (nint)query * Lane, own = kept + query / Lane * 2 * Lane + query % Lane;
            Vector512<float> lowered = Vector512.FusedMultiplyAdd(Vector512.Load(score), scale, Vector512.Create(-own[0])), isNone = none | Vector512.LessThan(lowered, Vector512.Create(-87f));
            if (attention.IsCausal)
            {
                isNone |= Vector512.GreaterThan(keys, Vector512.Create(query)).AsSingle();
            }

            Vector512<float> weight = Vector512.AndNot(VectorFunctions.Exp(lowered) * Vector512.Create(own[Lane]), isNone), ofWeight = Vector512.Load(ofScore), used = weight;
            if (attention.Dropout > 0)
            {
                Vector512<float> left = chance.Kept(places + Vector512.Create(unchecked((uint)query * attention.ChanceStep)), threshold, factor);
                used *= left;
                ofWeight *= left;
            }

            used.Store(score);
            (weight * (ofWeight - Vector512.Create(along[query])) * scale).Store(ofScore);
        }
    }

    private void GatherKeys(float* from, int count, float** rows, float* to)
    {
        for (int lane = 0; lane < Lane; lane++)
        {
            rows[lane] = from + Math.Min(lane, count - 1) * attention.KeyStep;
        }

        Lanes.Gather(rows, Lane, attention.HeadWidth, to);
    }

    private void ScatterKeys(float* from, float* gradient, nint first, int count, float** rows, float* spare)
    {
        if (gradient is null)
        {
            return;
        }

        for (int lane = 0; lane < Lane; lane++)
        {
            rows[lane] = lane < count ? gradient + first + lane * attention.KeyStep : spare;
        }

        Lanes.Scatter(from, Lane, attention.HeadWidth, rows, gradients.AddsKey);
    }

    /// <summary>dQ += dS K for the block's keys, by tiles of one or two vectors of the head's columns.</summary>
    private void AddToQueries(PackedLeft ofScores, float* keys, int count, float* keyRows, float* ofQueries)
    {
        for (int column = 0; column < layout.Columns; column += Lane)
        {
            int wide = Math.Min(Lane, layout.Columns - column), filled = Math.Min(wide, attention.HeadWidth - column);
            for (int i = 0; i < Lane; i++)
            {
                var to = new Span<float>(keyRows + (nint)i * wide, wide);
                to.Clear();
                if (i < count)
                {
                    new ReadOnlySpan<float>(keys + i * attention.KeyStep + column, filled).CopyTo(to);
                }
            }

            ofScores.Multiply(keyRows, ofQueries + (nint)attention.Queries * column, wide, adds: true);
        }
    }

    private void WriteQueries(nint first, float* ofQueries)
    {
        for (int column = 0; gradients.Query is not null && column < layout.Columns; column += Lane)
        {
            int wide = Math.Min(Lane, layout.Columns - column), filled = Math.Min(wide, attention.HeadWidth - column);
            float* from = ofQueries + (nint)attention.Queries * column, to = gradients.Query + first + column;
            for (int i = 0; i < attention.Queries; i++, from += wide, to += attention.QueryStep)
            {
                for (int j = 0; j < filled; j++)
                {
                    to[j] = gradients.AddsQuery ? to[j] + from[j] : from[j];
                }
            }
        }
    }

    /// <summary>Keys that the row does not have get no gradient.</summary>
    private void ClearKeys(nint first, int keys)
    {
        for (int i = keys; i < attention.Keys && !gradients.AddsKey; i++)
        {
            if (gradients.Key is not null)
            {
                new Span<float>(gradients.Key + first + i * attention.KeyStep, attention.HeadWidth).Clear();
            }

            if (gradients.Value is not null)
            {
                new Span<float>(gradients.Value + first + i * attention.KeyStep, attention.HeadWidth).Clear();
            }
        }
    }
}
