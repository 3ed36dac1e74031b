using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Client.Contracts.TrainingPlatform;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Datasets;
using Strata.Server.Datasets;
using Strata.Server.Jobs;
using Strata.Server.Safety;

namespace Strata.Server.Surfaces.TrainingPlatform;

/// <summary>Each makes new datasets and leaves the old one as it is; the answer waits for them, and is 202 with the job when that takes longer than a minute.</summary>
internal static class DataEndpoints
{
    /// <summary>Fills or leaves out what is missing, and leaves out rows that lie too far out.</summary>
    internal static async Task<Results<Created<CleanDataView>, Accepted<JobView>>> Clean(
        CleanDataRequest request, Caller caller, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        Dataset parent = Parent(request.DatasetId, caller, platform);
        var order = new DerivationOrder(DataSteps.Of(request)) { Target = request.TargetColumn, Name = request.Name ?? $"{parent.Name} (cleaned)", Terms = caller.Terms() };
        Dataset made = await Made(parent, order, platform, options, cancellation).ConfigureAwait(false);
        return made.Status == Platform.Datasets.DatasetStatus.Reading ? DatasetEndpoints.Later(made.JobId!, platform) : TypedResults.Created($"/api/ml/datasets/{made.Id}", made.CleanedView(parent));
    }

    /// <summary>Keeps the columns that have most to do with the target.</summary>
    internal static async Task<Results<Created<SelectFeaturesView>, Accepted<JobView>>> Select(
        SelectFeaturesRequest request, Caller caller, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        Dataset parent = Parent(request.DatasetId, caller, platform);
        SelectionMethod method = request.Method ?? SelectionMethod.MutualInfo;
        var order = new DerivationOrder([DataSteps.Of(method, request.NFeatures)]) { Target = request.TargetColumn, Name = request.Name ?? $"{parent.Name} (selected)", Seed = request.RandomState ?? 0, Terms = caller.Terms() };
        Dataset made = await Made(parent, order, platform, options, cancellation).ConfigureAwait(false);
        return made.Status == Platform.Datasets.DatasetStatus.Reading ? DatasetEndpoints.Later(made.JobId!, platform) : TypedResults.Created($"/api/ml/datasets/{made.Id}", made.SelectedView(parent, method));
    }

    /// <summary>Splits the rows into those to learn from, to stop by and to test on, each a dataset of its own.</summary>
    internal static async Task<Results<Created<SplitDataView>, Accepted<JobView>>> Split(
        SplitDataRequest request, Caller caller, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        Dataset parent = Parent(request.DatasetId, caller, platform);
        var plan = new SplitPlan
        {
            Target = ColumnOf(request.Stratify) ?? request.TargetColumn ?? parent.SuggestedTarget,
            TestSize = request.TestSize ?? new SplitPlan().TestSize,
            ValidationSize = request.ValidationSize ?? 0,
            Stratify = request.Stratify?.ValueKind != JsonValueKind.False,
            Group = request.Group,
            Time = request.Time,
            Seed = request.RandomState ?? 0,
        };
        IReadOnlyList<Dataset> parts = await platform.DerivedDatasets.SplitAsync(parent.Id, plan, request.Name, caller.Terms()).ConfigureAwait(false);
        parts = await parts.WhenMade(platform, options, cancellation).ConfigureAwait(false);
        return parts[0].Status == Platform.Datasets.DatasetStatus.Reading ? DatasetEndpoints.Later(parts[0].JobId!, platform) : TypedResults.Created($"/api/ml/datasets/{parts[0].Id}", parts.SplitView(parent));
    }

    private static Dataset Parent(string id, Caller caller, StrataPlatform platform)
    {
        caller.Require(Role.Trainer, Thing.Dataset, id, platform);
        return platform.Datasets.Get(id);
    }

    private static async Task<Dataset> Made(Dataset parent, DerivationOrder order, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        Dataset[] made = [await platform.DerivedDatasets.DeriveAsync(parent.Id, order).ConfigureAwait(false)];
        return (await made.WhenMade(platform, options, cancellation).ConfigureAwait(false))[0];
    }

    /// <exception cref="DataException">It is neither true, false nor a column.</exception>
    private static string? ColumnOf(JsonElement? stratify) => stratify?.ValueKind switch
    {
        null or JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False => null,
        JsonValueKind.String => stratify.Value.GetString(),
        _ => throw new DataException($"'stratify' is {stratify}; it takes true, false, or the name of a column."),
    };
}
