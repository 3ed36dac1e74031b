using Shouldly;
using Strata.Learning.Losses;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Losses;

public sealed class LossTests
{
    private const int Rows = 48;

    public static TheoryData<ILoss> Losses => [new LogLoss(), new SoftmaxLoss(3), new SoftmaxLoss(7), new SquaredError(), new PoissonLoss(), new GammaLoss(), new TweedieLoss(1.3)];

    /// <summary>Losses whose hessian is 1 by convention, though their second derivative is not.</summary>
    public static TheoryData<ILoss> UnitHessianLosses => [new AbsoluteError(), new QuantileLoss(0.9), new HuberLoss(0.7)];

    private static (float[] Targets, float[] Weights, float[] Scores) Sample(ILoss loss)
    {
        var random = new RandomSource(1);
        int classes = loss is NumberLoss or SquaredError ? 0 : Math.Max(2, loss.OutputCount);
        return (
            [.. Enumerable.Range(0, Rows).Select(_ => classes == 0 ? (float)(loss is LogLinkLoss ? 3 * random.NextDouble() + (loss is GammaLoss ? 0.1 : 0) : random.NextGaussian()) : random.NextInt(classes))],
            [.. Enumerable.Range(0, Rows).Select(row => row % 5 == 0 ? 0 : (float)random.NextDouble() * 3)],
            [.. Enumerable.Range(0, Rows * loss.OutputCount).Select(_ => (float)((loss is LogLinkLoss ? 0.7 : 3) * random.NextGaussian()))]);
    }

    /// <summary>Weight times loss of one row in double precision, by the formula.</summary>
    private static double Plain(ILoss loss, double target, double weight, double[] scores) => weight * (loss switch
    {
        SquaredError => (scores[0] - target) * (scores[0] - target) / 2,
        AbsoluteError => Math.Abs(scores[0] - target),
        QuantileLoss quantile => Math.Max(quantile.Share * (target - scores[0]), (quantile.Share - 1) * (target - scores[0])),
        HuberLoss huber => Math.Abs(scores[0] - target) is double size && size <= huber.Delta ? size * size / 2 : huber.Delta * (Math.Abs(scores[0] - target) - huber.Delta / 2),
        PoissonLoss => Math.Exp(scores[0]) - target * scores[0],
        GammaLoss => scores[0] + target * Math.Exp(-scores[0]),
        TweedieLoss { Power: double p } => Math.Exp((2 - p) * scores[0]) / (2 - p) - target * Math.Exp((1 - p) * scores[0]) / (1 - p),
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

        // A deviance is twice the loss above that of the target itself.
        double Best(int row) => loss is LogLinkLoss ? Plain(loss, targets[row], weights[row], [Math.Log(Math.Max(targets[row], 1e-30))]) : 0;
        loss.Sum(block).ShouldBe(Enumerable.Range(0, Rows).Sum(row => Plain(loss, targets[row], weights[row], ScoresOf(row)) - Best(row)) * (loss is LogLinkLoss ? 2 : 1), 1e-4);
        double factor = loss switch { SoftmaxLoss softmax => softmax.ClassCount / (softmax.ClassCount - 1.0), PoissonLoss => Math.Exp(0.7), _ => 1 };
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
                hessians[k * Rows + row].ShouldBe((float)(factor * curve), 3e-4f);
                (double.IsInfinity(loss.LargestGradient) || Math.Abs(slope) <= loss.LargestGradient * weights[row] + 1e-6).ShouldBeTrue();
                (double.IsInfinity(loss.LargestHessian) || factor * curve <= loss.LargestHessian * weights[row] + 1e-4).ShouldBeTrue();
            }
        }
    }

    [Theory]
    [MemberData(nameof(UnitHessianLosses))]
    public void Losses_with_corners_have_their_slope_and_hessian_one(ILoss loss)
    {
        var (targets, weights, scores) = Sample(loss);
        float[] gradients = new float[Rows], hessians = new float[Rows];
        var block = new LossBlock(targets, weights, scores, Rows);

        loss.Derivatives(block, gradients, hessians);

        loss.Sum(block).ShouldBe(Enumerable.Range(0, Rows).Sum(row => Plain(loss, targets[row], weights[row], [scores[row]])), 1e-4);
        hessians.ShouldBe(weights);
        for (int row = 0; row < Rows; row++)
        {
            const double step = 1e-4;
            double slope = (Plain(loss, targets[row], weights[row], [scores[row] + step]) - Plain(loss, targets[row], weights[row], [scores[row] - step])) / (2 * step);
            gradients[row].ShouldBe((float)slope, 1e-3f);
            Math.Abs(gradients[row]).ShouldBeLessThanOrEqualTo((float)(loss.LargestGradient * weights[row]) + 1e-6f);
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.01)]
    public void The_initial_score_of_a_quantile_loss_is_the_best_constant(double share)
    {
        var loss = new QuantileLoss(share);
        var (targets, weights, _) = Sample(loss);
        double At(double score) => loss.Sum(new LossBlock(targets, weights, [.. Enumerable.Repeat((float)score, Rows)], Rows));

        double initial = loss.InitialScores(targets, weights)[0];

        foreach (float other in targets)
        {
            At(initial).ShouldBeLessThanOrEqualTo(At(other) + 1e-5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Quantiles_by_selection_by_weights_and_by_repetition_agree(int count)
    {
        var random = new RandomSource(4);
        float[] values = [.. Enumerable.Range(0, count).Select(_ => (float)random.NextInt(count))];
        int[] copies = [.. Enumerable.Range(0, count).Select(_ => 1 + random.NextInt(3))];
        float[] repeated = [.. values.SelectMany((value, i) => Enumerable.Repeat(value, copies[i]))];
        foreach (double share in new[] { 0.1, 0.25, 0.5, 0.75, 0.99 })
        {
            double plain = WeightedQuantile.Of((float[])repeated.Clone(), share);

            WeightedQuantile.Of((float[])values.Clone(), [.. copies.Select(copy => (float)copy)], share).ShouldBe(plain);
            repeated.Count(value => value < plain).ShouldBeLessThanOrEqualTo((int)Math.Ceiling(share * repeated.Length));
            repeated.Count(value => value > plain).ShouldBeLessThanOrEqualTo((int)Math.Ceiling((1 - share) * repeated.Length));
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
