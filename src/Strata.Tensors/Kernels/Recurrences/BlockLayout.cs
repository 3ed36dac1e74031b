using Strata.Tensors.Backends;
using Strata.Tensors.Kernels.Products;

namespace Strata.Tensors.Kernels.Recurrences;

/// <summary>
/// Where the memory of a recurrent layer lies, in float32 numbers. The batch is divided into blocks of 16 or 32 rows, the lanes of the vectors; each block goes through all its
/// steps without meeting the others.
/// </summary>
internal readonly unsafe struct BlockLayout
{
    private const int Line = 16;

    private readonly Recurrence<float> layer;
    private readonly int sums;

    /// <param name="layer">The layer.</param>
    /// <param name="sums">Sums that a unit of the cell has.</param>
    /// <param name="members">Threads that share the blocks; what is computed does not depend on it.</param>
    public BlockLayout(in Recurrence<float> layer, int sums, int members)
    {
        (this.layer, this.sums) = (layer, sums);
        Lanes = layer.Batch > Kernels.Lanes.One * members ? Kernels.Lanes.Two : Kernels.Lanes.One;
    }

    public int Lanes { get; }

    public int Blocks => (layer.Batch + Lanes - 1) / Lanes;

    /// <summary>A number for each unit and lane.</summary>
    public nint Part => (nint)layer.Hidden * Lanes;

    /// <summary>A row that is read where a lane has none, and one that is written.</summary>
    public nint SpareRow => Round(Math.Max(layer.Width, layer.GateRows));

    /// <summary>What a block keeps of each step: gates and state.</summary>
    public nint Record => (sums + 1) * Part;

    /// <summary>What the weights are multiplied with at a step: what comes in, a one for the bias, what is remembered.</summary>
    public nint Column => ((nint)layer.Width + 1 + layer.Hidden) * Lanes;

    /// <summary>At most three matrices, each rounded up.</summary>
    public nint PackedForward => PackedLeft.Room(sums * layer.Hidden, layer.Width + 1 + layer.Hidden) + 2 * Line;

    public nint ForwardBlock => Part + (layer.Keeps ? layer.Steps : 1) * Record + Column + 2 * SpareRow;

    public nint ForwardSize => PackedForward + Round(layer.GateRows) + Blocks * ForwardBlock;

    public nint PackedBack => PackedLeft.Room(layer.Hidden, layer.GateRows) + PackedLeft.Room(layer.Width, layer.GateRows);

    /// <summary>The gradients of the sums of all rows and steps, as rows.</summary>
    public nint OfSums => Round((nint)layer.Batch * layer.Steps * layer.GateRows);

    /// <summary>Running gradients of what is remembered and of what came in, of the state, of the result; sums of the step and their totals.</summary>
    public nint BackBlock => Part + (nint)layer.Width * Lanes + 2 * Part + 2 * sums * Part + 2 * SpareRow;

    public nint BackSize => PackedBack + (layer.Cell == RecurrentCell.Gru ? 2 : 1) * OfSums + Round((nint)layer.Batch * layer.GateRows) + Blocks * BackBlock;

    private static nint Round(nint numbers) => (numbers + Line - 1) / Line * Line;
}
