using Strata.Platform.Runs.Filters;

namespace Strata.Platform.Models;

/// <summary>What filters and orders of registered models and their versions can name.</summary>
internal static class RegistryFields
{
    /// <summary>Newer clients ask every search for models that are no prompts; those that do not say are none.</summary>
    private const string PromptTag = "mlflow.prompt.is_prompt";

    public static FieldSql? OfModel(FieldName name, SqlParameters parameters) => (name.Entity, name.Key) switch
    {
        (null or "attribute" or "attributes", "name") => new FieldSql("registered_models.name", false),
        (null or "attribute" or "attributes", "timestamp" or "last_updated_timestamp") => new FieldSql("registered_models.updated_at", true),
        (null or "attribute" or "attributes", "creation_timestamp") => new FieldSql("registered_models.created_at", true),
        ("tag" or "tags", string key) => new FieldSql("t.value", false)
        {
            From = "registered_model_tags t",
            Match = $"t.model_id = registered_models.id and t.name = {parameters.Add(key)}",
            MissingDiffers = key == PromptTag,
        },
        _ => null,
    };

    public static FieldSql? OfVersion(FieldName name, SqlParameters parameters) => (name.Entity, name.Key) switch
    {
        (null or "attribute" or "attributes", "name") => new FieldSql("registered_models.name", false),
        (null or "attribute" or "attributes", "run_id") => new FieldSql("model_versions.run_id", false) { IsNullable = true },
        (null or "attribute" or "attributes", "source_path" or "source") => new FieldSql("model_versions.source", false),
        (null or "attribute" or "attributes", "version_number" or "version") => new FieldSql("model_versions.version", true),
        (null or "attribute" or "attributes", "creation_timestamp") => new FieldSql("model_versions.created_at", true),
        (null or "attribute" or "attributes", "last_updated_timestamp") => new FieldSql("model_versions.updated_at", true),
        ("tag" or "tags", string key) => new FieldSql("t.value", false)
        {
            From = "model_version_tags t",
            Match = $"t.version_id = model_versions.id and t.name = {parameters.Add(key)}",
            MissingDiffers = key == PromptTag,
        },
        _ => null,
    };
}
