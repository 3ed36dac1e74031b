using System.Text.Json.Nodes;
using Strata.Learning.Ensembles;

namespace Strata.Solutions.Omics;

/// <summary>
/// How classes are learned from few samples of very many columns. The settings were chosen by repeated cross-validation on the training parts of ROSMAP, TCGA's breast cancers and three microarray
/// sets (docs/benchmarks.md): by few samples, so that neighbours of them may do as well.
/// </summary>
public static class OmicsPresets
{
    public static IReadOnlyList<TablePreset> All { get; } =
    [
        Of("omics.blocks", "Several blocks of measurements of the same samples", new Dictionary<string, JsonNode?>
        {
            ["members"] = "logistic_regression(inverse_regularization=0.03)",
            ["sets"] = "each",
        }),
        Of("omics.expression", "Few samples, thousands of columns", new Dictionary<string, JsonNode?>
        {
            ["members"] = "linear_svm(c=0.001, keep=500), extra_trees(trees=500, keep=200)",
        }),
    ];

    private static TablePreset Of(string name, string title, Dictionary<string, JsonNode?> settings) => new()
    {
        Name = name,
        Title = title,
        Target = null,
        Algorithm = BlockEnsemble.AlgorithmName,
        Classes = [],
        Drop = [new DroppedColumn(JoinedBlocks.SampleColumn, "Names the sample: a model could only learn it by heart.")],
        Columns = [],
        Marks = [],
        Recommended = new Dictionary<string, IReadOnlyDictionary<string, JsonNode?>> { [BlockEnsemble.AlgorithmName] = settings },
    };
}
