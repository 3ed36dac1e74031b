using System.Text.Json.Nodes;
using Strata.Learning;

namespace Strata.Solutions.Exoplanets.Sessions;

/// <summary>Where the rows of a session come from.</summary>
public enum SessionDataSource
{
    /// <summary>The archive.</summary>
    Nasa,

    /// <summary>The person's own files.</summary>
    User,

    /// <summary>The simulator.</summary>
    Simulated,
}

/// <summary>A table file that came with an order.</summary>
/// <param name="Name">As the sender calls it; its ending tells the format.</param>
/// <param name="Open">Opens the bytes from their start; the reader closes them.</param>
public sealed record SessionFile(string Name, Func<Stream> Open);

/// <summary>What somebody asks of the playground: to train a model of their own, or to predict with a pretrained one.</summary>
public sealed record SessionOrder
{
    /// <summary>For a training the algorithm's name; for a prediction the pretrained model's. Null for the usual one.</summary>
    public string? ModelType { get; init; }

    public SessionDataSource DataSource { get; init; } = SessionDataSource.Simulated;

    public Mission Mission { get; init; } = Mission.Kepler;

    public IReadOnlyDictionary<string, JsonNode?> Hyperparameters { get; init; } = new Dictionary<string, JsonNode?>();

    public SessionFile? TrainingFile { get; init; }

    public SessionFile? TestingFile { get; init; }

    /// <summary>Where quantities stand in the user's files, by name in snake case; null for the mission's own column names.</summary>
    public IReadOnlyDictionary<string, string>? Mapping { get; init; }

    /// <summary>About how many rows to simulate; null for the simulator's usual number.</summary>
    public int? RowCount { get; init; }

    public ulong Seed { get; init; }
}

/// <summary>What a session gets from outside.</summary>
public sealed record SessionContext
{
    public required SourceContext Sources { get; init; }

    /// <summary>At least 1.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    public IProgress<SessionProgress>? Progress { get; init; }

    /// <summary>Where a training from scratch leaves what the next attempt goes on from; null for nowhere.</summary>
    public ICheckpointStore? Checkpoints { get; init; }

    public CancellationToken Cancellation => Sources.Cancellation;

    internal void Report(double percent, string step) => Progress?.Report(new SessionProgress(percent, step));
}

/// <summary>How far a session is.</summary>
/// <param name="Percent">0 to 100, never falling.</param>
/// <param name="CurrentStep">For people.</param>
public sealed record SessionProgress(double Percent, string CurrentStep);
