using System.Runtime.Intrinsics;

namespace Strata.Learning.Neural.Optimizers;

/// <summary>
/// Steps by running means of the gradients over the root of running means of their squares (Kingma and Ba 2015). Weights decay apart from that (AdamW, Loshchilov and Hutter
/// 2019) or, coupled, as a part of the gradient.
/// </summary>
internal sealed class Adam(IReadOnlyList<ParameterGroup> groups, bool isCoupled = false) : Optimizer(groups, memories: 2)
{
    private const double First = 0.9, Second = 0.999;
    private const float Epsilon = 1e-8f;

    private double firstPart, secondPart;

    private protected override void Begin() => (firstPart, secondPart) = (1 - Math.Pow(First, Steps), 1 - Math.Pow(Second, Steps));

    private protected override void Move(Slice slice, double rate, double weightDecay) =>
        slice.Apply(new Update(isCoupled ? 1 : 1 - rate * weightDecay, isCoupled ? weightDecay : 0, rate / firstPart, 1 / Math.Sqrt(secondPart)));

    private readonly struct Update(double kept, double joined, double step, double inverseRoot) : IUpdate
    {
        private readonly Vector512<float> kept = Vector512.Create((float)kept), joined = Vector512.Create((float)joined), step = Vector512.Create((float)step), inverseRoot = Vector512.Create((float)inverseRoot);

        public Vector512<float> Moved(Vector512<float> value, Vector512<float> gradient, ref Vector512<float> mean, ref Vector512<float> square)
        {
            Vector512<float> g = gradient + value * joined;
            mean = mean * (float)First + g * (float)(1 - First);
            square = square * (float)Second + g * g * (float)(1 - Second);
            return value * kept - mean * step / (Vector512.Sqrt(square) * inverseRoot + Vector512.Create(Epsilon));
        }
    }
}
