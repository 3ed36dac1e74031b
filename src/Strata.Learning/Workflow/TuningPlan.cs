using Strata.Learning.Data;
using Strata.Learning.Search;

namespace Strata.Learning.Workflow;

/// <summary>What intermediate values a trial is judged by.</summary>
public enum PruneBy
{
    /// <summary>The mean of the metric over the folds so far.</summary>
    Folds,

    /// <summary>The loss on the first fold's tested rows, each tenth round of a fit that reports it.</summary>
    Rounds,
}

/// <summary>Everything that a person decides about one search for good hyperparameters.</summary>
public sealed record TuningPlan
{
    /// <summary>The training that is tuned; its hyperparameters are held, the others searched.</summary>
    public required TrainingPlan Training { get; init; }

    public SearchMethod Method { get; init; }

    /// <summary>Parameters in place of the algorithm's declared ones or beside them, such as <c>trees=50..500:log</c>.</summary>
    public IReadOnlyList<string> Space { get; init; } = [];

    /// <summary>Name of the metric to tune for; null for log loss, or root mean squared error.</summary>
    public string? Metric { get; init; }

    /// <summary>Into how many folds the training rows are split for every trial.</summary>
    public int Folds { get; init; } = 5;

    public PruningMethod Pruning { get; init; } = PruningMethod.Median;

    public PruneBy PruneBy { get; init; }

    /// <summary>Finished trials in all; null for 50, or for no limit where there is a time limit.</summary>
    public int? Trials { get; init; }

    /// <summary>Seconds for the search and the last fit together; null for no limit.</summary>
    public double? TimeLimit { get; init; }

    /// <summary>What the process may take, in megabytes; null for no limit.</summary>
    public double? MemoryLimit { get; init; }

    /// <summary>How many trials are evaluated at once; they share the threads.</summary>
    public int Parallel { get; init; } = 1;

    /// <exception cref="DataException">Something does not fit the algorithm; all problems at once. What depends on the table is looked at later.</exception>
    public void Check()
    {
        var problems = new List<string>();
        try
        {
            Catalog.Algorithm algorithm = Catalog.Algorithms.Named(Training.Algorithm);
            _ = algorithm.Recipe(Training.Hyperparameters);
            _ = Catalog.AlgorithmSpace.Of(algorithm, Training.Hyperparameters.Keys, Space);
        }
        catch (DataException e)
        {
            problems.AddRange(e.Problems);
        }

        if (Folds is < 2 or > 100)
        {
            problems.Add($"{Folds} folds; tuning takes 2 to 100.");
        }

        if (Metric is not null)
        {
            try
            {
                _ = Metrics.Metric.Named(Metric);
            }
            catch (DataException e)
            {
                problems.AddRange(e.Problems);
            }
        }

        if (TimeLimit is double seconds && !(seconds > 0 && seconds < 1e9))
        {
            problems.Add($"The time limit is {seconds} s; it takes a positive number of seconds.");
        }

        if (MemoryLimit is double megabytes && !(megabytes > 0 && megabytes < 1e9))
        {
            problems.Add($"The memory limit is {megabytes} MB; it takes a positive number of megabytes.");
        }

        if (Trials is < 1 or > 1_000_000)
        {
            problems.Add($"{Trials} trials; tuning takes 1 to 1000000.");
        }

        if (Parallel is < 1 or > 1024)
        {
            problems.Add($"{Parallel} trials at once; tuning takes 1 to 1024.");
        }

        DataException.ThrowIfAny(problems);
    }
}
