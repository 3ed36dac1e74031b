using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;
using Strata.Tensors;

namespace Strata.Learning.RandomKernels;

/// <summary>
/// Two banks of MiniRocket's kernels, one over series and one over their differences from step to step; of each kernel and bias the share of sums above it, their mean excess, their
/// mean place (-1 without any) and how many follow one another at the most (Tan et al. 2022).
/// </summary>
internal sealed unsafe class MultiRocketBank : KernelBank
{
    private const int BankCount = 2;

    private readonly MiniRocketBank steps, differences;

    private MultiRocketBank(MiniRocketBank steps, MiniRocketBank differences)
    {
        (this.steps, this.differences) = (steps, differences);
        Margin = Math.Max(steps.Margin, differences.Margin);
        steps.Widen(Margin);
        differences.Widen(Margin);
    }

    public override int FeatureCount => MiniRocketBank.PoolCount * (steps.FeatureCount + differences.FeatureCount);

    public override int Margin { get; }

    /// <param name="wanted">About how many features; a multiple of 672 is taken.</param>
    /// <param name="most">Fewer where there is room for no more.</param>
    /// <param name="rows">Scaled training series, of which at least one has a step.</param>
    /// <param name="random">Where channels and rows are drawn from.</param>
    public static MultiRocketBank Draw(int wanted, int most, SeriesRows rows, RandomSource random)
    {
        const int ofBias = BankCount * MiniRocketBank.PoolCount;
        return new MultiRocketBank(MiniRocketBank.Draw(wanted / ofBias, most / ofBias, rows, random), MiniRocketBank.Draw(wanted / ofBias, most / ofBias, rows.Differences(), random)) { IsReduced = most < wanted };
    }

    public static MultiRocketBank Read(ModelReader reader, int channelCount) =>
        new(MiniRocketBank.Read(reader.Section("steps"), channelCount), MiniRocketBank.Read(reader.Section("differences"), channelCount));

    public override void Write(ModelWriter writer)
    {
        steps.Write(writer.Section("steps"));
        differences.Write(writer.Section("differences"));
    }

    public override OnnxValue Export(SeriesGraph series) => throw new DataException("MultiRocket's places and stretches of sums have no ONNX form here; take minirocket or rocket for a model to export.");

    /// <summary>The differences, and what a bank needs.</summary>
    protected override long SpareNumbers(int channels, nint channelStep) => channels * (long)channelStep + MiniRocketBank.SpareOf(channels, channelStep);

    protected override void Features(float* x, nint channelStep, int channels, int steps, float* spare, Span<float> features)
    {
        float* own = spare + channels * channelStep;
        int ofSteps = MiniRocketBank.PoolCount * this.steps.FeatureCount;
        this.steps.PoolAll(x, channelStep, channels, steps, own, features[..ofSteps]);
        for (int channel = 0; channel < channels; channel++)
        {
            float* from = x + channel * channelStep, to = spare + channel * channelStep;
            new Span<float>(to, (int)channelStep).Clear();
            for (int step = 0; step + 1 < steps; step++)
            {
                to[Margin + step] = from[step + 1] - from[step];
            }
        }

        differences.PoolAll(spare + Margin, channelStep, channels, Math.Max(1, steps - 1), own, features[ofSteps..]);
    }
}
