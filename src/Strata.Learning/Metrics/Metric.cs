using Strata.Learning.Data;

namespace Strata.Learning.Metrics;

/// <summary>A number that says how good predictions are. All of them stand in <see cref="All"/> and <see cref="Families"/>.</summary>
public sealed class Metric
{
    private readonly Func<ScoredRows, double> compute;

    private Metric(string name, string title, bool higherIsBetter, IReadOnlyList<LearningTask> tasks, string meaning, Func<ScoredRows, double> compute)
    {
        (Name, Title, HigherIsBetter, Tasks, Meaning) = (name, title, higherIsBetter, tasks, meaning);
        this.compute = compute;
    }

    /// <summary>Every metric that takes no number, in the order in which they are shown.</summary>
    public static IReadOnlyList<Metric> All { get; } = MetricTable.Rows();

    /// <summary>The metrics that take a number behind their name.</summary>
    public static IReadOnlyList<MetricFamily> Families { get; } = MetricTable.Families();

    /// <summary>The name in files and requests, such as <c>roc_auc</c>.</summary>
    public string Name { get; }

    /// <summary>The name for people, such as <c>ROC AUC</c>.</summary>
    public string Title { get; }

    public bool HigherIsBetter { get; }

    public IReadOnlyList<LearningTask> Tasks { get; }

    /// <summary>One sentence for people.</summary>
    public string Meaning { get; }

    /// <summary>With fewer classes it says nothing and is not shown.</summary>
    internal int LeastClasses { get; private set; }

    /// <summary>Whether it is only of some targets, and left out without a word where it is undefined.</summary>
    internal bool IsSpecial { get; private set; }

    /// <summary>Whether it is only measured where somebody names it.</summary>
    public bool IsOnRequest { get; private set; }

    internal Metric OnRequest()
    {
        IsOnRequest = true;
        return this;
    }

    internal Metric Special()
    {
        IsSpecial = true;
        return this;
    }

    internal Metric FromClasses(int leastClasses)
    {
        LeastClasses = leastClasses;
        return this;
    }

    /// <summary>Those that are measured without being asked for.</summary>
    public static IEnumerable<Metric> For(LearningTask task) => All.Where(metric => !metric.IsOnRequest && metric.Tasks.Contains(task));

    /// <summary>The proper score that a model of the task is chosen by when nobody says otherwise: log loss, or root mean squared error.</summary>
    /// <exception cref="DataException">The task has nothing to measure by.</exception>
    public static Metric DefaultFor(LearningTask task) => task.HasTarget() ? Named(task.IsClassification() ? "log_loss" : "rmse") : throw NothingToMeasure();

    /// <summary>The metric of a name, such as <c>roc_auc</c> or <c>f_beta:2</c>.</summary>
    /// <exception cref="DataException">There is no such metric, or its number is outside the range; the message lists what there is.</exception>
    public static Metric Named(string name) => MetricNames.Read(name, null);

    /// <summary>The metric of a name, of those that measure a task.</summary>
    /// <exception cref="DataException">There is no such metric for the task, or its number is outside the range; the message lists what there is.</exception>
    public static Metric Named(string name, LearningTask task) => MetricNames.Read(name, task);

    /// <summary>The metric's value; NaN where it is undefined, such as the ROC AUC of rows of one class.</summary>
    /// <param name="predictions">The predictions, one a row.</param>
    /// <param name="target">The truth. Classes are matched by name.</param>
    /// <param name="weights">Non-negative weight a row, or null for one each.</param>
    /// <param name="groups">The query of each row, for metrics of their order; null for none.</param>
    /// <exception cref="DataException">Counts or classes do not fit, a prediction is not a number, or there are no rows.</exception>
    public double Of(Predictions predictions, Target target, double[]? weights = null, int[]? groups = null) => Of(ScoredRows.Of(predictions, target, weights, groups));

    public override string ToString() => Name;

    internal static Metric OfClasses(string name, string title, bool higherIsBetter, LearningTask[] tasks, string meaning, Func<ScoredClasses, double> compute) =>
        new(name, title, higherIsBetter, tasks, meaning, rows => compute((ScoredClasses)rows));

    internal static Metric OfNumbers(string name, string title, bool higherIsBetter, string meaning, Func<ScoredNumbers, double> compute) =>
        new(name, title, higherIsBetter, [LearningTask.Regression], meaning, rows => compute((ScoredNumbers)rows));

    internal double Of(ScoredRows rows) => Tasks.Contains(rows.Task)
        ? compute(rows)
        : throw new DataException($"Metric '{Name}' does not measure {rows.Task}; there are: {NearNames.List([.. For(rows.Task).Select(metric => metric.Name)], 30)}.");

    internal static DataException NothingToMeasure() => new("Outliers and clusters are looked for without a target, so that there is nothing to measure by.");
}
