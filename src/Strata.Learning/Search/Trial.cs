namespace Strata.Learning.Search;

/// <summary>How far a trial has come.</summary>
public enum TrialStatus
{
    /// <summary>Being evaluated.</summary>
    Running,

    /// <summary>It has a value.</summary>
    Completed,

    /// <summary>Given up early, because others were better at the same step.</summary>
    Pruned,

    /// <summary>The evaluation threw, or gave no finite number; the reason says more.</summary>
    Failed,

    /// <summary>Interrupted by a budget, a cancellation or the end of the process; it says nothing about its point.</summary>
    Stopped,
}

/// <summary>An intermediate value of a trial.</summary>
/// <param name="Step">0-based and rising: a fold, a round, whatever the objective counts.</param>
/// <param name="Value">As the objective's value: comparable to other trials' at the same step.</param>
public sealed record TrialReport(int Step, double Value);

/// <summary>One point of the search space and what came of it.</summary>
public sealed record Trial
{
    /// <summary>0-based, in the order of starting.</summary>
    public required int Number { get; init; }

    /// <summary>A value a parameter of the space; NaN where the parameter does not count.</summary>
    public required double[] Point { get; init; }

    public TrialStatus Status { get; init; }

    /// <summary>The objective's value; NaN unless completed.</summary>
    public double Value { get; init; } = double.NaN;

    /// <summary>Intermediate values, by step.</summary>
    public IReadOnlyList<TrialReport> Reports { get; init; } = [];

    /// <summary>Why it failed or stopped, or at which step it was pruned; null for others.</summary>
    public string? Reason { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>Further numbers that the objective noted, such as a standard deviation over folds.</summary>
    public IReadOnlyDictionary<string, double> Notes { get; init; } = new Dictionary<string, double>();

    /// <summary>The value reported at a step; NaN for none.</summary>
    public double ReportAt(int step)
    {
        for (int i = Reports.Count - 1; i >= 0; i--)
        {
            if (Reports[i].Step <= step)
            {
                return Reports[i].Step == step ? Reports[i].Value : double.NaN;
            }
        }

        return double.NaN;
    }
}
