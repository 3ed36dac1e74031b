using System.Text.Json;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Learning.Validation.Calibration;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Validation.Calibration;

public sealed class CalibrationTests
{
    private static readonly CalibrationCase[] Cases = JsonSerializer.Deserialize<CalibrationCase[]>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Validation", "Fixtures", "calibration.json")), ModelFileJson.Options)!;

    public static TheoryData<string> Names => [.. Cases.Select(each => each.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Platts_and_isotonic_calibration_are_scikit_learns(string name)
    {
        CalibrationCase fixture = Cases.Single(each => each.Name == name);
        bool[] isClass = [.. fixture.Truth.Select(code => code == 1)];

        PlattMap platt = PlattMap.Fit([.. fixture.Probabilities.Select(LogOdds.Of)], isClass, fixture.Weights);
        IsotonicMap isotonic = IsotonicMap.Fit(fixture.Probabilities, isClass, fixture.Weights);

        // Their optimiser (BFGS) stops at a gradient of 1e-5.
        platt.A.ShouldBe(fixture.A, 1e-4);
        platt.B.ShouldBe(fixture.B, 1e-4);
        for (int i = 0; i < fixture.At.Length; i++)
        {
            platt.Of(fixture.At[i]).ShouldBe(fixture.Sigmoid[i], 1e-5);
            isotonic.Of(fixture.At[i]).ShouldBe(fixture.Isotonic[i], 1e-7);
        }
    }

    [Theory]
    [InlineData(CalibrationMethod.Platt)]
    [InlineData(CalibrationMethod.Isotonic)]
    [InlineData(CalibrationMethod.Temperature)]
    [InlineData(CalibrationMethod.Beta)]
    public void Overconfident_probabilities_are_mended_and_read_back_the_same(CalibrationMethod method)
    {
        foreach (int classes in new[] { 2, 3 })
        {
            (Predictions predictions, ClassTarget target) = Overconfident(classes, 3000, seed: 5);
            (Predictions other, ClassTarget truth) = Overconfident(classes, 3000, seed: 6);

            var calibrator = Calibrator.Fit(method, predictions, target);
            Predictions mended = calibrator.Apply(other);

            Metric error = Metric.Named("expected_calibration_error"), loss = Metric.Named("log_loss");
            error.Of(mended, truth).ShouldBeLessThan(0.04);
            error.Of(other, truth).ShouldBeGreaterThan(0.08);
            loss.Of(mended, truth).ShouldBeLessThan(loss.Of(other, truth));
            mended.RawScores.ShouldBe(other.RawScores);
            Enumerable.Range(0, 100).ShouldAllBe(row => Math.Abs(mended.Probabilities(row).ToArray().Sum() - 1) < 1e-12);

            var writer = new ModelWriter();
            calibrator.Write(writer);
            Calibrator.Read(ModelReader.Of(writer), classes).Apply(other).Values.ShouldBe(mended.Values);
        }
    }

    [Fact]
    public void Temperature_two_undoes_log_probabilities_twice_too_large()
    {
        (Predictions predictions, ClassTarget target) = Overconfident(3, 20_000, seed: 7);

        Predictions mended = Calibrator.Fit(CalibrationMethod.Temperature, predictions, target).Apply(predictions);

        double ratio = Math.Log(predictions.Probability(0, 1) / predictions.Probability(0, 0)) / Math.Log(mended.Probability(0, 1) / mended.Probability(0, 0));
        ratio.ShouldBe(2, 0.1);
    }

    [Fact]
    public void A_beta_map_of_probabilities_that_are_right_is_nearly_the_identity()
    {
        var random = new RandomSource(8);
        double[] probabilities = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextDouble())];
        bool[] truth = [.. probabilities.Select(p => random.NextDouble() < p)];

        BetaMap map = BetaMap.Fit(probabilities, truth, null);

        foreach (double p in new[] { 0.05, 0.3, 0.5, 0.9 })
        {
            map.Of(p).ShouldBe(p, 0.015);
        }
    }

    [Fact]
    public void A_class_without_rows_is_named()
    {
        Predictions predictions = Metrics.Scored.OfYes(0.2, 0.4, 0.9);

        Should.Throw<DataException>(() => Calibrator.Fit(CalibrationMethod.Platt, predictions, Metrics.Scored.YesNo(0, 0, 0))).Message.ShouldContain("none of 'yes'");
        Should.Throw<DataException>(() => Calibrator.Fit(CalibrationMethod.Platt, predictions, new NumberTarget("y", [1, 2, 3]))).Message.ShouldContain("probabilities of classes");
    }

    /// <summary>Truth drawn from softmax(s), stated as softmax(2 s).</summary>
    private static (Predictions Predictions, ClassTarget Target) Overconfident(int classes, int rows, ulong seed)
    {
        var random = new RandomSource(seed);
        string[] names = [.. Enumerable.Range(0, classes).Select(code => $"c{code}")];
        double[] raw = new double[rows * classes], stated = new double[rows * classes];
        var codes = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            double[] scores = [.. names.Select(_ => 1.5 * random.NextGaussian())];
            double sum = scores.Sum(Math.Exp), doubled = scores.Sum(score => Math.Exp(2 * score)), draw = random.NextDouble() * sum;
            for (int code = 0; code < classes; code++)
            {
                stated[row * classes + code] = Math.Exp(2 * scores[code]) / doubled;
                raw[row * classes + code] = 2 * scores[code];
            }

            int truth = 0;
            for (double up = Math.Exp(scores[0]); up < draw && truth < classes - 1; up += Math.Exp(scores[truth]))
            {
                truth++;
            }

            codes[row] = truth;
        }

        double[] kept = classes == 2 ? [.. Enumerable.Range(0, rows).Select(row => raw[2 * row + 1] - raw[2 * row])] : raw;
        return (Predictions.OfProbabilities(names, kept, stated), new ClassTarget("y", codes, names));
    }

    public sealed record CalibrationCase(string Name, int[] Truth, double[] Probabilities, double[]? Weights, double[] At, double A, double B, double[] Sigmoid, double[] Isotonic);
}
