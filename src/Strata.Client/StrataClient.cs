using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Strata.Client.Contracts;

namespace Strata.Client;

/// <summary>Talks to a Strata server. Every refusal is a <see cref="RefusedException"/>.</summary>
/// <param name="http">Its base address is the server's.</param>
public sealed partial class StrataClient(HttpClient http)
{
    private const int MostAttempts = 15;
    private static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromSeconds(1);

    public Task<HealthView> HealthAsync(CancellationToken cancellation = default) => Get<HealthView>("api/health", cancellation);

    /// <summary>Has the server make a backup of everything that it has stored, and copies the file.</summary>
    public Task BackUpAsync(Stream destination, CancellationToken cancellation = default) => Download("api/backup", destination, cancellation);

    public Task<Page<StepView>> StepsAsync(CancellationToken cancellation = default) => Get<Page<StepView>>("api/steps", cancellation);

    public Task<StepView> StepAsync(string name, CancellationToken cancellation = default) => Get<StepView>($"api/steps/{Segment(name)}", cancellation);

    /// <summary>The JSON schema of a preparation step's settings.</summary>
    public Task<JsonElement> StepSchemaAsync(string name, CancellationToken cancellation = default) => Get<JsonElement>($"api/steps/{Segment(name)}/schema", cancellation);

    public Task<Page<MetricView>> MetricsAsync(CancellationToken cancellation = default) => Get<Page<MetricView>>("api/metrics", cancellation);

    public Task<Page<AlgorithmView>> AlgorithmsAsync(CancellationToken cancellation = default) => Get<Page<AlgorithmView>>("api/algorithms", cancellation);

    public Task<AlgorithmView> AlgorithmAsync(string name, CancellationToken cancellation = default) => Get<AlgorithmView>($"api/algorithms/{Segment(name)}", cancellation);

    /// <summary>The JSON schema of an algorithm's hyperparameters.</summary>
    public Task<JsonElement> AlgorithmSchemaAsync(string name, CancellationToken cancellation = default) => Get<JsonElement>($"api/algorithms/{Segment(name)}/schema", cancellation);

