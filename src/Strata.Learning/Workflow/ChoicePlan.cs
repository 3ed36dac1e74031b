using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Learning.Validation;

namespace Strata.Learning.Workflow;

/// <summary>Everything that a person decides about a training whose algorithm is chosen for them.</summary>
public sealed record ChoicePlan
{
    /// <summary>The training; its algorithm and hyperparameters are left aside.</summary>
    public required TrainingPlan Training { get; init; }

    /// <summary>Names in the catalog, with settings in brackets if need be; empty for the usual ones of the task.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = [];

    /// <summary>By which metric they are ranked; null for log loss or root mean squared error.</summary>
    public string? Metric { get; init; }

    /// <summary>In how many parts the training rows are split to compare and to tune.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Seconds for comparing, tuning and the last fit together; null for no limit.</summary>
    public double? TimeLimit { get; init; }

    /// <summary>How many trials the best algorithm's tuning ends at the most; 0 to take it as it was compared.</summary>
    public int Trials { get; init; } = 20;

    /// <summary>The comparison by which the algorithm is chosen: half of the time, and of that each algorithm its part, so that none takes it from the others.</summary>
    /// <param name="usual">What is compared where no algorithms are named.</param>
    public ComparisonPlan Comparison(IReadOnlyList<string> usual)
    {
        IReadOnlyList<string> algorithms = Algorithms.Count > 0 ? Algorithms : usual;
        TimeSpan? time = TimeLimit is double seconds ? TimeSpan.FromSeconds(seconds / 2) : null;
        return new ComparisonPlan
        {
            Plan = Training with { Algorithm = Baseline.AlgorithmName, Hyperparameters = new Dictionary<string, JsonNode?>() },
            Algorithms = algorithms,
            Folds = Folds,
            Metric = Metric,
            TimeInAll = time,
            TimeEach = time / (algorithms.Count + 1),
        };
    }

    /// <exception cref="DataException">Something makes no sense; all problems at once. What depends on the table is looked at later.</exception>
    public void Check()
    {
        var problems = new List<string>();
        if (TimeLimit is double seconds && !(seconds is > 0 and < 1e9))
        {
            problems.Add($"'time_limit' is {seconds}; it takes a number of seconds above 0.");
        }

        if (Trials is < 0 or > 1_000_000)
        {
            problems.Add($"'trials' is {Trials}; it takes 0 to 1000000.");
        }

        DataException.ThrowIfAny(problems);
        Comparison([Baseline.AlgorithmName]).Check();
    }
}
