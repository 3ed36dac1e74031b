using Strata.Tensors.Kernels.Attention;

namespace Strata.Tensors.Backends;

public sealed unsafe partial class CpuBackend
{
    public override long AttendMemory(in Attention<float> attention) => new AttentionLayout(attention, team.Size).ForwardSize;

    public override long AttendBackMemory(in Attention<float> attention) => new AttentionLayout(attention, team.Size).BackSize;

    public override void Attend(in Attention<float> attention)
    {
        var work = new AttentionForward(attention, new AttentionLayout(attention, team.Size));
        team.Run(ref work, attention.Batch * attention.Heads);
    }

    public override void AttendBack(in Attention<float> attention, in AttentionGradients<float> gradients)
    {
        var work = new AttentionBack(attention, gradients, new AttentionLayout(attention, team.Size));
        team.Run(ref work, attention.Batch * attention.Heads);
    }
}
