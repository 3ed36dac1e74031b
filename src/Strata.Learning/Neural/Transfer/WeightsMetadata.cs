using System.Text.Json;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Neural.Transfer;

/// <summary>What a file of weights says about them: the algorithm with its settings, and the columns they were learned on.</summary>
internal static class WeightsMetadata
{
    public const string Algorithm = "strata_algorithm", Recipe = "strata_recipe";

    private const string Schema = "strata_schema";

    /// <param name="recipe">By which they were learned.</param>
    /// <param name="features">On which columns.</param>
    /// <param name="further">Other texts by name.</param>
    public static Dictionary<string, string> Of(NetworkRecipe recipe, Schema features, params IEnumerable<(string Key, string Text)> further)
    {
        var metadata = new Dictionary<string, string>
        {
            // By this other programs know whose names and shapes these are.
            ["format"] = "pt",
            [Algorithm] = recipe.Algorithm,
            [Recipe] = JsonSerializer.Serialize((object)recipe, ModelFileJson.Options),
            [Schema] = JsonSerializer.Serialize(features, ModelFileJson.Options),
        };
        foreach ((string key, string text) in further)
        {
            metadata[key] = text;
        }

        return metadata;
    }

    /// <summary>The columns, or null where the file does not say.</summary>
    public static Schema? SchemaOf(Safetensors weights)
    {
        try
        {
            return weights.Metadata.TryGetValue(Schema, out string? text) ? JsonSerializer.Deserialize<Schema>(text, ModelFileJson.Options) : null;
        }
        catch (JsonException e)
        {
            throw new ModelFileException("The columns in the metadata of the given weights are not readable.", e);
        }
    }
}
