using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Platform;
using Strata.Platform.Jobs;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Server.Runs;
using Strata.Server.Safety;
using Strata.Server.Sources;
using RunRequest = Strata.Client.Contracts.RunRequest;

namespace Strata.Server.Jobs;

/// <summary>Does a job again, with changes: a training gets a run of its own, a comparison another, a table is fetched anew.</summary>
internal static class JobClone
{
    private static readonly string[] PlanMembers = [.. typeof(PlanRequest).GetProperties().Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name))];

    /// <exception cref="ConflictException">A job of that kind cannot be done again.</exception>
    /// <exception cref="DataException">The changes do not fit.</exception>
    public static async Task<string> Start(Job job, CloneRequest asked, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        if (job.Kind is RunHistory.TrainKind or RunHistory.TuneKind or RunHistory.AutomlKind && platform.Runs.OfJob(job.Id) is Run run)
        {
            string? study = platform.Runs.Artifacts(run.Id).FirstOrDefault(artifact => artifact.Name == ChooseModel.StudyFileName)?.Hash;
            return (await StartedRun.Of(new AskedRun(Again(run, job, asked)) { Study = study }, caller, platform, cancellation).ConfigureAwait(false)).JobId!;
        }

        if (asked.Plan is { Count: > 0 })
        {
            throw new DataException($"'plan' goes with trainings; this job is of kind '{job.Kind}'.");
        }

        JobTerms terms = caller.Terms(asked.Priority, asked.After, platform);
        return job.Kind switch
        {
            ComparisonHistory.CompareKind => (await platform.Comparisons.StartAsync(Again(platform.Comparisons.Get(job.Owner), asked.Name) with { Terms = terms, AsIs = IsAsItIs(job) }).ConfigureAwait(false)).JobId,
            FetchSource.KindName => (await platform.Jobs.EnqueueAsync(new JobRequest(job.Kind, job.Payload) { Project = job.Project, Terms = terms }).ConfigureAwait(false)).Id,
            _ => throw new ConflictException($"A job of kind '{job.Kind}' cannot be cloned; send its files again instead."),
        };
    }

    private static RunRequest Again(Run run, Job job, CloneRequest asked) => new(
        run.DatasetId ?? throw new ConflictException("The run has no dataset to train on again."),
        Changed(run.Plan!, asked.Plan ?? new Dictionary<string, JsonElement>()),
        asked.Name ?? run.Name,
        run.Preset,
        job.Payload["tuning"] is JsonNode tuning ? JsonText.Read<TuningRequest>(tuning.ToJsonString()) : null,
        job.Payload["folds"]?.GetValue<int>(),
        job.TimeLimit.TotalSeconds,
        asked.Priority,
        asked.After,
        StartOf(job),
        IsAsItIs(job));

    private static StartRequest? StartOf(Job job) => job.Payload[StartWeights.Input] is JsonNode node && JsonText.Read<StartWeights>(node.ToJsonString()) is var start
        ? new StartRequest(start.ModelId, start.ModelId is null ? start.Name : null, start.IsComparedWithChance)
        : null;

    private static bool IsAsItIs(Job job) => job.Payload["as_is"]?.GetValue<bool>() == true;

    private static Platform.Runs.ComparisonRequest Again(Comparison comparison, string? name) => new(comparison.DatasetId, comparison.Plan, name ?? comparison.Name, comparison.Preset);

    /// <summary>The plan as a request, with some of its members replaced.</summary>
    private static PlanRequest Changed(JsonObject plan, IReadOnlyDictionary<string, JsonElement> changes)
    {
        DataException.ThrowIfAny([.. changes.Keys.Except(PlanMembers).Select(name => $"'plan' has no '{name}'. It has: {NearNames.List(PlanMembers, 20)}.")]);
        var changed = (JsonObject)JsonSerializer.SerializeToNode(JsonText.Read<Learning.Workflow.TrainingPlan>(plan.ToJsonString()).View(), WireJson.Options)!;
        if (changes.ContainsKey("algorithm"))
        {
            changed.Remove("hyperparameters");
        }

        foreach ((string name, JsonElement value) in changes)
        {
            changed[name] = value.Deserialize<JsonNode>();
        }

        return changed.Deserialize<PlanRequest>(WireJson.Options)!;
    }
}
