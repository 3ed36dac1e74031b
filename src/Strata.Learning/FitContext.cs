namespace Strata.Learning;

/// <summary>What a fit gets from outside: chance, time, threads, and how to be watched, stopped and resumed.</summary>
public sealed record FitContext
{
    public ulong Seed { get; init; }

    /// <summary>How many threads the fit may use; at least 1.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Every fit loop looks at this often enough to stop within two seconds, by <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }

    public IProgress<FitProgress>? Progress { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The clock's timestamp when the work began that the fit is a part of, for fits with a limit of time; null where the fit begins it.</summary>
    public long? Began { get; init; }

    /// <summary>Rows that are scored each iteration for the curves a person watches; nothing is ever decided from them. Null for none.</summary>
    public TrainingTable? Watched { get; init; }

    /// <summary>Rows that fits which stop early stop by, instead of a part of the table. Null for none.</summary>
    public TrainingTable? Validation { get; init; }

    public ICheckpointStore? Checkpoints { get; init; }

    /// <summary>How long a fit works at least between two checkpoints.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For loops over parts that are independent of one another.</summary>
    internal ParallelOptions ParallelOptions => new() { MaxDegreeOfParallelism = Math.Max(1, Threads), CancellationToken = Cancellation };
}

/// <summary>How far a fit is, and the metrics of this step.</summary>
/// <param name="Step">0-based number of the finished iteration.</param>
/// <param name="StepCount">How many there will be at the most.</param>
/// <param name="Metrics">Such as <c>train_log_loss</c>, <c>watched_log_loss</c>; may be empty.</param>
public sealed record FitProgress(int Step, int StepCount, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>The 0-based iteration that the metrics are of: another than the step where a fit is one part of a longer work.</summary>
    public int Iteration { get; init; } = Step;
}

/// <summary>Where a long fit leaves what it needs to go on after an interruption.</summary>
public interface ICheckpointStore
{
    /// <summary>Replaces the checkpoint, whole or not at all.</summary>
    void Save(ReadOnlySpan<byte> state);

    /// <summary>The last saved checkpoint, or null.</summary>
    byte[]? Load();

    /// <summary>Whether the work is about to be ended and a checkpoint is waited for: it is saved at the next chance, however short the time since the last.</summary>
    bool IsWanted => false;

    /// <summary>A store of its own for a part of the work that is finished by itself; null where only the whole is kept.</summary>
    /// <param name="name">Letters, digits and hyphens.</param>
    ICheckpointStore? Part(string name) => null;
}
