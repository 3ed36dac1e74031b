using Shouldly;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;
using Xunit;
using static Strata.Learning.Tests.Neural.LearningFixture;

namespace Strata.Learning.Tests.Neural;

/// <summary>Losses and their gradients beside PyTorch's, or beside the paper's formula with PyTorch's gradients: Fixtures/learning.json (see make_learning.py beside it).</summary>
public sealed class LossParityTests : IDisposable
{
    private readonly ThreadTeam team = new(2);
    private readonly CpuBackend backend;
    private readonly Tape<float> tape;

    public LossParityTests()
    {
        backend = new CpuBackend(team);
        tape = new Tape<float>(backend);
    }

    private static int[] Codes => Of<int[]>("codes");

    private static float[] ClassWeights => Of<float[]>("class_weights");

    public void Dispose()
    {
        tape.Dispose();
        backend.Dispose();
        team.Dispose();
    }

    [Fact]
    public void Cross_entropy_with_smoothing_and_weights_of_classes() => ShouldBeTheLoss("smoothed_weighted", 5, x => tape.CrossEntropy(x[0], Codes, smoothing: 0.2, classWeights: ClassWeights));

    [Fact]
    public void Cross_entropy_with_shares_of_classes() => ShouldBeTheLoss("shared", 5, x => tape.SharedCrossEntropy(x[0], Of<float[]>("shares"), classWeights: ClassWeights));

    [Fact]
    public void Focal_loss_of_classes() => ShouldBeTheLoss("focal", 5, x => tape.Focal(x[0], Codes));

    [Theory]
    [InlineData("weighted_logistic", PointLoss.WeightedLogistic, 3, "labels")]
    [InlineData("binary_focal", PointLoss.Focal, 2, "labels")]
    [InlineData("smooth_absolute_error", PointLoss.SmoothAbsoluteError, 0.7, "targets")]
    [InlineData("quantile", PointLoss.Quantile, 0.9, "targets")]
    public void Losses_of_numbers(string name, PointLoss loss, double setting, string targets) => ShouldBeTheLoss(name, 6, x => tape.Loss(x[0], Of<float[]>(targets), loss, setting));

    [Theory]
    [InlineData("gaussian_logarithm", VarianceForm.Logarithm, 0)]
    [InlineData("gaussian_softplus", VarianceForm.Softplus, 0)]
    [InlineData("gaussian_beta", VarianceForm.Softplus, 0.5)]
    public void Likelihood_of_a_mean_and_a_variance(string name, VarianceForm form, double beta) => ShouldBeTheLoss(name, 6, x => tape.GaussianLikelihood(x[0], Of<float[]>("targets"), form, beta));

    [Fact]
    public void Contrastive_loss_of_two_views() => ShouldBeTheLoss("contrastive", 8, x => tape.Contrastive(x[0], temperature: 0.2));

    [Fact]
    public void Margin_of_pairs() => ShouldBeTheLoss("pair_margin", 6, x => tape.PairMargin(x[0], x[1], Of<float[]>("labels"), margin: 3));

    [Fact]
    public void Margin_of_triplets() => ShouldBeTheLoss("triplet", 6, x => tape.Triplet(x[0], x[1], x[2], margin: 0.8));

    private void ShouldBeTheLoss(string name, int rows, Func<Variable<float>[], Variable<float>> loss)
    {
        Variable<float>[] inputs = [.. Of<float[][]>("losses", name, "inputs").Select(values =>
            tape.Constant(values, values.Length == rows ? new Shape(rows) : new Shape(rows, values.Length / rows), needsGradient: true))];
        Variable<float> value = loss(inputs);
        tape.Backward(value);

        value.Values[0].ShouldBe(Of<float>("losses", name, "value"), Tolerance);
        float[][] gradients = Of<float[][]>("losses", name, "gradients");
        for (int i = 0; i < inputs.Length; i++)
        {
            ShouldBeNear(inputs[i].Gradient, gradients[i], $"gradient of input {i}");
        }
    }
}
