using Strata.Learning.Data;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Omics;

namespace Strata.Solutions;

/// <summary>A domain pack: where its tables come from, what their columns mean, and models that already know them.</summary>
/// <param name="Name">Such as <c>exoplanets</c>; the first part of its presets' names.</param>
/// <param name="Title">For people.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Presets">How its tables are learned from honestly.</param>
/// <param name="Sources">Where its tables can be had.</param>
/// <param name="Pretrained">The models that ship with it.</param>
public sealed record Solution(
    string Name,
    string Title,
    string Summary,
    IReadOnlyList<TablePreset> Presets,
    IReadOnlyList<ITableSource> Sources,
    IReadOnlyList<PretrainedModel> Pretrained)
{
    /// <summary>Every solution of the house.</summary>
    public static IReadOnlyList<Solution> All { get; } = [ExoplanetSolution.Create(), OmicsSolution.Create()];

    /// <summary>The preset of that name in any solution, or null.</summary>
    public static TablePreset? PresetOf(string name) => All.SelectMany(solution => solution.Presets).FirstOrDefault(preset => preset.Name == name);

    /// <summary>The source of that name in any solution, or null.</summary>
    public static ITableSource? SourceOf(string name) => All.SelectMany(solution => solution.Sources).FirstOrDefault(source => source.Name == name);

    /// <summary>The preset whose table this is, judged by its column names, or null.</summary>
    public static TablePreset? Recognise(Schema schema) => All.SelectMany(solution => solution.Presets).FirstOrDefault(preset => preset.Recognises(schema));
}
