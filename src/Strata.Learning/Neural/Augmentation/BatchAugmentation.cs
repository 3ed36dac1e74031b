using Strata.Learning.Data;
using Strata.Learning.Neural.Inputs;
using Strata.Tensors;

namespace Strata.Learning.Neural.Augmentation;

/// <summary>Varies the arrays of training batches, in memory that is used again.</summary>
internal sealed class BatchAugmentation
{
    private readonly AugmentationPlan plan;
    private readonly IAugmentation[][] changes;
    private float[] scratch = [], before = [];
    private int[] partners = [], rows = [];
    private int cut;

    /// <exception cref="DataException">The plan has something that no column can be changed by, or cuts rows that have other columns beside arrays.</exception>
    public BatchAugmentation(AugmentationPlan plan, InputEncoding encoding)
    {
        this.plan = plan;
        changes = [.. encoding.Arrays.Select(array => plan.Changes.Where(change => change.IsFor(array.Type)).ToArray())];
        DataException.ThrowIfAny(
        [
            .. plan.Changes.Where(change => !encoding.Arrays.Any(array => change.IsFor(array.Type))).Select(change => $"The augmentation {change.GetType().Name.ToLowerInvariant()} is not for {string.Join(" and ", encoding.Arrays.Select(array => array.Type.ToString().ToLowerInvariant()).Distinct())}."),
            .. Enumerable.Repeat("cutmix cuts arrays only, and these rows have other columns too: leave them out, or take mixup.", plan.CutMix && encoding.Table is not null ? 1 : 0),
        ]);
    }

    /// <summary>Changes each row of the batch by itself.</summary>
    public void Apply(Batch batch, RandomSource random)
    {
        for (int part = 0; part < changes.Length; part++)
        {
            ArrayBatch arrays = batch.Arrays[part];
            int length = arrays.Shape.Count / batch.Count;
            scratch = scratch.Length < length ? new float[length] : scratch;
            for (int row = 0; row < batch.Count && changes[part].Length > 0; row++)
            {
                if (!arrays.Absent[row])
                {
                    Apply(changes[part], arrays, batch.Measured(part), row, random);
                }
            }
        }
    }

    /// <summary>Cuts another row into each row of the batch, where the plan says so; returns the share of the rows' own.</summary>
    public double Cut(Batch batch, RandomSource random)
    {
        cut = plan.CutMix ? batch.Count : 0;
        if (cut == 0)
        {
            return 1;
        }

        (partners, rows) = partners.Length < cut ? (new int[cut], new int[cut]) : (partners, rows);
        for (int row = 0; row < cut; row++)
        {
            partners[row] = row;
        }

        random.Shuffle(partners.AsSpan(0, cut));
        double share = random.NextDouble(), kept = 0;
        foreach (ArrayBatch arrays in batch.Arrays)
        {
            kept += Cut(arrays, share, random);
        }

        return kept / batch.Arrays.Count;
    }

    /// <summary>Whose parts were put into the rows of the last batch; empty where none were.</summary>
    public ReadOnlySpan<int> PartnersOf(ReadOnlySpan<int> batchRows)
    {
        for (int i = 0; i < cut; i++)
        {
            rows[i] = batchRows[partners[i]];
        }

        return rows.AsSpan(0, cut);
    }

    private void Apply(IAugmentation[] some, ArrayBatch arrays, int measured, int row, RandomSource random)
    {
        Shape shape = arrays.Shape;
        CellShape cell = shape.Dimensions == 4 ? new CellShape(shape[1], shape[2], shape[3], measured) : new CellShape(arrays.LengthOf(row), 1, shape[2], measured);
        Span<float> numbers = arrays.Row(row)[..cell.Count];
        foreach (IAugmentation change in some)
        {
            change.Apply(numbers, cell, scratch.AsSpan(0, numbers.Length), random);
        }
    }

    /// <summary>Puts one stretch of steps or points, or one rectangle, of the partner in; returns the share that stays a row's own.</summary>
    private double Cut(ArrayBatch arrays, double share, RandomSource random)
    {
        Shape shape = arrays.Shape;
        bool isImage = shape.Dimensions == 4;
        int height = shape[1], width = isImage ? shape[2] : 1, channels = shape[^1], length = shape.Count / cut;
        double side = isImage ? Math.Sqrt(1 - share) : 1 - share;
        int high = (int)(height * side), wide = isImage ? (int)(width * side) : 1, top = random.NextInt(height - high + 1), left = random.NextInt(width - wide + 1);
        before = before.Length < shape.Count ? new float[shape.Count] : before;
        arrays.Values.CopyTo(before);
        for (int row = 0; row < cut; row++)
        {
            Span<float> to = arrays.Row(row);
            ReadOnlySpan<float> other = before.AsSpan(partners[row] * length, length);
            for (int y = top; y < top + high; y++)
            {
                int at = (y * width + left) * channels;
                other.Slice(at, wide * channels).CopyTo(to[at..]);
            }
        }

        arrays.JoinLengths(partners.AsSpan(0, cut));
        return 1 - (double)high * wide / (height * width);
    }
}
