using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Strata.Solutions;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Exoplanets.Sessions;
using SessionDataSource = Strata.Solutions.Exoplanets.Sessions.SessionDataSource;
using SessionProgress = Strata.Solutions.Exoplanets.Sessions.SessionProgress;

namespace Strata.Server.Sessions;

/// <summary>The jobs behind <c>/api/custom</c> and <c>/api/pretrained</c>: one session each.</summary>
internal sealed class SessionJob(string name, Func<SessionOrder, SessionContext, Task<SessionOutcome>> run) : IJobKind
{
    /// <summary>The output file with the result as it travels on the wire.</summary>
    public const string ResultFile = "result.json";

    /// <summary>The names of the files, as form fields and as inputs of the job.</summary>
    public const string TrainingInput = "training_file", TestingInput = "testing_file";

    public static SessionJob Custom { get; } = new("exoplanet_custom", CustomTraining.RunAsync);

    public static SessionJob Pretrained { get; } = new("exoplanet_pretrained", PretrainedPrediction.RunAsync);

    public string Name => name;

    /// <param name="order">What is asked; its file names are those of the files.</param>
    /// <param name="trainingHash">The stored training file, where one came.</param>
    /// <param name="testingHash">The stored testing file, where one came.</param>
    public JobRequest Request(SessionJobOrder order, string? trainingHash, string? testingHash)
    {
        var inputs = new Dictionary<string, string>();
        if (trainingHash is not null)
        {
            inputs[TrainingInput] = trainingHash;
        }

        if (testingHash is not null)
        {
            inputs[TestingInput] = testingHash;
        }

        return new JobRequest(Name, (JsonObject)JsonText.NodeOf(order)!) { Inputs = inputs };
    }

    public async Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation)
    {
        SessionJobOrder asked = work.PayloadAs<SessionJobOrder>();
        using var http = new HttpClient();
        var context = new SessionContext
        {
            Sources = new SourceContext { Http = http, CacheDirectory = asked.CacheFolder, ArchiveAddress = asked.Archive, Clock = work.Clock, Cancellation = cancellation },
            Threads = work.Threads,
            Progress = new StepProgress(work),
            Checkpoints = work.Checkpoints,
        };
        var order = new SessionOrder
        {
            ModelType = asked.ModelType,
            DataSource = asked.DataSource,
            Mission = Mission.Parse(asked.DatasetName),
            Hyperparameters = asked.Hyperparameters,
            Mapping = asked.Mapping,
            RowCount = asked.RowCount,
            Seed = asked.Seed,
            TrainingFile = FileOf(work, TrainingInput, asked.TrainingFileName),
            TestingFile = FileOf(work, TestingInput, asked.TestingFileName),
        };
        try
        {
            SessionOutcome outcome = await run(order, context).ConfigureAwait(false);
            FileStream file = File.Create(work.OutputPath(ResultFile));
            await using (file.ConfigureAwait(false))
            {
                await JsonSerializer.SerializeAsync(file, outcome, ModelFileJson.Options, cancellation).ConfigureAwait(false);
            }

            return new JsonObject { ["file"] = ResultFile, ["predictions"] = outcome.TestPredictions.Count, ["accuracy"] = outcome.ValidationMetrics?.Accuracy };
        }
        catch (SourceException e)
        {
            throw new DataException(e.Message, e);
        }
    }

    private static SessionFile? FileOf(JobWork work, string input, string? fileName) =>
        work.HasInput(input) ? new SessionFile(fileName ?? input, () => File.OpenRead(work.InputPath(input))) : null;

    private sealed class StepProgress(JobWork work) : IProgress<SessionProgress>
    {
        public void Report(SessionProgress value) => work.Progress(value.Percent, value.CurrentStep);
    }
}

/// <summary>A session's order as its job keeps it.</summary>
internal sealed record SessionJobOrder
{
    public string? ModelType { get; init; }

    public SessionDataSource DataSource { get; init; }

    public required string DatasetName { get; init; }

    public IReadOnlyDictionary<string, JsonNode?> Hyperparameters { get; init; } = new Dictionary<string, JsonNode?>();

    public IReadOnlyDictionary<string, string>? Mapping { get; init; }

    public int? RowCount { get; init; }

    public ulong Seed { get; init; }

    public string? TrainingFileName { get; init; }

    public string? TestingFileName { get; init; }

    public required string CacheFolder { get; init; }

    public Uri? Archive { get; init; }
}
