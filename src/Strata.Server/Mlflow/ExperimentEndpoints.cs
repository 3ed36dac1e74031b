using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Runs;
using Strata.Server.Safety;

namespace Strata.Server.Mlflow;

internal static class ExperimentEndpoints
{
    private const int MostFound = 50_000;

    public static void Map(MlflowGroup routes)
    {
        routes.Post<ExperimentRequest>("/create", Create).Needs(Role.Trainer);
        routes.Get<ExperimentRequest>("/get", Get).Needs(Role.Viewer);
        routes.Get<ExperimentRequest>("/get-by-name", GetByName).Needs(Role.Viewer);
        routes.Get<ExperimentSearch>("/search", Search).Needs(Role.Viewer);
        routes.Search<ExperimentSearch>("/search", Search).Needs(Role.Viewer);
        routes.Get<ExperimentSearch>("/list", Search).Needs(Role.Viewer);
        routes.Post<ExperimentRequest>("/update", Update).Needs(Role.Trainer);
        routes.Post<ExperimentRequest>("/delete", Delete).Needs(Role.Trainer);
        routes.Post<ExperimentRequest>("/restore", Restore).Needs(Role.Trainer);
        routes.Post<ExperimentRequest>("/set-experiment-tag", SetTag).Needs(Role.Trainer);
        routes.Post<ExperimentRequest>("/delete-experiment-tag", DeleteTag).Needs(Role.Trainer);
        routes.Search<ExperimentSearch>("/search-datasets", SearchDatasets).Needs(Role.Viewer);
    }

    private static async Task<object> Create(ExperimentRequest request, MlflowCall call)
    {
        Experiment made = await call.Platform.Experiments.CreateAsync(request.Name.Required("name"), request.ArtifactLocation, request.Tags.Tags(), call.Project(Role.Trainer)).ConfigureAwait(false);
        return new { ExperimentId = made.Id };
    }

    private static object Get(ExperimentRequest request, MlflowCall call) => new { Experiment = call.Platform.Experiments.Get(call.Experiment(request.ExperimentId, Role.Viewer)).Wire() };

    private static object GetByName(ExperimentRequest request, MlflowCall call)
    {
        string name = request.ExperimentName.Required("experiment_name");
        Experiment found = call.Platform.Experiments.FindByName(name, call.Project(Role.Viewer)) ?? throw new NotFoundException($"Could not find experiment with name '{name}'");
        return new { Experiment = found.Wire() };
    }

    private static object Search(ExperimentSearch request, MlflowCall call)
    {
        SearchPage<Experiment> found = call.Platform.Experiments.Search(
            new SearchRequest
            {
                Filter = request.Filter,
                OrderBy = request.OrderBy ?? [],
                View = request.ViewType.View(),
                Count = request.MaxResults.Count(1000, MostFound),
                PageToken = request.PageToken,
            },
            call.Projects);
        return new { Experiments = found.Items.Select(MlflowViews.Wire).ToArray().OrNull(), NextPageToken = found.NextToken };
    }

    private static async Task<object> Update(ExperimentRequest request, MlflowCall call)
    {
        await call.Platform.Experiments.RenameAsync(call.Experiment(request.ExperimentId, Role.Trainer), request.NewName.Required("new_name")).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static async Task<object> Delete(ExperimentRequest request, MlflowCall call)
    {
        await call.Platform.Experiments.DeleteAsync(call.Experiment(request.ExperimentId, Role.Trainer)).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static async Task<object> Restore(ExperimentRequest request, MlflowCall call)
    {
        await call.Platform.Experiments.RestoreAsync(call.Experiment(request.ExperimentId, Role.Trainer)).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static async Task<object> SetTag(ExperimentRequest request, MlflowCall call)
    {
        await call.Platform.Experiments.SetTagAsync(call.Experiment(request.ExperimentId, Role.Trainer), request.Key.Required("key"), request.Value ?? string.Empty).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static async Task<object> DeleteTag(ExperimentRequest request, MlflowCall call)
    {
        await call.Platform.Experiments.DeleteTagAsync(call.Experiment(request.ExperimentId, Role.Trainer), request.Key.Required("key")).ConfigureAwait(false);
        return MlflowGroup.Nothing;
    }

    private static object SearchDatasets(ExperimentSearch request, MlflowCall call) =>
        new { DatasetSummaries = call.Platform.Runs.InputsOf(call.VisibleExperiments(request.ExperimentIds.Required("experiment_ids"))) };
}

internal sealed record ExperimentRequest
{
    public string? ExperimentId { get; init; }

    public string? ExperimentName { get; init; }

    public string? Name { get; init; }

    public string? NewName { get; init; }

    public string? ArtifactLocation { get; init; }

    public IReadOnlyList<WireTag>? Tags { get; init; }

    public string? Key { get; init; }

    public string? Value { get; init; }
}

internal sealed record ExperimentSearch
{
    public MlflowViewType? ViewType { get; init; }

    public long? MaxResults { get; init; }

    public string? Filter { get; init; }

    public IReadOnlyList<string>? OrderBy { get; init; }

    public string? PageToken { get; init; }

    public IReadOnlyList<string>? ExperimentIds { get; init; }
}
