using System.Globalization;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Models;
using Wire = Strata.Client.Contracts;

namespace Strata.Server.Surfaces.TrainingPlatform;

/// <summary>Registered versions in the training platform's words: its versions are any text, kept as a tag beside the number.</summary>
internal static class DeployedVersion
{
    private const string VersionTag = "version";

    public static Dictionary<string, string> Tags(IReadOnlyDictionary<string, string>? tags, string? version)
    {
        Dictionary<string, string> all = tags is null ? [] : new(tags, StringComparer.Ordinal);
        if (version is not null)
        {
            all[VersionTag] = version;
        }

        return all;
    }

    public static DeployedVersionView Deployed(this ModelVersion version, RegisteredModel model, StrataPlatform platform) => new(
        version.ModelId!,
        version.Name,
        version.Tags.GetValueOrDefault(VersionTag) ?? version.Version.ToString(CultureInfo.InvariantCulture),
        version.Version,
        version.Status.To<Wire.ModelVersionStatus>(),
        platform.Promotions.MetricsOf(version).ToDictionary(metric => metric.Key, metric => (double?)metric.Value, StringComparer.Ordinal),
        version.Description,
        version.Tags.Where(tag => tag.Key != VersionTag).ToDictionary(StringComparer.Ordinal),
        model.Rules.Deployment,
        model.Project,
        version.CreatedAt);

    /// <summary>The version that a stored model is, of the name that is said or of its only one.</summary>
    /// <exception cref="ConflictException">It is none, or one of several names.</exception>
    public static ModelVersion Of(string modelId, string? name, StrataPlatform platform) => platform.Registry.VersionsOf(modelId).Where(version => name is null || version.Name == name).ToArray() switch
    {
        [] => throw new ConflictException($"The model '{modelId}' is not deployed{(name is null ? string.Empty : $" as '{name}'")}. Deploy its training job first."),
        [{ } only] => only,
        { } several => throw new ConflictException(
            $"The model '{modelId}' is deployed under several names: {string.Join(", ", several.Select(version => $"'{version.Name}'"))}. Say which by ?name=."),
    };

    /// <summary>The number of a version that somebody names in their own words, or by its number.</summary>
    public static int NumberOf(string name, string version, string project, StrataPlatform platform) =>
        Find(name, version, project, platform)?.Version
        ?? (int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : throw new NotFoundException($"'{name}' has no version '{version}'."));

    /// <exception cref="ConflictException">Another model of that name has the version.</exception>
    public static void CheckFree(string name, string? version, string modelId, string project, StrataPlatform platform)
    {
        if (version is not null && platform.Registry.Exists(name, project) && Find(name, version, project, platform) is { } known && known.ModelId != modelId)
        {
            throw new ConflictException($"'{name}' has a version '{version}' already: another model. Take another version.");
        }
    }

    private static ModelVersion? Find(string name, string version, string project, StrataPlatform platform) => platform.Registry.FindByTag(name, VersionTag, version, project);
}
