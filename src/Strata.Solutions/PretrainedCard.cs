namespace Strata.Solutions;

/// <summary>What a shipped model is, what it learned from and how well it does: everything but its numbers.</summary>
public sealed record PretrainedCard
{
    /// <summary>Such as <c>exoplanets.universal</c>.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>Two or three sentences: what it answers, and what it should not be used for.</summary>
    public required string Summary { get; init; }

    public required string Algorithm { get; init; }

    public required IReadOnlyList<string> Classes { get; init; }

    public required IReadOnlyList<TrainingSource> TrainedOn { get; init; }

    public required string Licence { get; init; }

    /// <summary>How the metrics were estimated, in one sentence.</summary>
    public required string Protocol { get; init; }

    /// <summary>Metrics by the protocol; names such as <c>accuracy</c> or <c>kepler.accuracy</c>.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>The columns that it reads, with unit and meaning.</summary>
    public required IReadOnlyList<ColumnMeaning> Inputs { get; init; }

    public required IReadOnlyDictionary<string, string> Hyperparameters { get; init; }
}

/// <summary>A table that a shipped model learned from.</summary>
/// <param name="Table">The archive's table name.</param>
/// <param name="Rows">How many of its rows taught.</param>
/// <param name="RetrievedOn">The day the table was downloaded, year-month-day.</param>
/// <param name="ContentHash">SHA-256 of the file.</param>
public sealed record TrainingSource(string Table, int Rows, string RetrievedOn, string ContentHash);
