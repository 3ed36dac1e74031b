using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;

namespace Strata.Learning.Workflow;

/// <summary>Which algorithms are compared, on which folds, within which time.</summary>
public sealed record ComparisonPlan
{
    /// <summary>What is predicted from what: target, structure, preparation, seed. Its algorithm and hyperparameters are left aside.</summary>
    public required TrainingPlan Plan { get; init; }

    /// <summary>Names in the catalog, with settings in brackets if need be: <c>gradient_boosting(trees=200)</c>. A baseline is added where it is missing.</summary>
    public required IReadOnlyList<string> Algorithms { get; init; }

    /// <summary>In how many parts the rows are split; the same for all.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>By which metric they are ranked; null for log loss or root mean squared error.</summary>
    public string? Metric { get; init; }

    /// <summary>How long one algorithm may take over all folds; null for as long as it takes.</summary>
    public TimeSpan? TimeEach { get; init; }

    /// <summary>How long all may take together.</summary>
    public TimeSpan? TimeInAll { get; init; }

    /// <summary>Checks names, settings and numbers without looking at a table.</summary>
    /// <param name="task">What is predicted; null where it is not known yet.</param>
    /// <exception cref="DataException">Something cannot be compared so; all problems at once.</exception>
    public void Check(LearningTask? task = null)
    {
        var problems = new List<string>();
        MemberText[] members = [.. Algorithms.SelectMany(text => Members(text, problems))];
        foreach (MemberText member in members)
        {
            Collect(problems, () =>
            {
                Algorithm algorithm = Catalog.Algorithms.Named(member.Algorithm);
                _ = algorithm.Recipe(member.Hyperparameters);
                if (!(task is LearningTask known ? algorithm.Tasks.Contains(known) : algorithm.NeedsTarget))
                {
                    problems.Add($"{algorithm.Title} cannot predict {(task is not LearningTask asked ? "a column" : asked.IsClassification() ? "classes" : "numbers")}; leave out '{member.Algorithm}'.");
                }
            });
        }

        if (members.Length == 0 && problems.Count == 0)
        {
            problems.Add("Name at least one algorithm to compare.");
        }

        if (Folds < 2)
        {
            problems.Add($"There are {Folds} folds; a comparison needs at least 2.");
        }

        if (Metric is string metric)
        {
            Collect(problems, () => _ = Metrics.Metric.Named(metric));
        }

        foreach (TimeSpan limit in new[] { TimeEach, TimeInAll }.OfType<TimeSpan>().Where(limit => limit <= TimeSpan.Zero))
        {
            problems.Add($"A time limit is {limit.TotalSeconds} seconds; it takes more than 0.");
        }

        DataException.ThrowIfAny(problems);
    }

    private static IReadOnlyList<MemberText> Members(string text, List<string> problems)
    {
        IReadOnlyList<MemberText> members = [];
        Collect(problems, () => members = MemberText.ReadList(text));
        return members;
    }

    private static void Collect(List<string> problems, Action check)
    {
        try
        {
            check();
        }
        catch (DataException e)
        {
            problems.AddRange(e.Problems);
        }
    }
}
