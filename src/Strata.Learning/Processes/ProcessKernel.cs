using Strata.Learning.Onnx;

namespace Strata.Learning.Processes;

/// <summary>How alike the values of a Gaussian process at two rows are, by their distance r in length scales.</summary>
public enum ProcessKernel
{
    /// <summary>exp(-r²/2): infinitely smooth.</summary>
    Rbf,

    /// <summary>exp(-r): Matérn with nu = 1/2, continuous but rough.</summary>
    Matern12,

    /// <summary>(1 + √3 r) exp(-√3 r): Matérn with nu = 3/2, once smooth.</summary>
    Matern32,

    /// <summary>(1 + √5 r + 5r²/3) exp(-√5 r): Matérn with nu = 5/2, twice smooth.</summary>
    Matern52,
}

/// <summary>Values of the kernels.</summary>
internal static class ProcessKernels
{
    /// <param name="kernel">Which.</param>
    /// <param name="square">The squared distance in length scales.</param>
    public static double Value(this ProcessKernel kernel, double square)
    {
        double r = Math.Sqrt(square);
        return kernel switch
        {
            ProcessKernel.Rbf => Math.Exp(-square / 2),
            ProcessKernel.Matern12 => Math.Exp(-r),
            ProcessKernel.Matern32 => (1 + Math.Sqrt(3) * r) * Math.Exp(-Math.Sqrt(3) * r),
            _ => (1 + Math.Sqrt(5) * r + 5 * square / 3) * Math.Exp(-Math.Sqrt(5) * r),
        };
    }

    /// <summary>The value inside a graph.</summary>
    public static OnnxValue Export(this ProcessKernel kernel, OnnxValue square)
    {
        OnnxValue r = square.To("Sqrt");
        return kernel switch
        {
            ProcessKernel.Rbf => (square * -0.5).To("Exp"),
            ProcessKernel.Matern12 => (-r).To("Exp"),
            ProcessKernel.Matern32 => (r * Math.Sqrt(3) + 1) * (r * -Math.Sqrt(3)).To("Exp"),
            _ => (r * Math.Sqrt(5) + square * (5 / 3.0) + 1) * (r * -Math.Sqrt(5)).To("Exp"),
        };
    }

    /// <summary>How the value grows with the logarithm of the length scale: -r times the derivative by r.</summary>
    public static double Slope(this ProcessKernel kernel, double square)
    {
        double r = Math.Sqrt(square);
        return kernel switch
        {
            ProcessKernel.Rbf => square * Math.Exp(-square / 2),
            ProcessKernel.Matern12 => r * Math.Exp(-r),
            ProcessKernel.Matern32 => 3 * square * Math.Exp(-Math.Sqrt(3) * r),
            _ => 5 * square / 3 * (1 + Math.Sqrt(5) * r) * Math.Exp(-Math.Sqrt(5) * r),
        };
    }
}
