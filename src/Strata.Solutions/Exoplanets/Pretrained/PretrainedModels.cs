using System.Text.Json;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Solutions.Exoplanets.Pretrained;

/// <summary>The models that ship with the exoplanet solution. They read the common vocabulary, so that each of them can be asked about any mission's table.</summary>
public static class PretrainedModels
{
    public const string Universal = "exoplanets_universal";

    private const string Prefix = "exoplanets_";

    public static IReadOnlyList<PretrainedModel> All { get; } = [.. new[] { Universal, "exoplanets_kepler", "exoplanets_tess", "exoplanets_k2" }.Select(Embedded)];

    /// <summary>The model of that name, with or without its prefix.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static PretrainedModel Named(string name) =>
        All.FirstOrDefault(model => model.Card.Name == name || model.Card.Name == Prefix + name)
        ?? throw new DataException($"There is no pretrained model '{name}'; there are {string.Join(", ", All.Select(model => model.Card.Name))}.");

    /// <summary>The model that knows this mission best.</summary>
    public static PretrainedModel For(Mission mission)
    {
        ArgumentNullException.ThrowIfNull(mission);
        return Named(mission.Name);
    }

    private static PretrainedModel Embedded(string name)
    {
        using Stream card = Resource($"{name}.json");
        return new PretrainedModel(JsonSerializer.Deserialize<PretrainedCard>(card, ModelFileJson.Options)!, () => Resource($"{name}.strata"));
    }

    private static Stream Resource(string file) => typeof(PretrainedModels).Assembly.GetManifestResourceStream(typeof(PretrainedModels), file)
        ?? throw new InvalidOperationException($"The program was built without its pretrained model file '{file}'.");
}
