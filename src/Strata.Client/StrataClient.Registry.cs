using System.Globalization;
using Strata.Client.Contracts;

namespace Strata.Client;

/// <content>Registered models and their versions. Names count within a project, which is said where it is not the only one.</content>
public sealed partial class StrataClient
{
    /// <summary>By name, of one project or of all that the caller sees.</summary>
    public Task<Page<RegisteredModelView>> RegisteredModelsAsync(int offset = 0, int count = 100, string? project = null, CancellationToken cancellation = default) =>
        Get<Page<RegisteredModelView>>(Registry(string.Empty, project, $"offset={offset}", $"count={count}"), cancellation);

    public Task<RegisteredModelView> CreateRegisteredModelAsync(RegisteredModelRequest request, CancellationToken cancellation = default) =>
        Post<RegisteredModelView>("api/registry/models", Json(request), cancellation);

    public Task<RegisteredModelView> RegisteredModelAsync(string name, string? project = null, CancellationToken cancellation = default) =>
        Get<RegisteredModelView>(Registry($"/{Segment(name)}", project), cancellation);

    public Task<RegisteredModelView> ChangeRegisteredModelAsync(string name, RegisteredModelChangeRequest request, string? project = null, CancellationToken cancellation = default) =>
        Patch<RegisteredModelView>(Registry($"/{Segment(name)}", project), Json(request), cancellation);

    public Task DeleteRegisteredModelAsync(string name, string? project = null, CancellationToken cancellation = default) => Delete(Registry($"/{Segment(name)}", project), cancellation);

    /// <summary>Sets gates, approvals and the deployment that serves what is in production.</summary>
    public async Task<RegisteredModelView> SetPromotionRulesAsync(string name, PromotionRulesRequest request, string? project = null, CancellationToken cancellation = default)
    {
        using HttpResponseMessage answer = await http.PutAsync(Registry($"/{Segment(name)}/rules", project), Json(request), cancellation).ConfigureAwait(false);
        return await Read<RegisteredModelView>(answer, cancellation).ConfigureAwait(false);
    }

    /// <summary>The newest first.</summary>
    public Task<Page<ModelVersionView>> ModelVersionsAsync(string name, int offset = 0, int count = 100, string? project = null, CancellationToken cancellation = default) =>
        Get<Page<ModelVersionView>>(Registry($"/{Segment(name)}/versions", project, $"offset={offset}", $"count={count}"), cancellation);

    /// <summary>Registers a finished model, and the name when it is new. The same model once more is the version that is there.</summary>
    public Task<ModelVersionView> RegisterModelAsync(string name, ModelVersionRequest request, string? project = null, CancellationToken cancellation = default) =>
        Post<ModelVersionView>(Registry($"/{Segment(name)}/versions", project), Json(request), cancellation);

    public Task<ModelVersionView> ModelVersionAsync(string name, int version, string? project = null, CancellationToken cancellation = default) =>
        Get<ModelVersionView>(Version(name, version, string.Empty, project), cancellation);

    public Task<ModelVersionView> ChangeModelVersionAsync(string name, int version, ModelVersionChangeRequest request, string? project = null, CancellationToken cancellation = default) =>
        Patch<ModelVersionView>(Version(name, version, string.Empty, project), Json(request), cancellation);

    public Task DeleteModelVersionAsync(string name, int version, string? project = null, CancellationToken cancellation = default) => Delete(Version(name, version, string.Empty, project), cancellation);

    /// <summary>What a promotion to production would meet now; nothing changes.</summary>
    public Task<PromotionCheckView> CheckGatesAsync(string name, int version, string? project = null, CancellationToken cancellation = default) =>
        Get<PromotionCheckView>(Version(name, version, "/gates", project), cancellation);

    /// <summary>Says whether a version may go into production.</summary>
    public Task<ModelVersionView> ApproveModelVersionAsync(string name, int version, ApprovalRequest request, string? project = null, CancellationToken cancellation = default) =>
        Post<ModelVersionView>(Version(name, version, "/approvals", project), Json(request), cancellation);

