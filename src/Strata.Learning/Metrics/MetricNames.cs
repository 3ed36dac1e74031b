using Strata.Learning.Data;

namespace Strata.Learning.Metrics;

/// <summary>Reads a metric's name, with the number of a family behind a colon: the only place where that is done.</summary>
internal static class MetricNames
{
    private const int MostShown = 80;

    /// <param name="name">Such as <c>roc_auc</c> or <c>f_beta:2</c>.</param>
    /// <param name="task">Only metrics of this task; null for any.</param>
    /// <exception cref="DataException">There is no such metric, or its number is outside the range; the message lists what there is.</exception>
    public static Metric Read(string name, LearningTask? task)
    {
        ArgumentNullException.ThrowIfNull(name);
        bool Measures(IReadOnlyList<LearningTask> tasks) => task is not LearningTask asked || tasks.Contains(asked);
        Metric[] metrics = [.. Metric.All.Where(metric => Measures(metric.Tasks))];
        MetricFamily[] families = [.. Metric.Families.Where(family => Measures(family.Tasks))];
        if (metrics.FirstOrDefault(metric => metric.Name == name) is Metric known)
        {
            return known;
        }

        int colon = name.IndexOf(':', StringComparison.Ordinal);
        string stem = colon < 0 ? name : name[..colon];
        return families.FirstOrDefault(family => family.Name == stem) is MetricFamily found
            ? found.Read(colon < 0 ? null : name[(colon + 1)..])
            : throw NoSuchMetric(name, stem, task, metrics, families);
    }

    private static DataException NoSuchMetric(string name, string stem, LearningTask? task, Metric[] metrics, MetricFamily[] families)
    {
        if (metrics.Length == 0)
        {
            return Metric.NothingToMeasure();
        }

        string[] stems = [.. metrics.Select(metric => metric.Name), .. families.Select(family => family.Name)];
        string hint = metrics.Any(metric => metric.Name == stem) ? $"'{stem}' takes no number. "
            : NearNames.Nearest(stem, stems) is string near ? $"Did you mean '{families.FirstOrDefault(family => family.Name == near)?.Example.Name ?? near}'? "
            : string.Empty;
        string of = task is LearningTask asked ? $" for {(asked.IsClassification() ? "classes" : "numbers")}" : string.Empty;
        string[] all = [.. metrics.Select(metric => metric.Name), .. families.Select(family => family.ToString())];
        return new DataException($"There is no metric '{name}'{of}. {hint}There are: {string.Join(", ", all.Take(MostShown))}.");
    }
}
