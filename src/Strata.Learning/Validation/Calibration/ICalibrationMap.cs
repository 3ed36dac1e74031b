using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Validation.Calibration;

/// <summary>A rising function from a class's probability to a better one.</summary>
internal interface ICalibrationMap
{
    double Of(double probability);

    /// <summary>The same inside a graph, of float64 [rows, 1].</summary>
    OnnxValue Export(OnnxValue probability);

    void Write(ModelWriter writer);
}

/// <summary>What probability maps share.</summary>
internal static class LogOdds
{
    private const double Least = 1e-15;

    public static double Of(double probability) => Math.Log(Clamped(probability)) - Math.Log(1 - Clamped(probability));

    public static double Clamped(double probability) => Math.Clamp(probability, Least, 1 - Least);

    public static OnnxValue Clamped(OnnxValue probability) => probability.Within(Least, 1 - Least);

    public static double Sigmoid(double score) => score >= 0 ? 1 / (1 + Math.Exp(-score)) : Math.Exp(score) / (1 + Math.Exp(score));
}
