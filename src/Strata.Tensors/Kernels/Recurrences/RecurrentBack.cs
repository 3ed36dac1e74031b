using System.Runtime.Intrinsics;
using Strata.Tensors.Backends;
using Strata.Tensors.Kernels.Products;

namespace Strata.Tensors.Kernels.Recurrences;

/// <summary>
/// A recurrent layer's way back, from the last step to the first: the gates' slopes in one pass of vectors, then one product that brings the gradients of the sums both to what
/// was remembered and to what came in. Those of the sums are also written as rows: the weights' gradients are one product over all rows and steps.
/// </summary>
internal readonly unsafe struct RecurrentBack<TCell> : ITeamWork
    where TCell : struct, ICell
{
    private readonly Recurrence<float> layer;
    private readonly RecurrenceGradients<float> gradients;
    private readonly BlockLayout layout;

    public RecurrentBack(in Recurrence<float> layer, in RecurrenceGradients<float> gradients, BlockLayout layout)
    {
        (this.layer, this.gradients, this.layout) = (layer, gradients, layout);
        Pack();
    }

    private PackedLeft ToHidden => new(gradients.Memory, layer.Hidden, layer.GateRows);

    private PackedLeft ToInput => new(gradients.Memory + ToHidden.Size, layer.Width, layer.GateRows);

    /// <summary>[batch * steps, gates * hidden], as they flow to the input.</summary>
    private float* RowsOfSums => gradients.Memory + layout.PackedBack;

    /// <summary>The same, as they flow to what is remembered: others for GRU alone.</summary>
    private float* RowsOfRemembered => RowsOfSums + (IsGru ? layout.OfSums : 0);

    private float* FirstRows => RowsOfRemembered + layout.OfSums;

    private float* Blocks => gradients.Memory + layout.BackSize - layout.Blocks * layout.BackBlock;

    private bool IsGru => layer.Cell == RecurrentCell.Gru;

    public void Run(int item, int member)
    {
        int lanes = layout.Lanes, hidden = layer.Hidden;
        nint part = layout.Part;
        float* own = layer.Memory + (layout.ForwardSize - layout.Blocks * layout.ForwardBlock) + item * layout.ForwardBlock, records = own + part;
        float* ofHidden = Blocks + item * layout.BackBlock, ofInput = ofHidden + part, ofState = ofInput + (nint)layer.Width * lanes, ofResult = ofState + part;
        float* ofSums = ofResult + part, totals = ofSums + TCell.Sums * part, none = totals + TCell.Sums * part, spare = none + layout.SpareRow;
        float** rows = stackalloc float*[Lanes.Two];
        float* mask = stackalloc float[Lanes.Two];
        int* memory = stackalloc int[2 * Lanes.Two];
        var block = new BlockRows(layer, item * lanes, lanes, memory);
        new Span<float>(ofHidden, (int)part).Clear();
        new Span<float>(ofState, (int)part).Clear();
        new Span<float>(totals, (int)(TCell.Sums * part)).Clear();
        new Span<float>(none, (int)layout.SpareRow).Clear();
        block.ClearEnds(RowsOfSums, layer.GateRows);
        if (IsGru)
        {
            block.ClearEnds(RowsOfRemembered, layer.GateRows);
        }

        for (int step = block.Longest - 1; step >= 0; step--)
        {
            block.MoveTo(step);
            block.Rows(gradients.Y, hidden, none, rows);
            Lanes.Gather(rows, lanes, hidden, ofResult);
            float* record = records + step * layout.Record, after = record + TCell.Sums * part;
            TCell.Back(new CellStep
            {
                Gates = record,
                Before = step == 0 ? own : after - layout.Record,
                After = after,
                OfResult = ofResult,
                OfHidden = ofHidden,
                OfState = ofState,
                OfSums = ofSums,
                Count = part,
                Active = block.Active(step, mask),
                Lanes = lanes,
            });
            AddTo(ofSums, totals, TCell.Sums * part);
            WriteSums(block, ofSums, spare, rows);
            ToHidden.Multiply(IsGru ? ofSums + part : ofSums, ofHidden, lanes, adds: true);
            if (gradients.X is not null)
            {
                ToInput.Multiply(ofSums, ofInput, lanes, adds: false);
                block.Rows(gradients.X, layer.Width, spare, rows);
                Lanes.Scatter(ofInput, lanes, layer.Width, rows, adds: true);
            }
        }

        Finish(block, gradients.InitialHidden, ofHidden, spare, rows);
        Finish(block, gradients.InitialCell, ofState, spare, rows);
    }

    private static void AddTo(float* from, float* to, nint count)
    {
        for (nint q = 0; q < count; q += Lanes.One)
        {
            (Vector512.Load(to + q) + Vector512.Load(from + q)).Store(to + q);
        }
    }

    /// <summary>The gradients of weights and biases, when all blocks are done.</summary>
    public void Weights(MatrixProduct product)
    {
        int all = layer.Batch * layer.Steps, sums = layer.GateRows;
        if (gradients.WeightInput is not null)
        {
            product.Run(new MatrixView(RowsOfSums, all, sums).Transposed, new MatrixView(layer.X, all, layer.Width), new MatrixView(gradients.WeightInput, sums, layer.Width), adds: true);
        }

        if (gradients.WeightHidden is not null)
        {
            TakeFirstRows();
            MatrixView of = new MatrixView(RowsOfRemembered, all, sums), values = new MatrixView(layer.Y, all, layer.Hidden);
            int from = layer.IsReversed ? 0 : 1;
            product.Run(of.Part(from, 0, all - 1, sums).Transposed, values.Part(1 - from, 0, all - 1, layer.Hidden), new MatrixView(gradients.WeightHidden, sums, layer.Hidden), adds: true);
            if (layer.InitialHidden is not null)
            {
                product.Run(
                    new MatrixView(FirstRows, layer.Batch, sums).Transposed, new MatrixView(layer.InitialHidden, layer.Batch, layer.Hidden),
                    new MatrixView(gradients.WeightHidden, sums, layer.Hidden), adds: true);
            }
        }

        AddBiases(gradients.BiasInput, isInput: true);
        AddBiases(gradients.BiasHidden, isInput: false);
    }

    /// <summary>
    /// What is remembered before a step is the result's row beside it, but for the first step of each series: its gradients are put apart, so that one product over rows moved
    /// by one serves all others.
    /// </summary>
    private void TakeFirstRows()
    {
        int sums = layer.GateRows;
        for (int row = 0; row < layer.Batch; row++)
        {
            int place = layer.Length(row) == 0 ? 0 : layer.Place(row, 0);
            float* from = RowsOfRemembered + ((nint)row * layer.Steps + place) * sums;
            new ReadOnlySpan<float>(from, sums).CopyTo(new Span<float>(FirstRows + (nint)row * sums, sums));
            new Span<float>(from, sums).Clear();
        }
    }

    /// <summary>Vectors are added in the order of the rows, whatever blocks they belong to, so that the bits do not depend on the number of threads.</summary>
    private void AddBiases(float* to, bool isInput)
    {
        int hidden = layer.Hidden, lanes = layout.Lanes;
        for (int row = 0; to is not null && row < layer.GateRows; row++)
        {
            // GRU has the gradients of n first for the input and last for what is remembered.
            int at = !IsGru ? row : row >= 2 * hidden ? row - 2 * hidden + (isInput ? 0 : 3 * hidden) : row + hidden;
            for (int block = 0; block < layout.Blocks; block++)
            {
                float* totals = Blocks + block * layout.BackBlock + (3 + TCell.Sums) * layout.Part + (nint)layer.Width * lanes + (nint)at * lanes;
                for (int lane = 0; lane < lanes; lane += Lanes.One)
                {
                    to[row] += Vector512.Sum(Vector512.Load(totals + lane));
                }
            }
        }
    }

    private void WriteSums(BlockRows block, float* ofSums, float* spare, float** rows)
    {
        int hidden = layer.Hidden, lanes = layout.Lanes;
        if (!IsGru)
        {
            block.Rows(RowsOfSums, layer.GateRows, spare, rows);
            Lanes.Scatter(ofSums, lanes, layer.GateRows, rows, adds: false);
            return;
        }

        block.Rows(RowsOfRemembered, layer.GateRows, spare, rows);
        Lanes.Scatter(ofSums + layout.Part, lanes, layer.GateRows, rows, adds: false);
        block.Rows(RowsOfSums, layer.GateRows, spare, rows);
        Lanes.Scatter(ofSums + layout.Part, lanes, 2 * hidden, rows, adds: false);
        for (int lane = 0; lane < lanes; lane++)
        {
            rows[lane] += 2 * hidden;
        }

        Lanes.Scatter(ofSums, lanes, hidden, rows, adds: false);
    }

    private void Finish(BlockRows block, float* to, float* from, float* spare, float** rows)
    {
        if (to is not null)
        {
            block.RowsOfBatch(to, layer.Hidden, spare, rows);
            Lanes.Scatter(from, layout.Lanes, layer.Hidden, rows, adds: true);
        }
    }

    private void Pack()
    {
        int hidden = layer.Hidden, sums = layer.GateRows;
        MatrixView input = new MatrixView(layer.WeightInput, sums, layer.Width).Transposed, remembered = new MatrixView(layer.WeightHidden, sums, hidden).Transposed;
        ToHidden.Pack(remembered, 0);
        if (IsGru)
        {
            ToInput.Pack(input.Part(0, 2 * hidden, layer.Width, hidden), 0);
            ToInput.Pack(input.Part(0, 0, layer.Width, 2 * hidden), hidden);
        }
        else
        {
            ToInput.Pack(input, 0);
        }
    }
}
