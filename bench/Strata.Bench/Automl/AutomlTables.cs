using Strata.Learning;
using Strata.Learning.Data.Reading;
using Strata.Learning.Metrics;
using Strata.Learning.Workflow;

namespace Strata.Bench.Automl;

/// <summary>A table of the AutoML benchmark, with the column that is predicted.</summary>
internal sealed record AutomlTable(string Name, string Target)
{
    /// <summary>All that are looked for in a folder.</summary>
    public static IReadOnlyList<AutomlTable> All { get; } =
    [
        new("abalone", "Class_number_of_rings"), new("adult", "class"), new("boston", "MEDV"), new("california_housing", "median_house_value"), new("car", "class"),
        new("cmc", "Contraceptive_method_used"), new("credit-g", "class"), new("eucalyptus", "Utility"), new("kr-vs-kp", "class"), new("phoneme", "Class"),
        new("quake", "richter"), new("segment", "class"), new("sick", "Class"), new("titanic", "Survived"), new("vehicle", "Class"),
    ];

    /// <summary>Those of the names, or all.</summary>
    public static IReadOnlyList<AutomlTable> Named(string? names) => names is null ? All : [.. names.Split(',').Select(name => All.First(table => table.Name == name))];

    /// <summary>The rows that have a target.</summary>
    /// <param name="folder">Where the tables lie as csv or csv.gz.</param>
    public TrainingTable Read(string folder)
    {
        string path = new[] { $"{Name}.csv", $"{Name}.csv.gz" }.Select(file => Path.Combine(folder, file)).First(File.Exists);
        return PlannedTable.Of(new TrainingPlan { Target = Target, Seed = 1 }, TableFile.Read(path, new TableReadOptions()).Frame).Table;
    }

    /// <summary>The benchmark's metric: ROC AUC for two classes, log loss for more, root mean squared error for numbers.</summary>
    public static Metric MetricOf(LearningTask task) => Metric.Named(task == LearningTask.BinaryClassification ? "roc_auc" : task.IsClassification() ? "log_loss" : "rmse");
}
