using System.Text.Json;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Tests.Linear;

/// <summary>The cases of Fixtures/linear.json with scikit-learn's solutions (see make_linear.py beside it).</summary>
internal sealed record LinearFixture(LogisticCase[] Logistic, RidgeCase[] Ridge, SvmCase[] Svm)
{
    public static LinearFixture Instance { get; } = JsonSerializer.Deserialize<LinearFixture>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Linear", "Fixtures", "linear.json")), ModelFileJson.Options)!;

    public static Frame FrameOf(double[][] rows) =>
        new(Enumerable.Range(0, rows[0].Length).Select(j => new Float64Column($"x{j}", [.. rows.Select(row => row[j])])));
}

internal sealed record LogisticCase(
    string Name, double[][] X, int[] Codes, double C, bool Balanced, bool FitIntercept, double L1Ratio, double[][] Coefficients, double[] Intercepts, double[][] Probabilities, double[]? Weights = null);

internal sealed record RidgeCase(string Name, double[][] X, double[] Y, double Alpha, bool FitIntercept, double[] Coefficients, double Intercept, double[]? Weights = null);

internal sealed record SvmCase(
    string Name, double[][] X, int[] Codes, double C, MarginLoss Loss, bool Balanced, bool FitIntercept, double[][] Coefficients, double[] Intercepts,
    double[] Costs, double Objective, double Within, double[]? Weights = null);
