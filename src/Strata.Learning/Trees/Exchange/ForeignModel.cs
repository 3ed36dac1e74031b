namespace Strata.Learning.Trees.Exchange;

/// <summary>A model as another program's file has it, in one shape for all formats.</summary>
internal sealed class ForeignModel
{
    public required TreeModelFormat Format { get; init; }

    /// <inheritdoc cref="ImportedModel.Origin"/>
    public required string Origin { get; init; }

    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>How many raw scores a row has: one, or one a class.</summary>
    public required int OutputCount { get; init; }

    /// <summary>Before the link [outputs].</summary>
    public required double[] BaseScores { get; init; }

    /// <summary>What the outputs mean; null where the file does not say it.</summary>
    public required ForeignObjective? Objective { get; init; }

    public required IReadOnlyList<ForeignTree> Trees { get; init; }

    /// <summary>Trees of one boosting round.</summary>
    public required int TreesPerRound { get; init; }

    /// <summary>What every leaf's value is multiplied by.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Whether predictions are the mean over the rounds instead of their sum.</summary>
    public bool IsAveraged { get; init; }

    /// <summary>Columns that are categories even where no tree splits on them.</summary>
    public IReadOnlySet<int> Categories { get; init; } = new HashSet<int>();

    /// <summary>The levels of a column in the order of their codes, where the file has them.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<string>> Levels { get; init; } = new Dictionary<int, IReadOnlyList<string>>();

    /// <summary>For a column, codes that the file says there are.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<int>> KnownCodes { get; init; } = new Dictionary<int, IReadOnlyList<int>>();

    /// <summary>Columns in which zero counts as missing.</summary>
    public IReadOnlySet<int> ZeroIsMissing { get; init; } = new HashSet<int>();

    public required IReadOnlyList<string> Notes { get; init; }
}
