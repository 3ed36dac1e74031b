using System.Text.Json;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Tests.Preparation;

/// <summary>Columns and what scikit-learn makes of them: Fixtures/preparation.json (see make_preparation.py beside it).</summary>
internal sealed record PreparationFixture(
    double[][] Train,
    double[] Weights,
    double[][] Rows,
    Dictionary<string, double[][]> Imputed,
    Dictionary<string, double[][]> Scaled,
    double[][] WeightedStandard,
    string[] Levels,
    string[] Binary,
    string[][] Asked,
    Dictionary<string, double[][]> OneHot,
    double[][] Ordinal)
{
    public static PreparationFixture Instance { get; } = JsonSerializer.Deserialize<PreparationFixture>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Preparation", "Fixtures", "preparation.json")), ModelFileJson.Options)!;
}
