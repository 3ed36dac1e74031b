using System.Globalization;
using Strata.Learning.Data;
using Strata.Platform.Accounts;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Server.Safety;

namespace Strata.Server.Mlflow;

internal static class ModelVersionEndpoints
{
    private const int MostFound = 200_000;

    public static void Map(MlflowGroup routes)
    {
        routes.Post<RegistryRequest>("/create", Create).Needs(Role.Trainer);
        routes.Get<RegistryRequest>("/get", Get).Needs(Role.Viewer);
        routes.Get<RegistrySearch>("/search", Search).Needs(Role.Viewer);
        routes.Get<RegistryRequest>("/get-download-uri", DownloadUri).Needs(Role.Viewer);
        routes.Patch<RegistryRequest>("/update", Update).Needs(Role.Trainer);
        routes.Delete<RegistryRequest>("/delete", Delete).Needs(Role.Trainer);
        routes.Post<RegistryRequest>("/set-tag", SetTag).Needs(Role.Trainer);
        routes.Delete<RegistryRequest>("/delete-tag", DeleteTag).Needs(Role.Trainer);
        routes.Post<RegistryRequest>("/transition-stage", SetStage).Needs(Role.Deployer);
    }

    /// <summary>Versions travel as texts.</summary>
    public static int Number(string? version) => int.TryParse(version.Required("version"), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : throw new DataException($"Invalid value '{version}' for parameter 'version'; expected a whole number.");

    private static async Task<object> Create(RegistryRequest request, MlflowCall call)
    {
        ModelVersion made = await call.Platform.Registry.RegisterAsync(request.Name.Required("name"), new NewModelVersion(request.Source.Required("source"))
        {
            RunId = request.RunId is { Length: > 0 } run ? run : null,
            RunLink = request.RunLink,
            Description = request.Description ?? string.Empty,
            Tags = request.Tags.Tags(),
        }, call.Project(Role.Trainer), call.Actor.Name).ConfigureAwait(false);
        return new { ModelVersion = made.Wire() };
    }

    private static object Get(RegistryRequest request, MlflowCall call) => new { ModelVersion = call.Platform.Registry.GetVersion(request.Name.Required("name"), Number(request.Version), call.Project(Role.Viewer)).Wire() };

    private static object Search(RegistrySearch request, MlflowCall call)
    {
        SearchPage<ModelVersion> found = call.Platform.Registry.SearchVersions(request.Asked(usual: 10_000, MostFound), call.Project(Role.Viewer));
        return new { ModelVersions = found.Items.Select(RegistryViews.Wire).ToArray().OrNull(), NextPageToken = found.NextToken };
    }

    private static object DownloadUri(RegistryRequest request, MlflowCall call) =>
        new { ArtifactUri = call.Platform.Registry.GetVersion(request.Name.Required("name"), Number(request.Version), call.Project(Role.Viewer)).Location };

    private static async Task<object> Update(RegistryRequest request, MlflowCall call) =>
        new { ModelVersion = (await call.Platform.Registry.DescribeVersionAsync(request.Name.Required("name"), Number(request.Version), request.Description ?? string.Empty, call.Project(Role.Trainer)).ConfigureAwait(false)).Wire() };

    private static async Task<object> Delete(RegistryRequest request, MlflowCall call)
    {
        await call.Platform.Registry.DeleteVersionAsync(request.Name.Required("name"), Number(request.Version), call.Project(Role.Trainer)).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static async Task<object> SetTag(RegistryRequest request, MlflowCall call)
    {
        await call.Platform.Registry.SetVersionTagAsync(request.Name.Required("name"), Number(request.Version), request.Key.Required("key"), request.Value ?? string.Empty, call.Project(Role.Trainer)).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static async Task<object> DeleteTag(RegistryRequest request, MlflowCall call)
    {
        await call.Platform.Registry.DeleteVersionTagAsync(request.Name.Required("name"), Number(request.Version), request.Key.Required("key"), call.Project(Role.Trainer)).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static async Task<object> SetStage(RegistryRequest request, MlflowCall call)
    {
        ModelVersionStatus status = RegistryViews.Status(request.Stage.Required("stage"));
        bool archives = request.ArchiveExistingVersions == true;
        if (archives && status is not (ModelVersionStatus.Staged or ModelVersionStatus.Production))
        {
            throw new DataException("Invalid value true for parameter 'archive_existing_versions'; it goes with the stages Staging and Production.");
        }

        string name = request.Name.Required("name"), project = call.Project(Role.Deployer);
        int version = Number(request.Version);
        bool isRuled = status == ModelVersionStatus.Production && !call.Platform.Registry.Get(name, project).Rules.AreEmpty;
        ModelVersion moved = isRuled
            ? await call.Platform.Promotions.PromoteAsync(name, version, call.Actor, null, project).ConfigureAwait(false)
            : await call.Platform.Registry.SetStatusAsync(name, version, status, archives, project, call.Actor.Name).ConfigureAwait(false);
        return new { ModelVersion = moved.Wire() };
    }
}
