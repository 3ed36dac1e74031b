using System.Globalization;
using Strata.Learning.Data;
using Strata.Platform.Models;

namespace Strata.Server.Mlflow;

/// <summary>Registered models and versions in MLflow's words; its stages are the statuses of versions.</summary>
internal static class RegistryViews
{
    public static object Wire(this RegisteredModel model) => new
    {
        model.Name,
        CreationTimestamp = model.CreatedAt.ToUnixTimeMilliseconds(),
        LastUpdatedTimestamp = model.UpdatedAt.ToUnixTimeMilliseconds(),
        Description = model.Description.Length > 0 ? model.Description : null,
        LatestVersions = model.LatestVersions.Select(Wire).ToArray().OrNull(),
        Tags = WireTag.Of(model.Tags),
        Aliases = model.Aliases.Select(alias => new { Alias = alias.Key, Version = alias.Value.ToString(CultureInfo.InvariantCulture) }).ToArray().OrNull(),
    };

    public static object Wire(this ModelVersion version) => new
    {
        version.Name,
        Version = version.Version.ToString(CultureInfo.InvariantCulture),
        CreationTimestamp = version.CreatedAt.ToUnixTimeMilliseconds(),
        LastUpdatedTimestamp = version.UpdatedAt.ToUnixTimeMilliseconds(),
        CurrentStage = Stage(version.Status),
        Description = version.Description.Length > 0 ? version.Description : null,
        version.Source,
        version.RunId,
        Status = "READY",
        Tags = WireTag.Of(version.Tags),
        version.RunLink,
        Aliases = version.Aliases.OrNull(),
    };

    /// <exception cref="DataException">There is no such stage.</exception>
    public static ModelVersionStatus Status(string stage) => stage.ToUpperInvariant() switch
    {
        "NONE" => ModelVersionStatus.Training,
        "STAGING" => ModelVersionStatus.Staged,
        "PRODUCTION" => ModelVersionStatus.Production,
        "ARCHIVED" => ModelVersionStatus.Archived,
        _ => throw new DataException($"Invalid Model Version stage: {stage}. Value must be one of None, Staging, Production, Archived."),
    };

    private static string Stage(ModelVersionStatus status) => status switch
    {
        ModelVersionStatus.Training => "None",
        ModelVersionStatus.Staged => "Staging",
        ModelVersionStatus.Production => "Production",
        _ => "Archived",
    };
}