    /// <summary>Brings a version into production past its gates and approvals, or stages it.</summary>
    public Task<ModelVersionView> PromoteModelVersionAsync(string name, int version, VersionPromotionRequest? request = null, string? project = null, CancellationToken cancellation = default) =>
        Post<ModelVersionView>(Version(name, version, "/promote", project), Json(request ?? new VersionPromotionRequest()), cancellation);

    public Task<ModelVersionView> DemoteModelVersionAsync(string name, int version, VersionDemotionRequest? request = null, string? project = null, CancellationToken cancellation = default) =>
        Post<ModelVersionView>(Version(name, version, "/demote", project), Json(request ?? new VersionDemotionRequest()), cancellation);

    /// <summary>Brings back what was in production before, or a named version that once was.</summary>
    public Task<ModelVersionView> RollBackRegisteredModelAsync(string name, int? toVersion = null, string? reason = null, string? project = null, CancellationToken cancellation = default) =>
        Post<ModelVersionView>(Registry($"/{Segment(name)}/rollback", project, toVersion is null ? null : $"to_version={toVersion}", reason is null ? null : $"reason={Segment(reason)}"), null, cancellation);

    /// <summary>What has happened, the newest first; of one version or of all.</summary>
    public Task<Page<RegistryChangeView>> RegistryHistoryAsync(
        string name, int? version = null, int offset = 0, int count = 100, string? project = null, CancellationToken cancellation = default) =>
        Get<Page<RegistryChangeView>>(Registry($"/{Segment(name)}/history", project, version is null ? null : $"version={version}", $"offset={offset}", $"count={count}"), cancellation);

    /// <summary>What is in production, or was at a moment.</summary>
    public Task<ProductionView> ProductionAsync(string name, DateTimeOffset? at = null, string? project = null, CancellationToken cancellation = default) =>
        Get<ProductionView>(Registry($"/{Segment(name)}/production", project, at is null ? null : $"at={Segment(at.Value.ToString("O", CultureInfo.InvariantCulture))}"), cancellation);

    /// <summary>Starts measuring models, or versions of registered ones, on a dataset whose target is known.</summary>
    public Task<BenchmarkView> StartBenchmarkAsync(BenchmarkRequest request, CancellationToken cancellation = default) => Post<BenchmarkView>("api/benchmarks", Json(request), cancellation);

    public Task<Page<BenchmarkView>> BenchmarksAsync(int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<Page<BenchmarkView>>($"api/benchmarks?offset={offset}&count={count}", cancellation);

    public Task<BenchmarkView> BenchmarkAsync(string id, CancellationToken cancellation = default) => Get<BenchmarkView>($"api/benchmarks/{Segment(id)}", cancellation);

    /// <summary>The models of a finished benchmark, the best first.</summary>
    public Task<BenchmarkResult> BenchmarkResultAsync(string id, CancellationToken cancellation = default) => Get<BenchmarkResult>($"api/benchmarks/{Segment(id)}/result", cancellation);

    /// <summary>Where a thing comes from and what came of it.</summary>
    /// <param name="kind">Dataset, run, model, logged model, model version, deployment or predictions.</param>
    /// <param name="id">Its id; of a deployment and its predictions the name.</param>
    /// <param name="cancellation">Ends the request.</param>
    public Task<LineageView> LineageAsync(LineageKind kind, string id, CancellationToken cancellation = default) =>
        Get<LineageView>($"api/lineage?kind={System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString())}&id={Segment(id)}", cancellation);

    private static string Version(string name, int version, string rest, string? project) => Registry($"/{Segment(name)}/versions/{version}{rest}", project);

    private static string Registry(string path, string? project, params string?[] query)
    {
        string[] asked = [.. query.OfType<string>(), .. project is null ? [] : new[] { $"project={Segment(project)}" }];
        return $"api/registry/models{path}{(asked.Length == 0 ? string.Empty : $"?{string.Join('&', asked)}")}";
    }

    private async Task<T> Patch<T>(string path, HttpContent content, CancellationToken cancellation)
    {
        using HttpResponseMessage answer = await http.PatchAsync(path, content, cancellation).ConfigureAwait(false);
        return await Read<T>(answer, cancellation).ConfigureAwait(false);
    }
}
