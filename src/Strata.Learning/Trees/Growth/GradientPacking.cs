using System.Numerics;
using System.Runtime.InteropServices;
using Strata.Learning.Losses;

namespace Strata.Learning.Trees.Growth;

/// <summary>
/// How a row's derivatives become whole numbers packed in one word, <c>gradient &lt;&lt; Shift + hessian</c>, so that one 64-bit addition updates both sums of a bin.
/// Sums of whole numbers do not depend on their order: any number of threads grows the same tree. There are four formats. Rows that all have hessian 1 (squared error) need
/// a count and leave 31 bits for the gradient, whatever its tail. Bounded derivatives with weights of like size take 16 + 16 bits. Anything else takes 22 + 18 bits, added
/// up in shorter blocks, and where a few rows are far larger than most (counts, amounts), 24 + 24 bits in still shorter ones.
/// </summary>
/// <param name="Shift">Where the gradient's bits begin.</param>
/// <param name="RowsPerBlock">How many words can be added up before either part could overflow.</param>
/// <param name="GradientScale">Whole units per unit of gradient.</param>
/// <param name="HessianScale">Whole units per unit of hessian.</param>
/// <param name="LargestGradient">Gradients are clipped to this many units.</param>
/// <param name="LargestHessian">Hessians are clipped to 1 to this many units.</param>
internal readonly record struct GradientPacking(int Shift, int RowsPerBlock, double GradientScale, double HessianScale, int LargestGradient, int LargestHessian)
{
    /// <summary>Least largest derivative that scales are made for: theirs stay within single precision.</summary>
    private const double LeastLargest = 1e-25;

    /// <summary>For derivatives within the loss's own bounds.</summary>
    /// <param name="loss">A loss that bounds both derivatives.</param>
    /// <param name="weights">The weights in its derivatives.</param>
    public static GradientPacking For(ILoss loss, DerivativeWeights weights)
    {
        double gradient = loss.LargestGradient * weights.Largest, hessian = loss.LargestHessian * weights.Largest;
        int copies = weights.MostCopies;
        return loss.HasUnitHessian && weights.AreOne ? UnitHessian(gradient, copies)
            : weights.Largest <= 4 * weights.Mean ? Of(shift: 32, rowsPerBlock: 65_535 / copies, gradientUnits: 1 << 15, gradient, hessianUnits: 1 << 15, hessian)
            : Middling(gradient, hessian, copies);
    }

    /// <summary>For derivatives as they were measured.</summary>
    /// <param name="range">Their sizes, weights included.</param>
    /// <param name="hasUnitHessian">Whether every hessian is 1.</param>
    /// <param name="copies">How many times a row counts at the most.</param>
    public static GradientPacking For(DerivativeRange range, bool hasUnitHessian, int copies) =>
        hasUnitHessian ? UnitHessian(range.LargestGradient, copies)
        : range.HasHeavyTail ? Of(shift: 32, rowsPerBlock: Math.Max(1, 256 / copies), gradientUnits: (1 << 23) - 1, range.LargestGradient, hessianUnits: (1 << 24) - 1, range.LargestHessian)
        : Middling(range.LargestGradient, range.LargestHessian, copies);

    public long Mask => (1L << Shift) - 1;

    /// <summary>What one unit of <c>gradient^2 / hessian</c>, the measure of splits, is worth in units of the loss.</summary>
    public double ScoreScale => HessianScale / (GradientScale * GradientScale);

    public long Gradient(long packed) => packed >> Shift;

    public long Hessian(long packed) => packed & Mask;

    public void Pack(ReadOnlySpan<float> gradients, ReadOnlySpan<float> hessians, Span<long> words)
    {
        ReadOnlySpan<Vector<float>> g = MemoryMarshal.Cast<float, Vector<float>>(gradients), h = MemoryMarshal.Cast<float, Vector<float>>(hessians);
        Span<Vector<long>> destination = MemoryMarshal.Cast<long, Vector<long>>(words);
        var (gradientScale, hessianScale) = (new Vector<float>((float)GradientScale), new Vector<float>((float)HessianScale));
        var (mostGradient, mostHessian) = (new Vector<float>(LargestGradient), new Vector<float>(LargestHessian));
        for (int i = 0; i < g.Length; i++)
        {
            Vector<int> gradient = Vector.ConvertToInt32(Vector.Round(Vector.Clamp(g[i] * gradientScale, -mostGradient, mostGradient)));
            Vector<int> hessian = Vector.ConvertToInt32(Vector.Round(Vector.Clamp(h[i] * hessianScale, Vector<float>.One, mostHessian)));
            Vector.Widen(gradient, out Vector<long> gradientLow, out Vector<long> gradientHigh);
            Vector.Widen(hessian, out Vector<long> hessianLow, out Vector<long> hessianHigh);
            destination[2 * i] = Vector.ShiftLeft(gradientLow, Shift) + hessianLow;
            destination[2 * i + 1] = Vector.ShiftLeft(gradientHigh, Shift) + hessianHigh;
        }
    }

    private static GradientPacking UnitHessian(double gradient, int copies) => Of(shift: 17, rowsPerBlock: 65_535 / copies, gradientUnits: 1 << 30, gradient, hessianUnits: 1, 1);

    private static GradientPacking Middling(double gradient, double hessian, int copies) =>
        Of(shift: 30, rowsPerBlock: 4_096 / copies, gradientUnits: (1 << 21) - 1, gradient, hessianUnits: (1 << 18) - 1, hessian);

    private static GradientPacking Of(int shift, int rowsPerBlock, int gradientUnits, double gradient, int hessianUnits, double hessian) =>
        new(shift, rowsPerBlock, PowerOfTwo(gradientUnits / Math.Max(gradient, LeastLargest)), PowerOfTwo(hessianUnits / Math.Max(hessian, LeastLargest)), gradientUnits, hessianUnits);

    /// <summary>The power of two at or below: scaling by it loses nothing, so that whole weights stay in proportion.</summary>
    private static double PowerOfTwo(double scale) => Math.ScaleB(1, Math.ILogB(scale));
}

/// <summary>How large the derivatives of the rows are that a tree learns from.</summary>
internal readonly record struct DerivativeRange(double LargestGradient, double LargestHessian, double MeanGradient, double MeanHessian)
{
    /// <summary>Whether the usual units would round the derivatives of most rows by more than a few thousandths.</summary>
    public bool HasHeavyTail => LargestHessian > 1024 * MeanHessian || LargestGradient > 8192 * MeanGradient;
}
