using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Strata.Server.Forms;
using Strata.Server.Jobs;
using Strata.Server.Safety;
using JobStatus = Strata.Platform.Jobs.JobStatus;
using SessionDataSource = Strata.Solutions.Exoplanets.Sessions.SessionDataSource;

namespace Strata.Server.Sessions;

/// <summary>What the custom and the pretrained routes have in common: they start a job, and tell how far it is and what it found.</summary>
internal static class SessionEndpoints
{
    private const int MostRows = 200_000;

    public static async Task<SessionView> Start(SessionJob kind, HttpRequest request, Caller caller, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        if (!UploadedForm.IsForm(request))
        {
            return await Enqueue(kind, await request.ReadJson<SessionRequest>(cancellation).ConfigureAwait(false), null, null, caller, platform, options, cancellation).ConfigureAwait(false);
        }

        UploadedForm form = await UploadedForm.Read(request, platform, cancellation).ConfigureAwait(false);
        await using (form.ConfigureAwait(false))
        {
            return await Enqueue(kind, SessionForm.Request(form), form.File(SessionJob.TrainingInput), form.File(SessionJob.TestingInput), caller, platform, options, cancellation).ConfigureAwait(false);
        }
    }

    public static SessionProgress Progress(SessionJob kind, string session, StrataPlatform platform)
    {
        Job job = JobOf(kind, session, platform);
        return job.Status switch
        {
            JobStatus.Completed => new SessionProgress(SessionStatus.Completed, 100, "Done"),
            JobStatus.Failed => new SessionProgress(SessionStatus.Error, job.Progress, job.Error ?? "It failed."),
            JobStatus.Cancelled => new SessionProgress(SessionStatus.Error, job.Progress, "It was cancelled."),
            _ => new SessionProgress(SessionStatus.Running, job.Progress, job.CurrentStep ?? "Waiting for its turn"),
        };
    }

    public static SessionResult Result(SessionJob kind, string session, StrataPlatform platform)
    {
        Job job = JobOf(kind, session, platform);
        if (job.Status == JobStatus.Failed)
        {
            throw new DataException(job.Error ?? "The session failed.");
        }

        if (job.Status != JobStatus.Completed)
        {
            throw new ConflictException(job.Status == JobStatus.Cancelled ? "The session was cancelled." : "The session has no result yet; it is still at work.");
        }

        using Stream stored = platform.Runs.OpenArtifact(job.Owner, SessionJob.ResultFile);
        return StoredResults.Read<SessionResult>(stored);
    }

    private static Job JobOf(SessionJob kind, string session, StrataPlatform platform)
    {
        Job job = platform.Jobs.Get(session);
        return job.Kind == kind.Name ? job : throw NotFoundException.Of("session", session);
    }

    private static async Task<SessionView> Enqueue(
        SessionJob kind, SessionRequest asked, UploadedFile? training, UploadedFile? testing, Caller caller, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        if (asked.RowCount is < 1 or > MostRows)
        {
            throw new DataException($"row_count is {asked.RowCount}; expected 1 to {MostRows}.");
        }

        string project = caller.ProjectFor(Role.Trainer, asked.Project, platform);
        var order = new SessionJobOrder
        {
            ModelType = asked.ModelType,
            DataSource = asked.DataSource?.To<SessionDataSource>() ?? (training is null && testing is null ? SessionDataSource.Simulated : SessionDataSource.User),
            DatasetName = (asked.DatasetName ?? SurveyName.Kepler).ToString(),
            Hyperparameters = (asked.Hyperparameters ?? new Dictionary<string, JsonElement>()).ToDictionary(pair => pair.Key, pair => pair.Value.Deserialize<JsonNode>()),
            Mapping = asked.Mapping,
            RowCount = asked.RowCount,
            Seed = asked.Seed ?? 0,
            TrainingFileName = training?.Name,
            TestingFileName = testing?.Name,
            CacheFolder = platform.CacheFolder(),
            Archive = options.ArchiveAddress,
        };
        using Blob? trainingBlob = await Store(training, platform, cancellation).ConfigureAwait(false);
        using Blob? testingBlob = await Store(testing, platform, cancellation).ConfigureAwait(false);
        Job queued = await platform.Jobs.EnqueueAsync(kind.Request(order, trainingBlob?.Hash, testingBlob?.Hash) with { Project = project, Terms = caller.Terms() }).ConfigureAwait(false);
        return new SessionView(queued.Id);
    }

    private static async Task<Blob?> Store(UploadedFile? file, StrataPlatform platform, CancellationToken cancellation) =>
        file is null ? null : await platform.Storage.Blobs.WriteAsync(file.Open(), platform.Options.MaxUploadBytes, "The file", cancellation).ConfigureAwait(false);
}
