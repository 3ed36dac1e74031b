using Strata.Tensors.Kernels.Normalizations;

namespace Strata.Tensors.Backends;

public sealed unsafe partial class CpuBackend
{
    public override void NormalizeRows(in RowNormalization<float> norm)
    {
        var work = new RowNormForward(norm);
        team.Run(ref work, work.Blocks);
    }

    public override void NormalizeRowsBack(in RowNormalization<float> norm, in RowNormalizationGradients<float> gradients)
    {
        var work = new RowNormBack(norm, gradients);
        team.Run(ref work, work.Blocks);
        work.AddSums();
    }
}
