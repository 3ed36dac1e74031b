using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Testing;
using Xunit;
using static Strata.Tensors.Tests.Gradients.GradientContract;

namespace Strata.Tensors.Tests.Gradients;

public sealed class LossGradientTests
{
    private static readonly int[] Codes = [2, 0, 1, 2];

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0.1, true, false)]
    [InlineData(0, false, true)]
    [InlineData(0.2, true, true)]
    public void Cross_entropy(double smoothing, bool weighted, bool byClass) =>
        ShouldHold([new Shape(4, 3)], x => x[0].Tape.CrossEntropy(x[0], Codes, weighted ? [1.0, 0, 2, 0.5] : [], smoothing, byClass ? [1.0, 3, 0.5] : []));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cross_entropy_with_shares_of_classes(bool weighted) =>
        ShouldHold([new Shape(2, 3)], x => x[0].Tape.SharedCrossEntropy(x[0], [0.3, 0.7, 0, 0.2, 0.2, 0.6], weighted ? [1.0, 3] : [], weighted ? [1.0, 3, 0.5] : []));

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(2)]
    public void Focal_loss_of_classes(double focus) =>
        ShouldHold([new Shape(4, 3)], x => x[0].Tape.Focal(x[0], Codes, focus, [1.0, 0, 2, 0.5], [1.0, 3, 0.5]));

    [Theory]
    [InlineData(PointLoss.SquaredError, 0)]
    [InlineData(PointLoss.AbsoluteError, 0)]
    [InlineData(PointLoss.Huber, 0.8)]
    [InlineData(PointLoss.SmoothAbsoluteError, 0.8)]
    [InlineData(PointLoss.Quantile, 0.9)]
    [InlineData(PointLoss.Logistic, 0)]
    [InlineData(PointLoss.WeightedLogistic, 3)]
    [InlineData(PointLoss.Focal, 2)]
    [InlineData(PointLoss.Focal, 0.5)]
    [InlineData(PointLoss.Poisson, 0)]
    public void Losses_of_numbers(PointLoss loss, double setting) =>
        ShouldHold([new Shape(5)], x => x[0].Tape.Loss(x[0], [0.3, 1, 0, 0.7, 1], loss, setting, [1, 2, 1, 0.5, 3]));

    [Theory]
    [InlineData(VarianceForm.Logarithm)]
    [InlineData(VarianceForm.Softplus)]
    public void Likelihood_of_a_mean_and_a_variance(VarianceForm form) =>
        ShouldHold([new Shape(4, 2)], x => x[0].Tape.GaussianLikelihood(x[0], [0.3, 1, -2, 0.7], form, beta: 0, [1, 2, 1, 0.5]));

    [Fact]
    public void The_power_of_the_variance_is_a_constant_on_the_way_back()
    {
        double[] scores = [0.1, -0.5, 0.4, 0.2, -1, 0.8], targets = [0.3, 1, -2];
        double[] powers = [.. new[] { -0.5, 0.2, 0.8 }.Select(raw => Math.Exp(0.5 * raw))];
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        Variable<double> given = tape.Constant(scores, new Shape(3, 2), needsGradient: true);
        tape.Backward(tape.GaussianLikelihood(given, targets, VarianceForm.Logarithm, beta: 0.5));
        double[] found = given.Gradient.ToArray();
        tape.Reset();
        Variable<double> weighted = tape.Constant(scores, new Shape(3, 2), needsGradient: true);
        tape.Backward(tape.Scale(tape.GaussianLikelihood(weighted, targets, VarianceForm.Logarithm, beta: 0, powers), powers.Sum() / 3));

        found.ShouldBe(weighted.Gradient.ToArray(), 1e-12);
    }

    [Fact]
    public void Contrastive_losses()
    {
        ShouldHold([new Shape(6, 4)], x => x[0].Tape.Contrastive(x[0], 0.5));
        ShouldHold([new Shape(4, 3), new Shape(4, 3)], x => x[0].Tape.PairMargin(x[0], x[1], [1, 0, 0, 1], margin: 4));
        ShouldHold([new Shape(4, 3), new Shape(4, 3), new Shape(4, 3)], x => x[0].Tape.Triplet(x[0], x[1], x[2], margin: 2));
    }

    [Fact]
    public void A_focal_loss_without_focus_is_cross_entropy()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        Variable<double> scores = tape.Constant([1, -2, 0.5, 0.1, 3, 1], new Shape(2, 3)), odds = tape.Constant([1, -2, 0.5], new Shape(3));

        tape.Focal(scores, [0, 2], focus: 0).Values[0].ShouldBe(tape.CrossEntropy(scores, [0, 2]).Values[0], 1e-12);
        tape.Loss(odds, [1, 0, 1], PointLoss.Focal).Values[0].ShouldBe(tape.Loss(odds, [1, 0, 1], PointLoss.Logistic).Values[0], 1e-12);
    }

    [Fact]
    public void Scores_far_out_have_finite_losses_and_gradients()
    {
        using var backend = new ReferenceBackend<float>();
        using var tape = new Tape<float>(backend);
        Variable<float> scores = tape.Constant([200, -200, 0, -300, 200, 0], new Shape(2, 3), needsGradient: true);
        tape.Backward(tape.Focal(scores, [0, 0]));
        Variable<float> odds = tape.Constant([200, -200, 200, -200], new Shape(4), needsGradient: true);
        tape.Backward(tape.Loss(odds, [1, 1, 0, 0], PointLoss.Focal, 2));
        Variable<float> masked = tape.Constant([1, float.NegativeInfinity, 0.5f], new Shape(1, 3), needsGradient: true), entropy = tape.CrossEntropy(masked, [0]);
        tape.Backward(entropy);

        scores.Gradient.ToArray().ShouldAllBe(slope => float.IsFinite(slope));
        odds.Gradient.ToArray().ShouldAllBe(slope => float.IsFinite(slope));
        entropy.Values[0].ShouldBe(0.474077f, 1e-5f);
        masked.Gradient[1].ShouldBe(0);
    }

    [Fact]
    public void Weights_of_zero_and_one_are_a_mask()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        Variable<double> made = tape.Constant([1, 2, 3, 4], new Shape(2, 2), needsGradient: true);
        Variable<double> loss = tape.Loss(made, [0, 9, 9, 2], PointLoss.SquaredError, weights: [1, 0, 0, 1]);
        tape.Backward(loss);

        loss.Values[0].ShouldBe((1 + 4) / 2.0);
        made.Gradient.ToArray().ShouldBe([1, 0, 0, 2]);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_both_named()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        Variable<double> x = tape.Constant(new double[6], new Shape(2, 3)), y = tape.Constant(new double[9], new Shape(3, 3));

        Should.Throw<ArgumentException>(() => tape.CrossEntropy(x, [0, 1], classWeights: [1])).Message.ShouldContain("1 class weights for 3 classes");
        Should.Throw<ArgumentException>(() => tape.SharedCrossEntropy(x, [0, 1])).Message.ShouldContain("2 targets for 6 scores");
        Should.Throw<ArgumentException>(() => tape.Focal(x, [0])).Message.ShouldContain("1 classes for 2 rows");
        Should.Throw<ArgumentException>(() => tape.GaussianLikelihood(x, [0, 1])).Message.ShouldContain("not [2, 3]");
        Should.Throw<ArgumentException>(() => tape.Contrastive(y)).Message.ShouldContain("[3, 3] are not two views");
        Should.Throw<ArgumentException>(() => tape.PairMargin(x, y, [1, 1])).Message.ShouldContain("[2, 3] and [3, 3] are not pairs");
        Should.Throw<ArgumentException>(() => tape.Triplet(x, x, y)).Message.ShouldContain("not triplets");
    }

    [Fact]
    public void After_the_first_steps_losses_take_no_memory()
    {
        using var backend = new ReferenceBackend<float>();
        using var tape = new Tape<float>(backend);
        var (rows, codes, targets) = (new float[64 * 16], new int[64], new float[64]);
        rows.AsSpan().Fill(0.5f);
        void Run()
        {
            tape.Reset();
            Variable<float> x = tape.Constant(rows, new Shape(64, 16), needsGradient: true), pairs = tape.Constant(rows.AsSpan(0, 128), new Shape(64, 2), needsGradient: true);
            Variable<float> all = tape.CrossEntropy(x, codes) + tape.Focal(x, codes) + tape.Contrastive(x) + tape.GaussianLikelihood(pairs, targets) + tape.Triplet(x, x, x);
            tape.Backward(all);
        }

        Run();
        Run();
        Allocations.Of(Run).ShouldBeLessThan(200);
    }
}
