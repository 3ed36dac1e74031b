using System.Text.Json.Nodes;
using Strata.Learning.Automl;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Tests.Automl;

/// <summary>Recipes of small studies, and what their models' files are.</summary>
internal static class Studies
{
    public static FitContext Context => new() { Seed = 5, Threads = 2 };

    /// <summary>The catalog's recipe with a portfolio of few quick candidates, decided by no clock.</summary>
    public static AutomlRecipe Of(params string[] portfolio) =>
        (AutomlRecipe)Algorithms.Named("automl").Recipe(new Dictionary<string, JsonNode?> { ["deterministic"] = true, ["folds"] = 3 }) with { Portfolio = portfolio };

    public static byte[] FileOf(IModel model)
    {
        using var file = new MemoryStream();
        new ModelFile(model, new ModelCard()).Save(file);
        return file.ToArray();
    }

    public static AutomlModel Read(byte[] file) => (AutomlModel)ModelFile.Load(new MemoryStream(file)).Model;

    /// <summary>A number that is the sum of many columns and has steps in one of them: a line or trees alone find one of both, so that a second layer helps.</summary>
    public static TrainingTable LineAndSteps(int rows)
    {
        var random = new RandomSource(3);
        double[][] columns = [.. Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, rows).Select(_ => random.NextGaussian()).ToArray())];
        double[] truth = [.. Enumerable.Range(0, rows).Select(row => columns.Sum(column => column[row]) + (columns[0][row] > 0.3 ? 4 : columns[0][row] < -0.6 ? 3 : 0))];
        return new TrainingTable(new Frame(columns.Select((column, i) => new Float64Column($"x{i}", column))), new NumberTarget("y", truth));
    }

    /// <summary>Columns and a class that have nothing to do with one another.</summary>
    public static TrainingTable Noise(int rows, ulong seed = 1)
    {
        var random = new RandomSource(seed);
        Frame columns = new(Enumerable.Range(0, 4).Select(i => new Float64Column($"x{i}", [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())])));
        return new TrainingTable(columns, new ClassTarget("y", [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(2))], ["a", "b"]));
    }
}
