using Strata.Tensors.Backends;

namespace Strata.Tensors.Kernels.Recurrences;

/// <summary>The rows of the batch that are a block's lanes, and which of them have a step.</summary>
internal unsafe ref struct BlockRows
{
    private readonly int* lengths;
    private readonly int* places;
    private readonly int first, count, lanes, steps;
    private readonly bool isReversed;

    /// <param name="layer">The layer.</param>
    /// <param name="first">The row of the first lane.</param>
    /// <param name="lanes">Lanes of the block; those past the batch have no rows, and whatever is computed there goes nowhere.</param>
    /// <param name="memory">Room for twice as many numbers as there are lanes.</param>
    public BlockRows(in Recurrence<float> layer, int first, int lanes, int* memory)
    {
        (this.first, this.lanes, steps, isReversed) = (first, lanes, layer.Steps, layer.IsReversed);
        lengths = memory;
        places = memory + lanes;
        count = Math.Min(lanes, layer.Batch - first);
        Shortest = layer.Steps;
        for (int lane = 0; lane < lanes; lane++)
        {
            lengths[lane] = lane < count ? layer.Length(first + lane) : 0;
            Longest = Math.Max(Longest, lengths[lane]);
            Shortest = lane < count ? Math.Min(Shortest, lengths[lane]) : Shortest;
        }
    }

    public int Longest { get; }

    public int Shortest { get; }

    /// <summary>Goes to a step: finds each lane's place in its series.</summary>
    public readonly void MoveTo(int step)
    {
        for (int lane = 0; lane < lanes; lane++)
        {
            places[lane] = step >= lengths[lane] ? -1 : (first + lane) * steps + (isReversed ? lengths[lane] - 1 - step : step);
        }
    }

    /// <summary>Fills the mask of the step's lanes, or returns null where all rows have it.</summary>
    public readonly float* Active(int step, float* mask)
    {
        if (step < Shortest)
        {
            return null;
        }

        for (int lane = 0; lane < lanes; lane++)
        {
            mask[lane] = BitConverter.Int32BitsToSingle(places[lane] < 0 ? 0 : -1);
        }

        return mask;
    }

    /// <summary>Where each lane's row of a matrix [batch * steps, width] is at this step.</summary>
    public readonly void Rows(float* matrix, int width, float* spare, float** rows)
    {
        for (int lane = 0; lane < lanes; lane++)
        {
            rows[lane] = places[lane] < 0 ? spare : matrix + (nint)places[lane] * width;
        }
    }

    /// <summary>Where each lane's row of a matrix [batch, width] is.</summary>
    public readonly void RowsOfBatch(float* matrix, int width, float* spare, float** rows)
    {
        for (int lane = 0; lane < lanes; lane++)
        {
            rows[lane] = lane < count ? matrix + (nint)(first + lane) * width : spare;
        }
    }

    /// <summary>Sets to zero what a matrix [batch * steps, width] has after the ends of the rows.</summary>
    public readonly void ClearEnds(float* matrix, int width)
    {
        for (int lane = 0; lane < count; lane++)
        {
            new Span<float>(matrix + ((nint)(first + lane) * steps + lengths[lane]) * width, (steps - lengths[lane]) * width).Clear();
        }
    }
}
