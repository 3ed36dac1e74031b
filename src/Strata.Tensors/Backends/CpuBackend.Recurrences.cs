using Strata.Tensors.Kernels.Recurrences;

namespace Strata.Tensors.Backends;

public sealed unsafe partial class CpuBackend
{
    public override long RecurMemory(in Recurrence<float> layer) => Layout(layer).ForwardSize;

    public override long RecurBackMemory(in Recurrence<float> layer) => Layout(layer).BackSize;

    public override void Recur(in Recurrence<float> layer)
    {
        switch (layer.Cell)
        {
            case RecurrentCell.Lstm: Recur<LstmCell>(layer); break;
            case RecurrentCell.Gru: Recur<GruCell>(layer); break;
            case RecurrentCell.Relu: Recur<PlainCell<ReluCell>>(layer); break;
            default: Recur<PlainCell<TanhCell>>(layer); break;
        }
    }

    public override void RecurBack(in Recurrence<float> layer, in RecurrenceGradients<float> gradients)
    {
        switch (layer.Cell)
        {
            case RecurrentCell.Lstm: RecurBack<LstmCell>(layer, gradients); break;
            case RecurrentCell.Gru: RecurBack<GruCell>(layer, gradients); break;
            case RecurrentCell.Relu: RecurBack<PlainCell<ReluCell>>(layer, gradients); break;
            default: RecurBack<PlainCell<TanhCell>>(layer, gradients); break;
        }
    }

    private BlockLayout Layout(in Recurrence<float> layer) => new(layer, layer.Cell is RecurrentCell.Lstm or RecurrentCell.Gru ? 4 : 1, team.Size);

    private void Recur<TCell>(in Recurrence<float> layer)
        where TCell : struct, ICell
    {
        BlockLayout layout = Layout(layer);
        var work = new RecurrentForward<TCell>(layer, layout);
        team.Run(ref work, layout.Blocks);
    }

    private void RecurBack<TCell>(in Recurrence<float> layer, in RecurrenceGradients<float> gradients)
        where TCell : struct, ICell
    {
        BlockLayout layout = Layout(layer);
        var work = new RecurrentBack<TCell>(layer, gradients, layout);
        team.Run(ref work, layout.Blocks);
        work.Weights(product);
    }
}
