namespace Strata.Tensors.Kernels.Convolutions;

/// <summary>Taps along one axis, in the order of the places in the source that they read.</summary>
/// <param name="Count">How many.</param>
/// <param name="First">The first tap's place in the source, where the grid is at 0.</param>
/// <param name="Step">Places from one tap to the next.</param>
/// <param name="FirstNumber">The first tap's number in the kernel.</param>
/// <param name="NumberStep">From one tap's number to the next one's.</param>
internal readonly record struct TapLine(int Count, int First, int Step, int FirstNumber, int NumberStep)
{
    public int Last => First + (Count - 1) * Step;

    /// <summary>A convolution's taps.</summary>
    public static TapLine Forward(Sliding sliding, int size) => new(size, -sliding.Before, sliding.Dilation, 0, 1);

    /// <summary>
    /// The windows that see the places of one phase of the stride: place p + i s is seen through tap k by window i + (p + before - k d) / s where that is whole, which it is for
    /// every s / gcd(s, d)-th tap.
    /// </summary>
    public static TapLine Backward(Sliding sliding, int size, int phase)
    {
        (int s, int d) = (sliding.Stride, sliding.Dilation);
        int common = CommonDivisor(s, d), period = s / common, at = phase + sliding.Before;
        for (int k = 0; k < Math.Min(period, size); k++)
        {
            if ((at - k * d) % s == 0)
            {
                int count = (size - 1 - k) / period + 1, last = k + (count - 1) * period;
                return new TapLine(count, (at - last * d) / s, d / common, last, -period);
            }
        }

        return new TapLine(0, 0, 1, 0, 1);
    }

    public int Number(int tap) => FirstNumber + tap * NumberStep;

    private static int CommonDivisor(int a, int b) => b == 0 ? a : CommonDivisor(b, a % b);
}
