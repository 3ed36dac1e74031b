using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Search;
using Strata.Learning.Search.Samplers;
using Xunit;

namespace Strata.Learning.Tests.Search;

public class SamplerTests
{
    public static TheoryData<string> Names => ["random", "quasi_random", "grid", "tpe", "cma_es"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_point_lies_in_the_space_with_just_the_parameters_that_count(string name)
    {
        for (ulong seed = 0; seed < 3; seed++)
        {
            using var study = new Study(Landscapes.MixedSpace, Direction.Minimize, Sampler(name, Landscapes.MixedSpace, seed), seed: seed);
            study.Search(Landscapes.Mixed, new SearchBudget { Trials = 150 });
            study.Trials.Count.ShouldBe(name == "grid" ? 144 : 150);
            foreach (Trial trial in study.Trials)
            {
                trial.Status.ShouldBe(TrialStatus.Completed, trial.Reason);
                Landscapes.MixedSpace.Contains(trial.Point).ShouldBeTrue($"{name}: {string.Join(' ', trial.Point)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_points_and_another_seed_others(string name)
    {
        double[][] Points(ulong seed)
        {
            using var study = new Study(Landscapes.MixedSpace, Direction.Minimize, Sampler(name, Landscapes.MixedSpace, seed), seed: seed);
            study.Search(Landscapes.Mixed, new SearchBudget { Trials = 60 });
            return [.. study.Trials.Select(trial => trial.Point)];
        }

        double[][] first = Points(1), again = Points(1), other = Points(2);
        first.ShouldBe(again);
        first.Zip(other).Count(pair => pair.First.SequenceEqual(pair.Second)).ShouldBeLessThan(10);
    }

    [Theory]
    [InlineData("tpe", 1.5)]
    [InlineData("cma_es", 2.5)]
    public void A_sampler_that_learns_comes_near_the_best_point_of_a_mixed_space(string name, double atMost)
    {
        double[] best = [.. Enumerable.Range(0, 5).Select(seed =>
        {
            using var study = new Study(Landscapes.MixedSpace, Direction.Minimize, Sampler(name, Landscapes.MixedSpace, (ulong)seed), seed: (ulong)seed);
            study.Search(Landscapes.Mixed, new SearchBudget { Trials = 150 });
            return study.Best!.Value;
        })];
        best.Average().ShouldBeLessThan(atMost);
    }

    [Theory]
    [InlineData("tpe", Direction.Minimize, 1.0)]
    [InlineData("tpe", Direction.Maximize, 1.0)]
    [InlineData("cma_es", Direction.Minimize, 0.5)]
    [InlineData("cma_es", Direction.Maximize, 0.5)]
    public void Branin_is_brought_near_its_minimum_in_either_direction(string name, Direction direction, double atMost)
    {
        double sign = direction == Direction.Minimize ? 1 : -1;
        double[] best = [.. Enumerable.Range(0, 5).Select(seed =>
        {
            ISampler sampler = name == "tpe" ? new TpeSampler(Landscapes.BraninSpace, direction, (ulong)seed) : new CmaEsSampler(Landscapes.BraninSpace, direction, (ulong)seed);
            using var study = new Study(Landscapes.BraninSpace, direction, sampler, seed: (ulong)seed);
            study.Search(trial => sign * Landscapes.Branin(trial), new SearchBudget { Trials = 150 });
            return sign * study.Best!.Value;
        })];
        best.Average().ShouldBeInRange(0.3978, atMost);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Cma_es_goes_to_the_bottom_of_a_bent_valley_that_has_a_second_one(ulong seed)
    {
        var space = new SearchSpace(Enumerable.Range(0, 5).Select(i => new NumberParameter($"x{i}", -5, 10)));
        using var study = new Study(space, Direction.Minimize, new CmaEsSampler(space, Direction.Minimize, seed));
        study.Search(trial => Enumerable.Range(0, 4).Sum(i => 100 * Math.Pow(trial.Value($"x{i + 1}") - Math.Pow(trial.Value($"x{i}"), 2), 2) + Math.Pow(1 - trial.Value($"x{i}"), 2)), new SearchBudget { Trials = 8000 });
        study.Best!.Value.ShouldBeLessThan(1e-8);
    }

    [Fact]
    public void A_grid_tries_each_point_once_and_ends()
    {
        var space = new SearchSpace(
            new ChoiceParameter("kernel", ["linear", "rbf"]),
            new NumberParameter("c", 0.01, 100) { LogScale = true },
            new NumberParameter("degree", 1, 3) { IsInteger = true, When = new Condition("kernel", ["rbf"]) });
        using var study = new Study(space, Direction.Minimize, new GridSampler(space, 0));
        study.Search(trial => trial.Value("c"), new SearchBudget());
        study.Trials.Count.ShouldBe(5 + 5 * 3);
        study.Trials.Select(trial => string.Join(' ', trial.Point)).Distinct().Count().ShouldBe(20);
        study.Trials.Select(trial => trial.Point[1]).Distinct().Order().ShouldBe([0.01, 0.1, 1, 10, 100], 1e-9);
    }

    [Fact]
    public void A_grid_is_as_fine_as_its_number_of_points_allows()
    {
        new GridSampler(Landscapes.BraninSpace, 0, mostPoints: 30).PointCount.ShouldBe(25);
        new GridSampler(Landscapes.BraninSpace, 0, mostPoints: 3).PointCount.ShouldBe(4);
        var wide = new SearchSpace(Enumerable.Range(0, 21).Select(i => new NumberParameter($"x{i}", 0, 1)));
        Should.Throw<DataException>(() => new GridSampler(wide, 0)).Message.ShouldContain("1000000 points");
    }

    [Fact]
    public void Quasi_random_points_are_spread_more_evenly_than_random_ones()
    {
        var space = new SearchSpace(new NumberParameter("a", 0, 1), new NumberParameter("b", 0, 1));
        double Emptiest(ISampler sampler)
        {
            using var study = new Study(space, Direction.Minimize, sampler);
            study.Search(_ => 0, new SearchBudget { Trials = 256 });
            return study.Trials.GroupBy(trial => ((int)(trial.Point[0] * 8), (int)(trial.Point[1] * 8))).Count();
        }

        Emptiest(new QuasiRandomSampler(space, 1)).ShouldBeGreaterThan(Emptiest(new RandomSampler(space, 1)));
    }

    [Fact]
    public void Tpe_does_not_try_a_countable_point_twice_while_others_are_near()
    {
        var space = new SearchSpace(new NumberParameter("a", 1, 8) { IsInteger = true }, new NumberParameter("b", 1, 8) { IsInteger = true });
        using var study = new Study(space, Direction.Minimize);
        study.Search(trial => Math.Abs(trial.Integer("a") - 3) + Math.Abs(trial.Integer("b") - 6), new SearchBudget { Trials = 50 });
        study.Trials.Select(trial => (trial.Point[0], trial.Point[1])).Distinct().Count().ShouldBeGreaterThan(44);
        study.Best!.Value.ShouldBe(0);
    }

    [Fact]
    public void Trials_that_are_still_running_repel_tpe()
    {
        var space = new SearchSpace(new NumberParameter("x", 0, 1));
        double MeanGap(bool isRunningKnown)
        {
            double sum = 0;
            for (ulong seed = 0; seed < 20; seed++)
            {
                var sampler = new TpeSampler(space, Direction.Minimize, seed);
                var trials = new List<Trial>();
                for (int i = 0; i < 30; i++)
                {
                    var trial = new Trial { Number = i, Point = [(i * 0.618) % 1] };
                    trials.Add(trial);
                    sampler.Started(trial);
                    trials[i] = trial with { Status = TrialStatus.Completed, Value = Math.Abs(trial.Point[0] - 0.3) };
                    sampler.Ended(trials[i]);
                }

                for (int i = 30; i < 36; i++)
                {
                    var trial = new Trial { Number = i, Point = [0.3], Status = isRunningKnown ? TrialStatus.Running : TrialStatus.Stopped };
                    trials.Add(trial);
                    sampler.Started(trial);
                }

                sum += Math.Abs(sampler.Propose(trials)[0] - 0.3);
            }

            return sum;
        }

        MeanGap(true).ShouldBeGreaterThan(1.2 * MeanGap(false));
    }

    [Theory]
    [InlineData("tpe")]
    [InlineData("cma_es")]
    public void Points_where_the_objective_fails_are_left(string name)
    {
        var space = new SearchSpace(new NumberParameter("x", 0, 1), new NumberParameter("y", 0, 1));
        using var study = new Study(space, Direction.Minimize, Sampler(name, space, 1), seed: 1);
        study.Search(trial => trial.Value("x") > 0.5 ? throw new InvalidOperationException("too far") : 1 - trial.Value("x"), new SearchBudget { Trials = 120 });
        study.Trials.Take(20).Count(trial => trial.Status == TrialStatus.Failed).ShouldBeGreaterThan(4);
        study.Best!.Value.ShouldBeLessThan(0.55);
        study.Trials.First(trial => trial.Status == TrialStatus.Failed).Reason.ShouldBe("too far");
    }

    [Fact]
    public void Eigenvectors_stretch_the_matrix_by_their_eigenvalues()
    {
        double[,] matrix = { { 4, 1, -2 }, { 1, 2, 0 }, { -2, 0, 3 } };
        (double[] values, double[,] vectors) = SymmetricEigen.Of(matrix);
        for (int k = 0; k < 3; k++)
        {
            for (int i = 0; i < 3; i++)
            {
                Enumerable.Range(0, 3).Sum(j => matrix[i, j] * vectors[j, k]).ShouldBe(values[k] * vectors[i, k], 1e-12);
            }
        }
    }

    private static ISampler Sampler(string name, SearchSpace space, ulong seed) => name switch
    {
        "random" => new RandomSampler(space, seed),
        "quasi_random" => new QuasiRandomSampler(space, seed),
        "grid" => new GridSampler(space, seed, mostPoints: 150),
        "tpe" => new TpeSampler(space, Direction.Minimize, seed),
        _ => new CmaEsSampler(space, Direction.Minimize, seed),
    };
}
