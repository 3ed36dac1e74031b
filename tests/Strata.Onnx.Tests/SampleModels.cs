using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Testing;

namespace Strata.Onnx.Tests;

/// <summary>Small models of everything that can be exported.</summary>
internal static class SampleModels
{
    /// <summary>Settings that make fits short, for algorithms that have them.</summary>
    private static readonly Dictionary<string, JsonNode?> Short = new() { ["trees"] = 12, ["epochs"] = 3, ["early_stopping_epochs"] = 0 };

    /// <summary>Algorithms whose models cannot be exported.</summary>
    public static IReadOnlyList<string> Refused { get; } = ["dbscan", "rocket", "minirocket", "svm", "svr", "k_nearest_neighbors", "gaussian_naive_bayes", "multinomial_naive_bayes", "bernoulli_naive_bayes", "linear_discriminant", "quadratic_discriminant", "gaussian_process", "k_means", "kmeans", "gaussian_mixture", "baseline", "voting", "stacking", "blending", "bagged"];

    /// <summary>A name each, and how to train it.</summary>
    public static IReadOnlyDictionary<string, Func<(IModel Model, Frame Rows)>> All { get; } = Of().ToDictionary(pair => pair.Name, pair => pair.Train, StringComparer.Ordinal);

    private static IEnumerable<(string Name, Func<(IModel Model, Frame Rows)> Train)> Of()
    {
        foreach (Algorithm algorithm in Algorithms.All.Where(algorithm => !Refused.Contains(algorithm.Name)))
        {
            foreach (LearningTask task in algorithm.Tasks)
            {
                yield return ($"{algorithm.Name}_{task}", () => Trained(algorithm.Name, task));
            }
        }
    }

    /// <summary>An algorithm with its usual preparation, on numbers, categories and gaps.</summary>
    private static (IModel Model, Frame Rows) Trained(string name, LearningTask task, params IStep[] steps)
    {
        Algorithm algorithm = Algorithms.Named(name);
        TrainingTable table = Positive(SampleTables.WithTextAndDates(task, 200));
        IRecipe recipe = algorithm.Recipe(Short.Where(setting => algorithm.Hyperparameters.Any(known => known.Name == setting.Key)).ToDictionary());
        Pipeline pipeline = steps.Length == 0 ? algorithm.Prepared(recipe) : algorithm.Prepared(recipe, steps);
        return (pipeline.Fit(table, new FitContext { Seed = 3, Threads = 2 }), table.Features);
    }

    /// <summary>Numbers that every algorithm can learn.</summary>
    private static TrainingTable Positive(TrainingTable table) => table.Target is NumberTarget numbers
        ? new TrainingTable(table.Features, new NumberTarget(numbers.Name, [.. numbers.Values.Select(value => Math.Abs(value) + 0.1)]))
        : table;
}
