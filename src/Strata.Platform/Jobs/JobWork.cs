using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>What a kind gets for one attempt of a job, inside the worker process.</summary>
public sealed class JobWork
{
    private readonly AttemptOrder order;
    private readonly AttemptFolder folder;
    private readonly EventWriter events;
    private readonly ConcurrentDictionary<string, string> inputs = new(StringComparer.Ordinal);

    internal JobWork(AttemptFolder folder, AttemptOrder order, ICheckpointStore checkpoints, EventWriter events, TimeProvider clock) =>
        (this.folder, this.order, Checkpoints, this.events, Clock) = (folder, order, checkpoints, events, clock);

    public string JobId => order.JobId;

    /// <summary>From 1.</summary>
    public int Attempt => order.Attempt;

    /// <summary>How long earlier attempts have worked, for work that has only so much time in all.</summary>
    public TimeSpan Worked => order.Worked;

    public JsonObject Payload => order.Payload;

    /// <summary>How many threads the work may use.</summary>
    public int Threads => order.Threads;

    public TimeProvider Clock { get; }

    /// <summary>Survives a crash of the worker: the next attempt finds the last one saved.</summary>
    public ICheckpointStore Checkpoints { get; }

    /// <summary>Cancelled when somebody wants what is ready: a kind that finishes early ends soon with that.</summary>
    public CancellationToken Enough { get; internal init; }

    /// <summary>How long to work at least between two checkpoints.</summary>
    public TimeSpan CheckpointEvery => order.CheckpointEvery;

    /// <summary>Every file that is left here when the work completes is kept.</summary>
    public string OutputFolder => folder.OutputFolder;

    /// <summary>Where the checkpoint is, for work that packs it.</summary>
    internal string CheckpointFile => folder.CheckpointFile;

    internal string PartsFolder => folder.PartsFolder;

    public bool HasInput(string name) => order.Inputs.ContainsKey(name);

    /// <summary>Path of a file to read; its bytes have been checked.</summary>
    /// <exception cref="StorageException">The file is missing or damaged.</exception>
    public string InputPath(string name) => inputs.GetOrAdd(name, CheckedInput);

    /// <summary>Path of a file to write.</summary>
    public string OutputPath(string name) => Path.Join(OutputFolder, name);

    /// <summary>Tells how far the work is.</summary>
    /// <param name="percent">0 to 100.</param>
    /// <param name="step">What it is doing, for people; null for the same as before.</param>
    public void Progress(double percent, string? step = null) => events.Progress(percent, step);

    /// <summary>Files a value of a series under its step; NaN and infinities are allowed.</summary>
    public void Metric(string name, long step, double value) => events.Metric(name, step, value);

    /// <summary>Adds lines to the job's log.</summary>
    public void Log(string text) => events.Log(text);

    /// <summary>The payload as a record.</summary>
    /// <exception cref="DataException">It does not have that shape.</exception>
    public T PayloadAs<T>() => PayloadAs<T>(Payload);

    /// <summary>A part of the payload as a record.</summary>
    /// <exception cref="DataException">There is none, or it does not have that shape.</exception>
    public T PayloadAs<T>(string name) => PayloadAs<T>(Payload[name] ?? throw new DataException($"The job has no '{name}'."));

    private static T PayloadAs<T>(JsonNode node)
    {
        try
        {
            return JsonText.Read<T>(node.ToJsonString());
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new DataException($"The job cannot be understood: {e.Message}", e);
        }
    }

    private string CheckedInput(string name)
    {
        AttemptInput input = order.Inputs.GetValueOrDefault(name) ?? throw new DataException($"The job has no input '{name}'.");
        string path = Path.GetFullPath(Path.Join(folder.Root, input.Path));
        if (!File.Exists(path))
        {
            throw new StorageException($"The stored file {input.Hash} is missing from the data folder.");
        }

        using FileStream file = File.OpenRead(path);
        BlobStore.Check(file, input.Hash);
        return path;
    }
}
