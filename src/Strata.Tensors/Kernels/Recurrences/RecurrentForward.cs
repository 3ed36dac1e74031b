using Strata.Tensors.Backends;
using Strata.Tensors.Kernels.Products;

namespace Strata.Tensors.Kernels.Recurrences;

/// <summary>
/// A recurrent layer's way forward. At each step one product of the weights, packed once, with [x; 1; h'] gives all sums of a block; the gates follow in one pass of vectors, and
/// what is remembered takes its place for the next product.
/// </summary>
internal readonly unsafe struct RecurrentForward<TCell> : ITeamWork
    where TCell : struct, ICell
{
    private readonly Recurrence<float> layer;
    private readonly BlockLayout layout;

    public RecurrentForward(in Recurrence<float> layer, BlockLayout layout)
    {
        (this.layer, this.layout) = (layer, layout);
        Pack();
    }

    private int Inputs => layer.Width + 1;

    private int Depth => Inputs + layer.Hidden;

    /// <summary>All sums; for GRU those of r and z.</summary>
    private PackedLeft Sums => new(layer.Memory, layer.Cell == RecurrentCell.Gru ? 2 * layer.Hidden : layer.GateRows, Depth);

    private PackedLeft Candidate => new(layer.Memory + Sums.Size, layer.Hidden, Inputs);

    private PackedLeft Remembered => new(layer.Memory + Sums.Size + Candidate.Size, layer.Hidden, 1 + layer.Hidden);

    public void Run(int item, int member)
    {
        int lanes = layout.Lanes, hidden = layer.Hidden;
        float* own = layer.Memory + (layout.ForwardSize - layout.Blocks * layout.ForwardBlock) + item * layout.ForwardBlock;
        float* initial = own, records = initial + layout.Part, column = records + (layer.Keeps ? layer.Steps : 1) * layout.Record;
        float* none = column + layout.Column, spare = none + layout.SpareRow, remembered = column + (nint)Inputs * lanes;
        float** rows = stackalloc float*[Lanes.Two];
        float* mask = stackalloc float[Lanes.Two];
        int* memory = stackalloc int[2 * Lanes.Two];
        var block = new BlockRows(layer, item * lanes, lanes, memory);
        new Span<float>(none, layer.Width).Clear();
        new Span<float>(column + (nint)layer.Width * lanes, lanes).Fill(1);
        Start(block, layer.InitialHidden, none, rows, remembered);
        Start(block, layer.Cell == RecurrentCell.Lstm ? layer.InitialCell : layer.InitialHidden, none, rows, initial);
        block.ClearEnds(layer.Y, hidden);
        float* before = initial;
        for (int step = 0; step < block.Longest; step++)
        {
            block.MoveTo(step);
            block.Rows(layer.X, layer.Width, none, rows);
            Lanes.Gather(rows, lanes, layer.Width, column);
            float* record = records + (layer.Keeps ? step * layout.Record : 0), after = record + TCell.Sums * layout.Part;
            Multiply(column, record);
            TCell.Forward(new CellStep { Gates = record, Before = before, After = after, Hidden = remembered, Count = layout.Part, Active = block.Active(step, mask), Lanes = lanes });
            block.Rows(layer.Y, hidden, spare, rows);
            Lanes.Scatter(remembered, lanes, hidden, rows, adds: false);
            before = after;
        }
    }

    private void Start(BlockRows block, float* initial, float* none, float** rows, float* to)
    {
        if (initial is null)
        {
            new Span<float>(to, (int)layout.Part).Clear();
            return;
        }

        // No row is wider than the spare one.
        new Span<float>(none, (int)layout.SpareRow).Clear();
        block.RowsOfBatch(initial, layer.Hidden, none, rows);
        Lanes.Gather(rows, layout.Lanes, layer.Hidden, to);
    }

    private void Multiply(float* column, float* sums)
    {
        Sums.Multiply(column, sums, layout.Lanes, adds: false);
        if (layer.Cell == RecurrentCell.Gru)
        {
            Candidate.Multiply(column, sums + 2 * layout.Part, layout.Lanes, adds: false);
            Remembered.Multiply(column + (nint)layer.Width * layout.Lanes, sums + 3 * layout.Part, layout.Lanes, adds: false);
        }
    }

    private void Pack()
    {
        int hidden = layer.Hidden, both = layer.Cell == RecurrentCell.Gru ? 2 * hidden : layer.GateRows;
        float* bias = layer.Memory + layout.PackedForward;
        for (int row = 0; row < layer.GateRows; row++)
        {
            bias[row] = layer.BiasInput is null ? 0 : row < both ? layer.BiasInput[row] + layer.BiasHidden[row] : layer.BiasInput[row];
        }

        var input = new MatrixView(layer.WeightInput, layer.GateRows, layer.Width);
        var remembered = new MatrixView(layer.WeightHidden, layer.GateRows, hidden);
        Sums.Pack(input.Part(0, 0, both, layer.Width), 0);
        Sums.Pack(new MatrixView(bias, both, 1), layer.Width);
        Sums.Pack(remembered.Part(0, 0, both, hidden), Inputs);
        if (layer.Cell == RecurrentCell.Gru)
        {
            Candidate.Pack(input.Part(both, 0, hidden, layer.Width), 0);
            Candidate.Pack(new MatrixView(bias + both, hidden, 1), layer.Width);
            for (int row = 0; row < hidden; row++)
            {
                bias[both + row] = layer.BiasHidden is null ? 0 : layer.BiasHidden[both + row];
            }

            Remembered.Pack(new MatrixView(bias + both, hidden, 1), 0);
            Remembered.Pack(remembered.Part(both, 0, hidden, hidden), 1);
        }
    }
}
