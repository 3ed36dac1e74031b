using Strata.Tensors.Kernels;

namespace Strata.Tensors.Backends;

public sealed unsafe partial class ReferenceBackend<T>
{
    // What is kept are all weights [batch, heads, queries, keys].
    public override long AttendMemory(in Attention<T> attention) => (long)attention.Batch * attention.Heads * attention.Queries * attention.Keys;

    public override long AttendBackMemory(in Attention<T> attention) => attention.Keys;

    public override void Attend(in Attention<T> attention)
    {
        T scale = T.One / T.Sqrt(T.CreateTruncating(attention.HeadWidth));
        for (int query = 0; query < attention.Batch * attention.Heads * attention.Queries; query++)
        {
            Head head = new(attention, query);
            T* weights = attention.Memory + (nint)query * attention.Keys;
            T largest = T.NegativeInfinity, sum = T.Zero;
            for (int key = 0; key < head.Keys; key++)
            {
                weights[key] = Dot(head.Query, head.Key + key * attention.KeyStep, attention.HeadWidth) * scale;
                largest = T.Max(largest, weights[key]);
            }

            for (int key = 0; key < head.Keys; key++)
            {
                sum += weights[key] = T.Exp(weights[key] - largest);
            }

            for (int j = 0; j < attention.HeadWidth; j++)
            {
                head.Y[j] = T.Zero;
            }

            for (int key = 0; key < head.Keys; key++)
            {
                weights[key] /= sum;
                T used = weights[key] * Left(attention, query, key);
                for (int j = 0; j < attention.HeadWidth; j++)
                {
                    head.Y[j] += used * head.Value[key * attention.KeyStep + j];
                }
            }
        }
    }

    public override void AttendBack(in Attention<T> attention, in AttentionGradients<T> gradients)
    {
        int width = attention.HeadWidth;
        T scale = T.One / T.Sqrt(T.CreateTruncating(width));
        ClearSet(attention, gradients);
        for (int query = 0; query < attention.Batch * attention.Heads * attention.Queries; query++)
        {
            Head head = new(attention, query);
            T* weights = attention.Memory + (nint)query * attention.Keys, ofWeights = gradients.Memory, dy = gradients.Y + (head.Y - attention.Y);
            nint toQuery = (nint)(head.Query - attention.Query), toKey = (nint)(head.Key - attention.Key);
            T along = T.Zero;
            for (int key = 0; key < head.Keys; key++)
            {
                ofWeights[key] = Dot(dy, head.Value + key * attention.KeyStep, width) * Left(attention, query, key);
                along += weights[key] * ofWeights[key];
            }

            for (int key = 0; key < head.Keys; key++)
            {
                nint at = key * attention.KeyStep;
                T used = weights[key] * Left(attention, query, key), ofScore = weights[key] * (ofWeights[key] - along) * scale;
                for (int j = 0; j < width; j++)
                {
                    Add(gradients.Value, toKey + at + j, used * dy[j]);
                    Add(gradients.Key, toKey + at + j, ofScore * head.Query[j]);
                    Add(gradients.Query, toQuery + j, ofScore * head.Key[at + j]);
                }
            }
        }
    }

    /// <summary>By what dropout multiplies a weight.</summary>
    private static T Left(in Attention<T> attention, int query, int key)
    {
        uint place = attention.Place(query / attention.Queries / attention.Heads, query / attention.Queries % attention.Heads, query % attention.Queries, key);
        bool isLeftOut = attention.Dropout > 0 && new CountedChance(attention.Seed).Bits(place) < CountedChance.Threshold(attention.Dropout);
        return isLeftOut ? T.Zero : T.CreateTruncating(1 / (1 - attention.Dropout));
    }

    private static T Dot(T* a, T* b, int count)
    {
        T sum = T.Zero;
        for (int i = 0; i < count; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void Add(T* to, nint at, T value)
    {
        if (to is not null)
        {
            to[at] += value;
        }
    }

    /// <summary>Gradients that are to be set begin as zeros.</summary>
    private static void ClearSet(in Attention<T> attention, in AttentionGradients<T> gradients)
    {
        for (int row = 0; row < attention.Batch * attention.Queries && gradients.Query is not null && !gradients.AddsQuery; row++)
        {
            new Span<T>(gradients.Query + row * attention.QueryStep, attention.Width).Clear();
        }

        for (int row = 0; row < attention.Batch * attention.Keys && gradients.Key is not null && !gradients.AddsKey; row++)
        {
            new Span<T>(gradients.Key + row * attention.KeyStep, attention.Width).Clear();
            new Span<T>(gradients.Value + row * attention.KeyStep, attention.Width).Clear();
        }
    }

    /// <summary>One query of one head: where it lies, and how many keys it sees.</summary>
    private readonly ref struct Head
    {
        public Head(in Attention<T> attention, int query)
        {
            int place = query % attention.Queries, item = query / attention.Queries, row = item / attention.Heads;
            nint column = item % attention.Heads * (nint)attention.HeadWidth;
            Query = attention.Query + ((nint)row * attention.Queries + place) * attention.QueryStep + column;
            Key = attention.Key + (nint)row * attention.Keys * attention.KeyStep + column;
            Value = attention.Value + (nint)row * attention.Keys * attention.KeyStep + column;
            Y = attention.Y + ((nint)row * attention.Queries + place) * attention.Width + column;
            Keys = attention.IsCausal ? Math.Min(attention.Length(row), place + 1) : attention.Length(row);
        }

        public T* Query { get; }

        public T* Key { get; }

        public T* Value { get; }

        public T* Y { get; }

        public int Keys { get; }
    }
}
