using Shouldly;
using Strata.Learning.Losses;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Losses;

public sealed class LossTests
{
    private const int Rows = 48;

    public static TheoryData<ILoss> Losses => [new LogLoss(), new SoftmaxLoss(3), new SoftmaxLoss(7), new SquaredError()];

    private static (float[] Targets, float[] Weights, float[] Scores) Sample(ILoss loss)
    {
        var random = new RandomSource(1);
        int classes = loss is SquaredError ? 0 : Math.Max(2, loss.OutputCount);
        return (
            [.. Enumerable.Range(0, Rows).Select(_ => classes == 0 ? (float)random.NextGaussian() : random.NextInt(classes))],
            [.. Enumerable.Range(0, Rows).Select(row => row % 5 == 0 ? 0 : (float)random.NextDouble() * 3)],
            [.. Enumerable.Range(0, Rows * loss.OutputCount).Select(_ => (float)(3 * random.NextGaussian()))]);
    }

    /// <summary>Weight times loss of one row in double precision, by the formula.</summary>
    private static double Plain(ILoss loss, double target, double weight, double[] scores) => weight * (loss switch
    {
        SquaredError => (scores[0] - target) * (scores[0] - target) / 2,
        LogLoss => Math.Log(1 + Math.Exp(target == 1 ? -scores[0] : scores[0])),
        _ => Math.Log(scores.Sum(Math.Exp)) - scores[(int)target],
    });

    [Theory]
    [MemberData(nameof(Losses))]
    public void Sums_and_derivatives_are_those_of_the_formula(ILoss loss)
    {
        var (targets, weights, scores) = Sample(loss);
        float[] gradients = new float[scores.Length], hessians = new float[scores.Length];
        var block = new LossBlock(targets, weights, scores, Rows);
        double[] ScoresOf(int row) => [.. Enumerable.Range(0, loss.OutputCount).Select(k => (double)scores[k * Rows + row])];

        loss.Derivatives(block, gradients, hessians);

        loss.Sum(block).ShouldBe(Enumerable.Range(0, Rows).Sum(row => Plain(loss, targets[row], weights[row], ScoresOf(row))), 1e-4);
        double factor = loss is SoftmaxLoss softmax ? softmax.ClassCount / (softmax.ClassCount - 1.0) : 1;
        for (int row = 0; row < Rows; row++)
        {
            for (int k = 0; k < loss.OutputCount; k++)
            {
                double At(double step)
                {
                    double[] moved = ScoresOf(row);
                    moved[k] += step;
                    return Plain(loss, targets[row], weights[row], moved);
                }

                const double step = 1e-4;
                double slope = (At(step) - At(-step)) / (2 * step), curve = (At(step) - 2 * At(0) + At(-step)) / (step * step);
                gradients[k * Rows + row].ShouldBe((float)slope, 1e-4f);
                hessians[k * Rows + row].ShouldBe((float)(factor * curve), 1e-4f);
                (double.IsInfinity(loss.LargestGradient) || Math.Abs(slope) <= loss.LargestGradient * weights[row] + 1e-6).ShouldBeTrue();
                (factor * curve).ShouldBeLessThanOrEqualTo(loss.LargestHessian * weights[row] + 1e-4);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Initial_scores_have_no_slope(ILoss loss)
    {
        var (targets, weights, _) = Sample(loss);
        double[] initial = loss.InitialScores(targets, weights);
        float[] scores = [.. initial.SelectMany(score => Enumerable.Repeat((float)score, Rows))], gradients = new float[scores.Length];

        loss.Derivatives(new LossBlock(targets, weights, scores, Rows), gradients, new float[scores.Length]);

        for (int k = 0; k < loss.OutputCount; k++)
        {
            gradients.AsSpan(k * Rows, Rows).ToArray().Sum(gradient => (double)gradient).ShouldBe(0, 1e-4);
        }
    }

    [Fact]
    public void Far_scores_and_lone_classes_stay_finite()
    {
        float[] targets = new float[16], weights = [.. Enumerable.Repeat(1f, 16)], scores = [.. Enumerable.Range(0, 48).Select(i => i % 2 == 0 ? 1e4f : -1e4f)];
        foreach (ILoss loss in new ILoss[] { new LogLoss(), new SoftmaxLoss(3) })
        {
            float[] gradients = new float[48], hessians = new float[48];
            var block = new LossBlock(targets, weights, scores, 16);
            loss.Derivatives(block, gradients, hessians);
            gradients.Concat(hessians).ShouldAllBe(value => float.IsFinite(value));
            double.IsFinite(loss.Sum(block)).ShouldBeTrue();
            loss.InitialScores(targets, weights).ShouldAllBe(score => double.IsFinite(score));
        }
    }
}
