using Strata.Client.Contracts;

namespace Strata.Client;

/// <content>The rockfall trainer's routes.</content>
public sealed partial class StrataClient
{
    public Task<RockfallJobView> StartRockfallTrainingAsync(RockfallTrainingRequest request, CancellationToken cancellation = default) =>
        Post<RockfallJobView>("api/training/train", Json(request), cancellation);

    public Task<RockfallJobView> RockfallJobAsync(string jobId, CancellationToken cancellation = default) => Get<RockfallJobView>($"api/training/status/{Segment(jobId)}", cancellation);

    public Task<RockfallJobView> CancelRockfallJobAsync(string jobId, CancellationToken cancellation = default) => Post<RockfallJobView>($"api/training/cancel/{Segment(jobId)}", null, cancellation);

    /// <summary>The newest first.</summary>
    public Task<RockfallJobsView> RockfallJobsAsync(int offset = 0, int count = 20, CancellationToken cancellation = default) =>
        Get<RockfallJobsView>($"api/training/jobs?offset={offset}&count={count}", cancellation);

    /// <summary>Everything that a training came to.</summary>
    public Task<RockfallReportView> RockfallReportAsync(string jobId, CancellationToken cancellation = default) => Get<RockfallReportView>($"api/training/report/{Segment(jobId)}", cancellation);

    /// <summary>The report as a page of its own.</summary>
    public async Task<string> RockfallReportPageAsync(string jobId, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/training/report/{Segment(jobId)}") { Headers = { { "Accept", "text/html" } } };
        using HttpResponseMessage answer = await http.SendAsync(request, cancellation).ConfigureAwait(false);
        await ThrowIfRefused(answer, cancellation).ConfigureAwait(false);
        return await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Serves a training's model under a name.</summary>
    public Task<RockfallDeploymentView> DeployRockfallJobAsync(string jobId, RockfallDeploymentRequest? request = null, CancellationToken cancellation = default) =>
        Post<RockfallDeploymentView>($"api/training/deploy/{Segment(jobId)}", Json(request ?? new RockfallDeploymentRequest()), cancellation);

    /// <summary>The newest first.</summary>
    public Task<RockfallDeploymentsView> RockfallDeploymentsAsync(int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<RockfallDeploymentsView>($"api/training/deployments?offset={offset}&count={count}", cancellation);
}
