namespace Strata.Learning.Neural.Architectures;

/// <summary>Kernels that become shorter from layer to layer.</summary>
internal static class KernelSizes
{
    private const int Last = 3;

    /// <summary>From the first size down to 3 in equal ratios: 8, 5, 3 over three layers.</summary>
    public static int Of(int first, int layer, int layers) =>
        first <= Last || layers == 1 ? first : (int)Math.Round(first * Math.Pow((double)Last / first, (double)layer / (layers - 1)));
}
