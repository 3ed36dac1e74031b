using Shouldly;
using Strata.Learning.Neural.Optimizers;
using Strata.Tensors;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;
using Strata.Testing;
using Xunit;
using static Strata.Learning.Tests.Neural.LearningFixture;

namespace Strata.Learning.Tests.Neural;

/// <summary>Paths of optimizers, schedules and averages beside PyTorch's: Fixtures/learning.json (see make_learning.py beside it).</summary>
public sealed class OptimizerParityTests
{
    private const double Rate = 0.02;

    [Theory]
    [InlineData("sgd_plain", OptimizerKind.Sgd, 0, false, 0, 0)]
    [InlineData("sgd_momentum", OptimizerKind.Sgd, 0.8, false, 0, 0)]
    [InlineData("sgd_nesterov", OptimizerKind.Sgd, 0.95, true, 0, 0)]
    [InlineData("rms_prop", OptimizerKind.RmsProp, 0, false, 0, 0)]
    [InlineData("adam", OptimizerKind.Adam, 0, false, 0, 0)]
    [InlineData("adam_w", OptimizerKind.AdamW, 0, false, 0, 0)]
    [InlineData("clipped_by_norm", OptimizerKind.Sgd, 0.9, true, 1.5, 0)]
    [InlineData("clipped_by_value", OptimizerKind.Sgd, 0.9, true, 0, 0.4)]
    public void Groups_with_rates_and_decays_of_their_own_take_the_path_of_PyTorchs(string name, OptimizerKind kind, double momentum, bool looksAhead, double norm, double value)
    {
        using var problem = new Problem();
        Optimizer optimizer = kind.Of(problem.Groups, momentum: momentum, looksAhead: looksAhead);
        foreach (float[] expected in Of<float[][]>("optimizers", name))
        {
            problem.FindGradients();
            optimizer.Step(Rate, new GradientLimits(norm, value));

            ShouldBeNear(problem.Values, expected, $"step {optimizer.Steps}");
        }
    }

    [Fact]
    public void A_mean_of_weights_goes_as_PyTorchs_averaged_model()
    {
        using var problem = new Problem();
        Optimizer optimizer = OptimizerKind.AdamW.Of(problem.Groups);
        var average = new WeightAverage(problem.Parameters, keep: 0.7);
        foreach (float[] expected in Of<float[][]>("optimizers", "averaged"))
        {
            problem.FindGradients();
            optimizer.Step(Rate);
            float[] live = problem.Values;
            average.Enter();

            average.Exchange();
            ShouldBeNear(problem.Values, expected, $"step {optimizer.Steps}");
            average.Exchange();
            problem.Values.ShouldBe(live);
        }
    }

    [Theory]
    [InlineData("cosine", RateSchedule.Cosine)]
    [InlineData("steps", RateSchedule.Steps)]
    [InlineData("one_cycle", RateSchedule.OneCycle)]
    [InlineData("warm_cosine", RateSchedule.WarmCosine)]
    public void A_schedule_goes_as_PyTorchs(string name, RateSchedule schedule)
    {
        double[] factors = Of<double[]>("schedules", name);

        Enumerable.Range(0, factors.Length).Select(step => schedule.Factor(step, factors.Length)).ShouldBe(factors, 1e-9);
    }

    [Fact]
    public void A_plateau_lowers_the_rate_where_PyTorchs_does()
    {
        var plateau = new Plateau(patienceInEpochs: 4);
        foreach ((double factor, double loss) in Of<double[]>("schedules", "plateau").Zip(Of<double[]>("plateau_losses")))
        {
            plateau.Factor.ShouldBe(factor, 1e-12);
            plateau.Enter(loss);
        }
    }

    [Theory]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.NAdam)]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.RmsProp)]
    [InlineData(OptimizerKind.Lion)]
    public void Any_number_of_threads_gives_the_same_bits_and_steps_take_no_memory(OptimizerKind kind)
    {
        using var team = new ThreadTeam(3);
        using Parameter<float> alone = Some(), shared = Some();
        Optimizer one = kind.Of([new ParameterGroup([alone], 0.01)]), several = kind.Of([new ParameterGroup([shared], 0.01)], team);
        var random = new RandomSource(4);
        void Step()
        {
            for (int i = 0; i < alone.Shape.Count; i++)
            {
                alone.Gradient[i] = shared.Gradient[i] = (float)(1e-3 * random.NextGaussian());
            }

            one.Step(0.01, new GradientLimits(1, 0.002));
            several.Step(0.01, new GradientLimits(1, 0.002));
        }

        for (int step = 0; step < 3; step++)
        {
            Step();
        }

        shared.Values.ToArray().ShouldBe(alone.Values.ToArray());
        Allocations.Of(Step).ShouldBeLessThan(100);
    }

    [Fact]
    public void A_frozen_parameter_stays()
    {
        using Parameter<float> parameter = Some();
        parameter.IsFrozen = true;
        float[] before = parameter.Values.ToArray();
        parameter.Gradient.Fill(1);
        OptimizerKind.AdamW.Of([new ParameterGroup([parameter], 0.1)]).Step(0.1);

        parameter.Values.ToArray().ShouldBe(before);
        parameter.Gradient.ToArray().ShouldAllBe(slope => slope == 0);
    }

    private static Parameter<float> Some()
    {
        var parameter = new Parameter<float>("w", new Shape(211, 233));
        var random = new RandomSource(2);
        foreach (ref float value in parameter.Values)
        {
            value = (float)random.NextGaussian();
        }

        return parameter;
    }

    /// <summary>Least squares of a matrix and a vector, each with a rate and a decay of its own.</summary>
    private sealed class Problem : IDisposable
    {
        private readonly float[][] hessians = Of<float[][]>("hessians");

        public Problem()
        {
            Parameters = [new Parameter<float>("matrix", new Shape(32, 1)), new Parameter<float>("vector", new Shape(5))];
            foreach ((Parameter<float> parameter, float[] start) in Parameters.Zip(Of<float[][]>("starts")))
            {
                start.CopyTo(parameter.Values);
            }
        }

        public Parameter<float>[] Parameters { get; }

        public IReadOnlyList<ParameterGroup> Groups => [new([Parameters[0]], WeightDecay: 0.05, RateFactor: 0.5), new([Parameters[1]])];

        public float[] Values => [.. Parameters.SelectMany(parameter => parameter.Values.ToArray())];

        public void FindGradients()
        {
            for (int p = 0; p < Parameters.Length; p++)
            {
                int count = Parameters[p].Shape.Count;
                for (int i = 0; i < count * count; i++)
                {
                    Parameters[p].Gradient[i / count] += hessians[p][i] * Parameters[p].Values[i % count];
                }
            }
        }

        public void Dispose()
        {
            foreach (Parameter<float> parameter in Parameters)
            {
                parameter.Dispose();
            }
        }
    }
}
