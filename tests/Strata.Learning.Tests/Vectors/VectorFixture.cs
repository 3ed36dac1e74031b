using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Tests.Vectors;

/// <summary>The cases of Fixtures/vectors.json with scikit-learn's solutions (see make_vectors.py beside it).</summary>
internal sealed record VectorFixture(VectorCase[] Cases)
{
    public static VectorFixture Instance { get; } = JsonSerializer.Deserialize<VectorFixture>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Vectors", "Fixtures", "vectors.json")), ModelFileJson.Options)!;
}

internal sealed record VectorCase(string Name, string Algorithm, JsonObject Settings, double[][] X, double[] Y, double[][] Decisions, int Vectors, double? Objective = null, double[]? Weights = null)
{
    public Frame Rows => new(Enumerable.Range(0, X[0].Length).Select(j => new Float64Column($"x{j}", [.. X.Select(row => row[j])])));

    public TrainingTable Table => new(Rows, TargetOf(), Weights);

    public IRecipe Recipe(params (string Name, JsonNode Value)[] further) =>
        Algorithms.Named(Algorithm).Recipe(Settings.Concat(further.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Name, pair.Value))).ToDictionary(pair => pair.Key, pair => pair.Value));

    private Target TargetOf()
    {
        if (Algorithm == "svr")
        {
            return new NumberTarget("y", Y);
        }

        int[] codes = [.. Y.Select(value => (int)value)];
        return new ClassTarget("y", codes, [.. Enumerable.Range(0, codes.Max() + 1).Select(code => $"class {code}")]);
    }
}
