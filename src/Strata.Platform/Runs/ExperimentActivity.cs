namespace Strata.Platform.Runs;

/// <summary>What goes on in an experiment.</summary>
/// <param name="Runs">How many runs are in it.</param>
/// <param name="Running">How many of them have not ended.</param>
/// <param name="Last">When one last began or ended.</param>
public sealed record ExperimentActivity(int Runs, int Running, DateTimeOffset Last)
{
    /// <summary>That of an experiment without runs.</summary>
    public static ExperimentActivity None { get; } = new(0, 0, DateTimeOffset.MinValue);
}
