using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Automl;

/// <summary>
/// The best model in the time that is given: a portfolio of recipes fitted on folds, in one or two layers, and those of them weighted together that predict best what they had
/// not seen (greedy selection, Caruana et al. 2004).
/// </summary>
public sealed record AutomlRecipe : IRecipe<AutomlModel>
{
    public const string AlgorithmName = "automl";

    public string Algorithm => AlgorithmName;

    /// <inheritdoc/>
    public IReadOnlyList<ColumnType> ArrayTypes { get; } = [ColumnType.Series, ColumnType.Image, ColumnType.Points];

    [Hyperparameter("How much is tried: a few quick candidates (fast), the whole portfolio (good), two layers (high), two layers on more folds (best).")]
    public AutomlPreset Preset { get; init; } = AutomlPreset.Good;

    [Hyperparameter("Seconds from the beginning of the fit; it ends with what is ready.", Min = 1, Max = 1e7)]
    public double TimeLimit { get; init; } = 300;

    [Hyperparameter("The metric that decides; empty takes roc_auc for two classes, log_loss for more and rmse for numbers.")]
    public string Metric { get; init; } = string.Empty;

    [Hyperparameter("In how many parts the rows are split, each predicted by models that have not seen it; 0 decides by preset, rows and time.", Min = 0, Max = 100)]
    public int Folds { get; init; }

    [Hyperparameter("Layers of candidates, the second learning from the columns and from what the first predicts; 0 decides by preset.", Min = 0, Max = 2)]
    public int Layers { get; init; }

    [Hyperparameter("Megabytes that models and their predictions may take together; 0 takes half of what the program may have.", Min = 0, Max = 1e9)]
    public double MemoryLimit { get; init; }

    [Hyperparameter("Whether the clock decides nothing: a fixed number of candidates by preset, and the same seed gives the same model.")]
    public bool Deterministic { get; init; }

    [Hyperparameter("Microseconds that predicting a row may take, measured on many rows at a time; 0 for no limit.", Min = 0, Max = 1e12)]
    public double InferLimit { get; init; }

    [Hyperparameter("The algorithms or families (boosting, forests, linear, neighbors, svm, neural, random_kernels) that are tried beside the baselines; empty for all.")]
    public IReadOnlyList<string> Algorithms { get; init; } = [];

    [Hyperparameter("Whether each chosen candidate is fitted once more on all rows, instead of answering by the mean of its folds' models: quicker answers, mostly a little worse.")]
    public bool Refit { get; init; }

    [Hyperparameter("Whether the model keeps every candidate, and not only those that it uses and the best few.", Advanced = true)]
    public bool KeepAll { get; init; }

    /// <summary>The candidates in order, as <c>gradient_boosting(trees=200)</c>; empty takes the one that the program brings for the task.</summary>
    public IReadOnlyList<string> Portfolio { get; init; } = [];

    /// <summary>Makes recipes of names; the catalog gives it.</summary>
    public RecipeMaker? Maker { get; init; }

    /// <summary>Hears of every candidate as it ends; null for nobody.</summary>
    public IProgress<AutomlEvent>? Watch { get; init; }

    /// <summary>Asks the fit to end soon with what is ready.</summary>
    public CancellationToken Enough { get; init; }

    /// <summary>Reads a model back from a checkpoint; null where none is kept.</summary>
    internal Func<ModelReader, IModel>? ReadModel { get; init; }

    public AutomlModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        table.RequireSomethingToLearn();
        Target.Require(table.Target);
        context.Cancellation.ThrowIfCancellationRequested();
        return new AutomlFit(this, table, context).Run();
    }

    /// <summary>The metric that decides for a task.</summary>
    /// <exception cref="DataException">There is no such metric for it.</exception>
    internal Metrics.Metric MetricFor(LearningTask task) => Metric.Trim() is { Length: > 0 } name ? Metrics.Metric.Named(name, task)
        : task == LearningTask.BinaryClassification ? Metrics.Metric.Named("roc_auc", task)
        : Metrics.Metric.DefaultFor(task);
}
