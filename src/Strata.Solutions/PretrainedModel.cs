using Strata.Learning.Catalog;

namespace Strata.Solutions;

/// <summary>A model that ships with the program.</summary>
public sealed class PretrainedModel
{
    private readonly Func<Stream> open;
    private readonly Lazy<ModelFile> file;

    /// <param name="card">What it is.</param>
    /// <param name="open">Opens its model file from the start; the caller closes it.</param>
    public PretrainedModel(PretrainedCard card, Func<Stream> open)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(open);
        Card = card;
        this.open = open;
        file = new Lazy<ModelFile>(Load);
    }

    public PretrainedCard Card { get; }

    /// <summary>The model with the card of its file; read on first use.</summary>
    public ModelFile File => file.Value;

    /// <summary>The bytes of its <c>.strata</c> file.</summary>
    public Stream Open() => open();

    private ModelFile Load()
    {
        using Stream stream = Open();
        return ModelFile.Load(stream);
    }
}

/// <summary>What a shipped model is, what it learned from and how well it does: everything but its numbers.</summary>
public sealed record PretrainedCard
{
    /// <summary>Such as <c>exoplanets_universal</c>.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>What it answers, and what it should not be used for; two or three sentences.</summary>
    public required string Summary { get; init; }

    public required string Algorithm { get; init; }

    public required IReadOnlyList<string> Classes { get; init; }

    public required IReadOnlyList<TrainingSource> TrainedOn { get; init; }

    public required string Licence { get; init; }

    /// <summary>How the metrics were estimated, in one sentence.</summary>
    public required string Protocol { get; init; }

    /// <summary>Metrics by the protocol, on rows that the judged model had not seen; for several tables under <c>table.metric</c>.</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    public required IReadOnlyDictionary<string, double> Hyperparameters { get; init; }

    /// <summary>The columns that it reads, and how they are distributed in the tables it learned from.</summary>
    public required IReadOnlyList<InputColumn> Inputs { get; init; }
}

/// <summary>A table that a shipped model learned from.</summary>
/// <param name="Table">The archive's table name.</param>
/// <param name="Rows">How many of its rows taught.</param>
/// <param name="RetrievedOn">The day that the file's own head names, as it stands there.</param>
/// <param name="ContentHash">SHA-256 of the file, lower-case hexadecimal.</param>
public sealed record TrainingSource(string Table, int Rows, string RetrievedOn, string ContentHash);

/// <summary>A column that a shipped model reads. Its distribution is told by quantiles, so that no row of the training tables is given away.</summary>
/// <param name="Name">The column.</param>
/// <param name="Title">For people.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Missing">Share of the training rows without a value.</param>
/// <param name="Quantiles">The 5, 25, 50, 75 and 95 per cent quantiles.</param>
/// <param name="Unit">Null where there is none.</param>
public sealed record InputColumn(string Name, string Title, string Meaning, double Missing, IReadOnlyList<double> Quantiles, string? Unit = null);
