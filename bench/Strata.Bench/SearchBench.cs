using System.Diagnostics;
using System.Text.Json;
using Strata.Learning.Search;
using Strata.Learning.Search.Samplers;

namespace Strata.Bench;

/// <summary>How good the best of some trials is on functions with known minima, seed by seed, and what choosing a point costs.</summary>
internal static class SearchBench
{
    private static readonly double[] HartmannAlpha = [1.0, 1.2, 3.0, 3.2];

    private static readonly double[][] HartmannA = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]];

    private static readonly double[][] HartmannP =
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    public static int Run(string[] args)
    {
        var options = new Options(args);
        int trials = options.Number("trials", 100), seeds = options.Number("seeds", 20), overheadTrials = options.Number("overhead-trials", 500);
        string method = options.Text("method") ?? "tpe";
        (string Name, SearchSpace Space, Func<double[], double> Of)[] functions =
        [
            ("branin", new SearchSpace(new NumberParameter("x0", -5, 10), new NumberParameter("x1", 0, 15)), Branin),
            ("hartmann6", Cube(6, 0, 1), Hartmann),
            ("rosenbrock5", Cube(5, -5, 10), Rosenbrock),
        ];
        var best = functions.ToDictionary(function => function.Name, function => Enumerable.Range(0, seeds).Select(seed => Best(function.Space, function.Of, method, (ulong)seed, trials)).ToArray());

        SearchSpace wide = Cube(10, 0, 1);
        Best(wide, Sphere, method, 0, overheadTrials);
        TimeSpan began = Process.GetCurrentProcess().TotalProcessorTime;
        Best(wide, Sphere, method, 1, overheadTrials);
        double overhead = (Process.GetCurrentProcess().TotalProcessorTime - began).TotalMilliseconds / overheadTrials;
        Console.WriteLine(JsonSerializer.Serialize(new { best, overhead_milliseconds = overhead }));
        return 0;
    }

    private static double Best(SearchSpace space, Func<double[], double> of, string method, ulong seed, int trials)
    {
        ISampler sampler = method switch
        {
            "cma_es" => new CmaEsSampler(space, Direction.Minimize, seed),
            "random" => new RandomSampler(space, seed),
            _ => new TpeSampler(space, Direction.Minimize, seed),
        };
        using var study = new Study(space, Direction.Minimize, sampler, seed: seed);
        study.Run(trial => of([.. Enumerable.Range(0, space.Count).Select(i => trial.Value($"x{i}"))]), new SearchBudget { Trials = trials });
        return study.Best!.Value;
    }

    private static SearchSpace Cube(int dimensions, double min, double max) => new(Enumerable.Range(0, dimensions).Select(i => new NumberParameter($"x{i}", min, max)));

    private static double Branin(double[] x)
    {
        double bend = x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
        return bend * bend + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x[0]) + 10;
    }

    private static double Hartmann(double[] x) =>
        -Enumerable.Range(0, 4).Sum(i => HartmannAlpha[i] * Math.Exp(-Enumerable.Range(0, 6).Sum(j => HartmannA[i][j] * Math.Pow(x[j] - HartmannP[i][j], 2))));

    private static double Rosenbrock(double[] x) =>
        Enumerable.Range(0, x.Length - 1).Sum(i => 100 * Math.Pow(x[i + 1] - x[i] * x[i], 2) + Math.Pow(1 - x[i], 2));

    private static double Sphere(double[] x) => x.Sum(value => (value - 0.3) * (value - 0.3));
}
