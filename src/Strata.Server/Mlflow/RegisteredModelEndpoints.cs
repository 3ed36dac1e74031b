using Strata.Platform.Accounts;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Server.Safety;

namespace Strata.Server.Mlflow;

internal static class RegisteredModelEndpoints
{
    private const int MostFound = 1000;

    public static void Map(MlflowGroup routes)
    {
        routes.Post<RegistryRequest>("/create", Create).Needs(Role.Trainer);
        routes.Get<RegistryRequest>("/get", Get).Needs(Role.Viewer);
        routes.Get<RegistrySearch>("/search", Search).Needs(Role.Viewer);
        routes.Get<RegistrySearch>("/list", Search).Needs(Role.Viewer);
        routes.Post<RegistryRequest>("/rename", Rename).Needs(Role.Trainer);
        routes.Patch<RegistryRequest>("/update", Update).Needs(Role.Trainer);
        routes.Delete<RegistryRequest>("/delete", Delete).Needs(Role.Trainer);
        routes.Post<RegistryRequest>("/set-tag", SetTag).Needs(Role.Trainer);
        routes.Delete<RegistryRequest>("/delete-tag", DeleteTag).Needs(Role.Trainer);
        routes.Search<RegistryRequest>("/get-latest-versions", LatestVersions).Needs(Role.Viewer);
        routes.Get<RegistryRequest>("/get-latest-versions", LatestVersions).Needs(Role.Viewer);
        routes.Post<RegistryRequest>("/alias", SetAlias).Needs(Role.Deployer);
        routes.Delete<RegistryRequest>("/alias", DeleteAlias).Needs(Role.Deployer);
        routes.Get<RegistryRequest>("/alias", GetByAlias).Needs(Role.Viewer);
    }

    private static async Task<object> Create(RegistryRequest request, MlflowCall call)
    {
        RegisteredModel made = await call.Platform.Registry.CreateAsync(request.Name.Required("name"), request.Description, request.Tags.Tags(), call.Project(Role.Trainer)).ConfigureAwait(false);
        return new { RegisteredModel = made.Wire() };
    }

    private static object Get(RegistryRequest request, MlflowCall call) => new { RegisteredModel = call.Platform.Registry.Get(request.Name.Required("name"), call.Project(Role.Viewer)).Wire() };

    private static object Search(RegistrySearch request, MlflowCall call)
    {
        SearchPage<RegisteredModel> found = call.Platform.Registry.Search(request.Asked(usual: 100, MostFound), call.Project(Role.Viewer));
        return new { RegisteredModels = found.Items.Select(RegistryViews.Wire).ToArray().OrNull(), NextPageToken = found.NextToken };
    }

    private static async Task<object> Rename(RegistryRequest request, MlflowCall call) =>
        new { RegisteredModel = (await call.Platform.Registry.RenameAsync(request.Name.Required("name"), request.NewName.Required("new_name"), call.Project(Role.Trainer)).ConfigureAwait(false)).Wire() };

    private static async Task<object> Update(RegistryRequest request, MlflowCall call) =>
        new { RegisteredModel = (await call.Platform.Registry.DescribeAsync(request.Name.Required("name"), request.Description ?? string.Empty, call.Project(Role.Trainer)).ConfigureAwait(false)).Wire() };

    private static async Task<object> Delete(RegistryRequest request, MlflowCall call)
    {
        await call.Platform.Registry.DeleteAsync(request.Name.Required("name"), call.Project(Role.Trainer)).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static async Task<object> SetTag(RegistryRequest request, MlflowCall call)
    {
        await call.Platform.Registry.SetTagAsync(request.Name.Required("name"), request.Key.Required("key"), request.Value ?? string.Empty, call.Project(Role.Trainer)).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static async Task<object> DeleteTag(RegistryRequest request, MlflowCall call)
    {
        await call.Platform.Registry.DeleteTagAsync(request.Name.Required("name"), request.Key.Required("key"), call.Project(Role.Trainer)).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static object LatestVersions(RegistryRequest request, MlflowCall call)
    {
        ModelVersionStatus[] asked = [.. (request.Stages ?? []).Select(RegistryViews.Status)];
        IEnumerable<ModelVersion> latest = call.Platform.Registry.Get(request.Name.Required("name"), call.Project(Role.Viewer)).LatestVersions.Where(version => asked.Length == 0 || asked.Contains(version.Status));
        return new { ModelVersions = latest.Select(RegistryViews.Wire).ToArray().OrNull() };
    }

    private static async Task<object> SetAlias(RegistryRequest request, MlflowCall call)
    {
        await call.Platform.Registry.SetAliasAsync(request.Name.Required("name"), request.Alias.Required("alias"), ModelVersionEndpoints.Number(request.Version), call.Project(Role.Deployer)).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static async Task<object> DeleteAlias(RegistryRequest request, MlflowCall call)
    {
        await call.Platform.Registry.DeleteAliasAsync(request.Name.Required("name"), request.Alias.Required("alias"), call.Project(Role.Deployer)).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static object GetByAlias(RegistryRequest request, MlflowCall call) =>
        new { ModelVersion = call.Platform.Registry.GetByAlias(request.Name.Required("name"), request.Alias.Required("alias"), call.Project(Role.Viewer)).Wire() };
}
