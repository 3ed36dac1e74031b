using Strata.Learning.Workflow.Plots;

namespace Strata.Learning.Workflow.Reports;

/// <summary>What a report is told beside what a training gave.</summary>
public sealed record ReportFacts
{
    /// <summary>Null for one made of algorithm and target.</summary>
    public string? Title { get; init; }

    /// <summary>What was done.</summary>
    public ReportKind Kind { get; init; }

    /// <summary>The file's or dataset's name.</summary>
    public string? TableName { get; init; }

    /// <summary>The solution's preset that made the table ready; null for none.</summary>
    public string? Preset { get; init; }

    /// <summary>What the model was chosen from; null where nothing was compared.</summary>
    public Ranking? Leaderboard { get; init; }

    /// <summary>What the fit reported of its iterations.</summary>
    public IReadOnlyList<Series> Curves { get; init; } = [];

    /// <summary>Sentences that belong before the training's own.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Null for what the plan says.</summary>
    public Reproduction? Reproduction { get; init; }

    /// <summary>Threads and cancellation of what is worked out for the report.</summary>
    public FitContext Context { get; init; } = new();
}

/// <summary>What a report is of.</summary>
public enum ReportKind
{
    /// <summary>A plan was carried out.</summary>
    Training,

    /// <summary>Hyperparameters were searched first.</summary>
    Tuning,

    /// <summary>The algorithm was chosen first.</summary>
    Automl,

    /// <summary>Algorithms were compared; there is no model.</summary>
    Comparison,

    /// <summary>A stored model was judged on a table.</summary>
    Evaluation,
}
