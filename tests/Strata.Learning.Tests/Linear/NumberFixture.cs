using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Tests.Linear;

/// <summary>The cases of Fixtures/numbers.json with scikit-learn's solutions (see make_numbers.py beside it).</summary>
internal sealed record NumberFixture(NumberCase[] Cases, PathCase Path)
{
    public static NumberFixture Instance { get; } = JsonSerializer.Deserialize<NumberFixture>(
        File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "Linear", "Fixtures", "numbers.json")), ModelFileJson.Options)!;
}

internal sealed record NumberCase(string Name, string Algorithm, JsonObject Settings, double[][] X, double[] Y, double[] Coefficients, double Intercept, double Within, double[]? Weights = null)
{
    public TrainingTable Table => new(LinearFixture.FrameOf(X), new NumberTarget("y", Y), Weights);

    /// <summary>The recipe with the case's settings and, where it has one, so small a tolerance.</summary>
    public IRecipe Recipe(double tolerance)
    {
        Algorithm algorithm = Algorithms.Named(Algorithm);
        var settings = Settings.ToDictionary(pair => pair.Key, pair => pair.Value);
        if (algorithm.Hyperparameters.Any(known => known.Name == "tolerance"))
        {
            settings["tolerance"] = tolerance;
        }

        return algorithm.Recipe(settings);
    }
}

internal sealed record PathCase(double[][] X, double[] Y, double[] Alphas, double[][] Coefficients);