    public Task<Page<DatasetView>> DatasetsAsync(int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<Page<DatasetView>>($"api/datasets?offset={offset}&count={count}", cancellation);

    public Task<DatasetView> DatasetAsync(string id, CancellationToken cancellation = default) => Get<DatasetView>($"api/datasets/{Segment(id)}", cancellation);

    public Task<DatasetRows> DatasetRowsAsync(string id, int offset = 0, int count = 50, CancellationToken cancellation = default) =>
        Get<DatasetRows>($"api/datasets/{Segment(id)}/rows?offset={offset}&count={count}", cancellation);

    /// <summary>What a dataset holds, column by column.</summary>
    /// <param name="id">The dataset.</param>
    /// <param name="target">The column to be predicted, so that columns that give it away are told; null for none.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<TableProfileView> DatasetProfileAsync(string id, string? target = null, CancellationToken cancellation = default) =>
        Get<TableProfileView>($"api/datasets/{Segment(id)}/profile{(target is null ? string.Empty : $"?target={Segment(target)}")}", cancellation);

    /// <summary>Reads a dataset's file again with other types for its columns: another version.</summary>
    public Task<DatasetView> SetDatasetTypesAsync(string id, IReadOnlyDictionary<string, ColumnType> types, CancellationToken cancellation = default) =>
        Post<DatasetView>($"api/datasets/{Segment(id)}/types", Json(new TypesRequest(types)), cancellation);

    /// <summary>Copies a dataset's file as it came.</summary>
    public Task DownloadDatasetAsync(string id, Stream destination, CancellationToken cancellation = default) => Download($"api/datasets/{Segment(id)}/file", destination, cancellation);

    /// <summary>Sends a table; the answer is ready, or still reading when that takes longer than a minute.</summary>
    public async Task<DatasetView> UploadAsync(
        Stream content, string fileName, string? name = null, IReadOnlyDictionary<string, ColumnType>? types = null, string? project = null, CancellationToken cancellation = default)
    {
        using var form = new MultipartFormDataContent { { FileContent(content), "file", fileName } };
        if (name is not null)
        {
            form.Add(new StringContent(name), "name");
        }

        if (project is not null)
        {
            form.Add(new StringContent(project), "project");
        }

        if (types is not null)
        {
            form.Add(new StringContent(JsonSerializer.Serialize(types, WireJson.Options)), "types");
        }

        return await Post<DatasetView>("api/datasets", form, cancellation).ConfigureAwait(false);
    }

    public Task DeleteDatasetAsync(string id, CancellationToken cancellation = default) => Delete($"api/datasets/{Segment(id)}", cancellation);

    public Task<Page<SourceView>> SourcesAsync(CancellationToken cancellation = default) => Get<Page<SourceView>>("api/sources", cancellation);

    /// <summary>Starts a job whose result holds <c>dataset_id</c>.</summary>
    public Task<JobView> FetchAsync(string source, SourceRequest request, CancellationToken cancellation = default) =>
        Post<JobView>($"api/sources/{Segment(source)}", Json(request), cancellation);

    public Task<Page<PresetView>> PresetsAsync(CancellationToken cancellation = default) => Get<Page<PresetView>>("api/presets", cancellation);

    public Task<RunView> StartRunAsync(RunRequest request, CancellationToken cancellation = default) => Post<RunView>("api/runs", Json(request), cancellation);

    public Task<RunView> RunAsync(string id, CancellationToken cancellation = default) => Get<RunView>($"api/runs/{Segment(id)}", cancellation);

    /// <summary>The runs, newest first, of one experiment or of all.</summary>
    public Task<Page<RunView>> RunsAsync(int offset = 0, int count = 100, string? experimentId = null, CancellationToken cancellation = default) =>
        Get<Page<RunView>>($"api/runs?offset={offset}&count={count}{(experimentId is null ? string.Empty : $"&experiment_id={Segment(experimentId)}")}", cancellation);

    /// <summary>The experiments that fit a filter such as <c>name ILIKE '%depth%'</c>.</summary>
    public Task<ExperimentSearchView> ExperimentsAsync(string? filter = null, int count = 100, string? pageToken = null, CancellationToken cancellation = default) =>
        Get<ExperimentSearchView>($"api/experiments?{SearchQuery(filter, count, pageToken)}", cancellation);

    public Task<ExperimentView> ExperimentAsync(string id, CancellationToken cancellation = default) => Get<ExperimentView>($"api/experiments/{Segment(id)}", cancellation);

    /// <summary>The runs of an experiment that fit a filter such as <c>metrics.loss &lt; 0.2</c>.</summary>
    public Task<RunSearchView> SearchRunsAsync(string experimentId, string? filter = null, int count = 100, string? pageToken = null, CancellationToken cancellation = default) =>
        Get<RunSearchView>($"api/experiments/{Segment(experimentId)}/runs?{SearchQuery(filter, count, pageToken)}", cancellation);

    /// <summary>The files that a run left.</summary>
    public Task<Page<ArtifactView>> RunArtifactsAsync(string id, CancellationToken cancellation = default) => Get<Page<ArtifactView>>($"api/runs/{Segment(id)}/artifacts?count=1000", cancellation);

    /// <summary>Copies a file that a run left.</summary>
    public Task DownloadRunArtifactAsync(string id, string name, Stream destination, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Download($"api/runs/{Segment(id)}/artifacts/{string.Join('/', name.Split('/').Select(Segment))}", destination, cancellation);
    }

    public Task<RunMetrics> RunMetricsAsync(string id, CancellationToken cancellation = default) => Get<RunMetrics>($"api/runs/{Segment(id)}/metrics", cancellation);

    /// <summary>The trials of a run whose hyperparameters were searched.</summary>
    public Task<TuningView> TuningAsync(string runId, CancellationToken cancellation = default) => Get<TuningView>($"api/runs/{Segment(runId)}/tuning", cancellation);

    public Task<EvaluationView> EvaluationAsync(string runId, CancellationToken cancellation = default) =>
        Get<EvaluationView>($"api/runs/{Segment(runId)}/evaluation", cancellation);

    /// <summary>Copies a run's report: one page that needs nothing else, or the same as JSON.</summary>
    public Task DownloadRunReportAsync(string runId, Stream destination, bool asJson = false, CancellationToken cancellation = default) =>
        Download($"api/runs/{Segment(runId)}/report{(asJson ? "?format=json" : string.Empty)}", destination, cancellation);

    /// <summary>Copies a comparison's report: one page that needs nothing else, or the same as JSON.</summary>
    public Task DownloadComparisonReportAsync(string id, Stream destination, bool asJson = false, CancellationToken cancellation = default) =>
        Download($"api/comparisons/{Segment(id)}/report{(asJson ? "?format=json" : string.Empty)}", destination, cancellation);

    /// <summary>A window of a run's test rows with what its model said, in the order of the rows or the worst first.</summary>
    public Task<TestRows> TestRowsAsync(string runId, int offset = 0, int count = 50, bool worstFirst = false, CancellationToken cancellation = default) =>
        Get<TestRows>($"api/runs/{Segment(runId)}/rows?offset={offset}&count={count}&order={(worstFirst ? "worst" : "row")}", cancellation);

    public Task<ComparisonView> StartComparisonAsync(ComparisonRequest request, CancellationToken cancellation = default) =>
        Post<ComparisonView>("api/comparisons", Json(request), cancellation);

    public Task<ComparisonView> ComparisonAsync(string id, CancellationToken cancellation = default) => Get<ComparisonView>($"api/comparisons/{Segment(id)}", cancellation);

    public Task<Page<ComparisonView>> ComparisonsAsync(int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<Page<ComparisonView>>($"api/comparisons?offset={offset}&count={count}", cancellation);

    /// <summary>The algorithms of a finished comparison, the best first.</summary>
    public Task<ComparisonResult> ComparisonResultAsync(string id, CancellationToken cancellation = default) =>
        Get<ComparisonResult>($"api/comparisons/{Segment(id)}/result", cancellation);

    /// <summary>The scores of the folds that are done so far, a series an algorithm.</summary>
    public Task<RunMetrics> ComparisonScoresAsync(string id, CancellationToken cancellation = default) => Get<RunMetrics>($"api/comparisons/{Segment(id)}/scores", cancellation);

    public Task<JobView> JobAsync(string id, CancellationToken cancellation = default) => Get<JobView>($"api/jobs/{Segment(id)}", cancellation);

    /// <summary>The newest first.</summary>
    public Task<Page<JobView>> JobsAsync(int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<Page<JobView>>($"api/jobs?offset={offset}&count={count}", cancellation);

    /// <summary>The lines of a job's log that follow the given one.</summary>
    public Task<JobLog> LogAsync(string jobId, long after = 0, CancellationToken cancellation = default) => Get<JobLog>($"api/jobs/{Segment(jobId)}/log?after={after}", cancellation);

    /// <summary>Copies a job's whole log, each line with its time.</summary>
    public Task DownloadLogAsync(string jobId, Stream destination, CancellationToken cancellation = default) => Download($"api/jobs/{Segment(jobId)}/log/file", destination, cancellation);

    /// <summary>Puts a job aside; a running one saves what it has first.</summary>
    public Task<JobView> PauseAsync(string jobId, CancellationToken cancellation = default) => Post<JobView>($"api/jobs/{Segment(jobId)}/pause", null, cancellation);

    /// <summary>Asks a running job to end soon with what is ready, as AutoML can.</summary>
    public Task<JobView> FinishAsync(string jobId, CancellationToken cancellation = default) => Post<JobView>($"api/jobs/{Segment(jobId)}/finish", null, cancellation);

    /// <summary>Does a training, a comparison or a fetching again, with changes if need be.</summary>
    public Task<JobView> CloneAsync(string jobId, CloneRequest request, CancellationToken cancellation = default) => Post<JobView>($"api/jobs/{Segment(jobId)}/clone", Json(request), cancellation);

    /// <summary>Lets a paused job wait for its turn again.</summary>
    public Task<JobView> ResumeAsync(string jobId, CancellationToken cancellation = default) => Post<JobView>($"api/jobs/{Segment(jobId)}/resume", null, cancellation);

    public Task<JobView> CancelAsync(string jobId, CancellationToken cancellation = default) => Post<JobView>($"api/jobs/{Segment(jobId)}/cancel", null, cancellation);

    /// <summary>What happens to a job, up to its end. A broken connection is taken up again where it broke.</summary>
    public async IAsyncEnumerable<JobHappening> EventsAsync(string jobId, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? last = null;
        while (true)
        {
            using HttpResponseMessage answer = await OpenEvents(jobId, last, cancellation).ConfigureAwait(false);
            if (answer.StatusCode == System.Net.HttpStatusCode.NoContent)
            {
                yield break;
            }

            Stream stream = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                IAsyncEnumerator<SseItem<string>> items = SseParser.Create(stream).EnumerateAsync(cancellation).GetAsyncEnumerator(cancellation);
                await using (items.ConfigureAwait(false))
                {
                    while (await Next(items).ConfigureAwait(false))
                    {
                        JobHappening happened = Read(items.Current);
                        last = happened.Id;
                        yield return happened;
                        if (happened.Job is { Status: JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled })
                        {
                            yield break;
                        }
                    }
                }
            }
        }
    }

    /// <summary>The job when it has ended; <paramref name="progress"/> hears of it before.</summary>
    public async Task<JobView> WaitAsync(string jobId, IProgress<JobView>? progress = null, CancellationToken cancellation = default)
    {
        await foreach (JobHappening happened in EventsAsync(jobId, cancellation).ConfigureAwait(false))
        {
            if (happened.Job is not null)
            {
                progress?.Report(happened.Job);
            }
        }

        return await JobAsync(jobId, cancellation).ConfigureAwait(false);
    }

    public Task<Page<ModelView>> ModelsAsync(int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<Page<ModelView>>($"api/models?offset={offset}&count={count}", cancellation);

    public Task<ModelView> ModelAsync(string id, CancellationToken cancellation = default) => Get<ModelView>($"api/models/{Segment(id)}", cancellation);

    /// <summary>Copies the model file.</summary>
    public Task DownloadModelAsync(string id, Stream destination, CancellationToken cancellation = default) => Download($"api/models/{Segment(id)}/file", destination, cancellation);

    public Task DeleteModelAsync(string id, CancellationToken cancellation = default) => Delete($"api/models/{Segment(id)}", cancellation);

    public Task<PredictionList> PredictAsync(string modelId, PredictionRequest request, CancellationToken cancellation = default) =>
        Post<PredictionList>($"api/models/{Segment(modelId)}/predictions", Json(request), cancellation);

    /// <summary>Predicts the rows of a table file.</summary>
    public async Task<PredictionList> PredictAsync(
        string modelId, Stream table, string fileName, bool explain = false, IReadOnlyDictionary<string, string>? mapping = null, CancellationToken cancellation = default)
    {
        using var form = new MultipartFormDataContent
        {
            { FileContent(table), "file", fileName },
            { new StringContent(explain ? "true" : "false"), "explain" },
        };
        if (mapping is not null)
        {
            form.Add(new StringContent(JsonSerializer.Serialize(mapping, WireJson.Options)), "mapping");
        }

        return await Post<PredictionList>($"api/models/{Segment(modelId)}/predictions", form, cancellation).ConfigureAwait(false);
    }

    /// <summary>SHAP values of rows, or what matters to the model on the whole.</summary>
    public Task<ExplanationView> ExplainAsync(string modelId, ExplanationRequest request, CancellationToken cancellation = default) =>
        Post<ExplanationView>($"api/models/{Segment(modelId)}/explanations", Json(request), cancellation);

    public Task<DeploymentView> CreateDeploymentAsync(DeploymentRequest request, CancellationToken cancellation = default) =>
        Post<DeploymentView>("api/deployments", Json(request), cancellation);

    public Task<Page<DeploymentView>> DeploymentsAsync(int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<Page<DeploymentView>>($"api/deployments?offset={offset}&count={count}", cancellation);

    public Task<DeploymentView> DeploymentAsync(string name, CancellationToken cancellation = default) => Get<DeploymentView>($"api/deployments/{Segment(name)}", cancellation);

    /// <summary>Changes models, weights or sampling, all at once.</summary>
    public async Task<DeploymentView> ChangeDeploymentAsync(string name, DeploymentChangeRequest request, CancellationToken cancellation = default)
    {
        using HttpResponseMessage answer = await http.PatchAsync($"api/deployments/{Segment(name)}", Json(request), cancellation).ConfigureAwait(false);
        return await Read<DeploymentView>(answer, cancellation).ConfigureAwait(false);
    }

    public Task DeleteDeploymentAsync(string name, CancellationToken cancellation = default) => Delete($"api/deployments/{Segment(name)}", cancellation);

    /// <summary>Gives all traffic to one model.</summary>
    public Task<DeploymentView> PromoteAsync(string name, PromotionRequest request, CancellationToken cancellation = default) =>
        Post<DeploymentView>($"api/deployments/{Segment(name)}/promote", Json(request), cancellation);

    /// <summary>Serves again what was served before, or what a numbered revision served.</summary>
    public Task<DeploymentView> RollBackAsync(string name, int? toRevision = null, CancellationToken cancellation = default) =>
        Post<DeploymentView>($"api/deployments/{Segment(name)}/rollback{(toRevision is int number ? $"?to_revision={number}" : string.Empty)}", null, cancellation);

    /// <summary>Tries a new model with a part of the traffic.</summary>
    public Task<DeploymentView> StartCanaryAsync(string name, CanaryRequest request, CancellationToken cancellation = default) =>
        Post<DeploymentView>($"api/deployments/{Segment(name)}/canary", Json(request), cancellation);

    /// <summary>What a deployment has served, newest first.</summary>
    public Task<Page<DeploymentRevisionView>> DeploymentHistoryAsync(string name, int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<Page<DeploymentRevisionView>>($"api/deployments/{Segment(name)}/history?offset={offset}&count={count}", cancellation);

    /// <summary>What a deployment served at a moment; empty before it began.</summary>
    public Task<Page<DeploymentRevisionView>> DeploymentHistoryAsync(string name, DateTimeOffset at, CancellationToken cancellation = default) =>
        Get<Page<DeploymentRevisionView>>($"api/deployments/{Segment(name)}/history?at={Segment(at.ToString("O", System.Globalization.CultureInfo.InvariantCulture))}", cancellation);

    public Task<DeploymentPredictions> PredictByDeploymentAsync(string name, DeploymentPredictionRequest request, CancellationToken cancellation = default) =>
        Post<DeploymentPredictions>($"api/deployments/{Segment(name)}/predictions", Json(request), cancellation);

    /// <summary>Logged predictions of the last hours, newest first.</summary>
    public Task<IReadOnlyList<LoggedPredictionView>> LoggedPredictionsAsync(string name, double hours = 24, int count = 100, CancellationToken cancellation = default) =>
        Get<IReadOnlyList<LoggedPredictionView>>(FormattableString.Invariant($"api/deployments/{Segment(name)}/predictions?hours={hours}&count={count}"), cancellation);

    /// <summary>Tells what turned out to be true, by the ids of predictions.</summary>
    public Task<OutcomeReceipt> RecordOutcomesAsync(string name, IReadOnlyDictionary<string, string> outcomes, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        var request = new OutcomesRequest([.. outcomes.Select(outcome => new OutcomeRequest(outcome.Key, JsonSerializer.SerializeToElement(outcome.Value)))]);
        return Post<OutcomeReceipt>($"api/deployments/{Segment(name)}/outcomes", Json(request), cancellation);
    }

    /// <summary>Requests, errors and latency of the last hours.</summary>
    public Task<DeploymentTraffic> DeploymentTrafficAsync(string name, double hours = 24, CancellationToken cancellation = default) =>
        Get<DeploymentTraffic>(FormattableString.Invariant($"api/deployments/{Segment(name)}/traffic?hours={hours}"), cancellation);

    /// <summary>Compares the rows and answers of the last hours with those of the model's test.</summary>
    public Task<DriftView> DriftAsync(string name, double hours = 24, CancellationToken cancellation = default) =>
        Get<DriftView>(FormattableString.Invariant($"api/deployments/{Segment(name)}/drift?hours={hours}"), cancellation);

    /// <summary>How good a deployment's main model was in the last hours.</summary>
    public Task<PerformanceView> PerformanceAsync(string name, double hours = 24, CancellationToken cancellation = default) =>
        Get<PerformanceView>(FormattableString.Invariant($"api/deployments/{Segment(name)}/performance?hours={hours}"), cancellation);

    public Task<AbTestView> StartAbTestAsync(AbTestRequest request, CancellationToken cancellation = default) => Post<AbTestView>("api/ab-tests", Json(request), cancellation);

    public Task<Page<AbTestView>> AbTestsAsync(int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<Page<AbTestView>>($"api/ab-tests?offset={offset}&count={count}", cancellation);

    /// <summary>A test with what is known so far.</summary>
    public Task<AbTestView> AbTestAsync(string name, CancellationToken cancellation = default) => Get<AbTestView>($"api/ab-tests/{Segment(name)}", cancellation);

    /// <summary>Ends a test; a winner gets all traffic.</summary>
    public Task<AbTestView> StopAbTestAsync(string name, string? winner = null, CancellationToken cancellation = default) =>
        Post<AbTestView>($"api/ab-tests/{Segment(name)}/stop", Json(new AbTestEndRequest(winner)), cancellation);

    /// <summary>How its difference became known.</summary>
    public Task<IReadOnlyList<AbTestMoment>> AbTestCourseAsync(string name, CancellationToken cancellation = default) =>
        Get<IReadOnlyList<AbTestMoment>>($"api/ab-tests/{Segment(name)}/course", cancellation);

    public Task DeleteAbTestAsync(string name, CancellationToken cancellation = default) => Delete($"api/ab-tests/{Segment(name)}", cancellation);

    private static string SearchQuery(string? filter, int count, string? pageToken) =>
        $"count={count}{(filter is null ? string.Empty : $"&filter={Segment(filter)}")}{(pageToken is null ? string.Empty : $"&page_token={Segment(pageToken)}")}";

    private static string Segment(string id) => Uri.EscapeDataString(id);

    private static StreamContent FileContent(Stream content) => new(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };

    private static JsonContent Json<T>(T value) => JsonContent.Create(value, options: WireJson.Options);

    private static JobHappening Read(SseItem<string> item) => item.EventType switch
    {
        "metric" => new JobHappening(item.EventId ?? string.Empty, Metric: JsonSerializer.Deserialize<MetricPoint>(item.Data, WireJson.Options)),
        "log" => new JobHappening(item.EventId ?? string.Empty, Line: JsonSerializer.Deserialize<LogLine>(item.Data, WireJson.Options)),
        _ => new JobHappening(item.EventId ?? string.Empty, Job: JsonSerializer.Deserialize<JobView>(item.Data, WireJson.Options)),
    };

    /// <summary>False when the connection ended, in whatever way.</summary>
    private static async ValueTask<bool> Next(IAsyncEnumerator<SseItem<string>> items)
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return false;
        }
    }

    private static async Task ThrowIfRefused(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.IsSuccessStatusCode)
        {
            return;
        }

        bool isProblem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
        throw new RefusedException(isProblem
            ? (await answer.Content.ReadFromJsonAsync<Problem>(WireJson.Options, cancellation).ConfigureAwait(false))!
            : new Problem("Refused", (int)answer.StatusCode, $"The server answered {(int)answer.StatusCode} {answer.ReasonPhrase}.", []));
    }

    /// <summary>Opens the stream. One that broke is tried again for a while: the server may be starting anew.</summary>
    private async Task<HttpResponseMessage> OpenEvents(string jobId, string? last, CancellationToken cancellation)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await RequestEvents(jobId, last, cancellation).ConfigureAwait(false);
            }
            catch (HttpRequestException) when (last is not null && attempt < MostAttempts)
            {
                await Task.Delay(PauseBetweenAttempts, cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task<HttpResponseMessage> RequestEvents(string jobId, string? last, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/jobs/{Segment(jobId)}/events");
        if (last is not null)
        {
            request.Headers.Add("Last-Event-ID", last);
        }

        HttpResponseMessage answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        await ThrowIfRefused(answer, cancellation).ConfigureAwait(false);
        return answer;
    }

    private async Task Download(string path, Stream destination, CancellationToken cancellation)
    {
        using HttpResponseMessage answer = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        await ThrowIfRefused(answer, cancellation).ConfigureAwait(false);
        await answer.Content.CopyToAsync(destination, cancellation).ConfigureAwait(false);
    }

    private async Task<T> Get<T>(string path, CancellationToken cancellation)
    {
        using HttpResponseMessage answer = await http.GetAsync(path, cancellation).ConfigureAwait(false);
        return await Read<T>(answer, cancellation).ConfigureAwait(false);
    }

    private async Task<T> Post<T>(string path, HttpContent? content, CancellationToken cancellation)
    {
        using HttpResponseMessage answer = await http.PostAsync(path, content, cancellation).ConfigureAwait(false);
        return await Read<T>(answer, cancellation).ConfigureAwait(false);
    }

    private async Task Delete(string path, CancellationToken cancellation)
    {
        using HttpResponseMessage answer = await http.DeleteAsync(path, cancellation).ConfigureAwait(false);
        await ThrowIfRefused(answer, cancellation).ConfigureAwait(false);
    }

    private static async Task<T> Read<T>(HttpResponseMessage answer, CancellationToken cancellation)
    {
        await ThrowIfRefused(answer, cancellation).ConfigureAwait(false);
        return (await answer.Content.ReadFromJsonAsync<T>(WireJson.Options, cancellation).ConfigureAwait(false))!;
    }
}
