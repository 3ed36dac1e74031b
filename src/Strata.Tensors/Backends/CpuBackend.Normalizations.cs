namespace Strata.Tensors.Backends;

public sealed unsafe partial class CpuBackend
{
    public override void Normalize(in BatchNormalization<float> norm) => columnNorms.Forward(norm);

    public override void NormalizeBack(in BatchNormalization<float> norm, in BatchNormalizationGradients<float> gradients) => columnNorms.Back(norm, gradients);
}
