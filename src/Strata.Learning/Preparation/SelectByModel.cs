using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Says how much each column of a table matters to a model that is fitted on it.</summary>
public interface IColumnRanker
{
    /// <summary>One number a column, in order, the larger the more; never negative.</summary>
    double[] Importances(TrainingTable table, FitContext context);
}

/// <summary>How columns are left out by what a model says of them.</summary>
public enum ModelSelection
{
    /// <summary>One model is asked once.</summary>
    Importance,

    /// <summary>The least important go, a new model is asked, and so on (recursive feature elimination, Guyon and others 2002).</summary>
    Elimination,
}

/// <summary>
/// Keeps the columns that matter most to a model fitted on the training rows: the gain of trees, the size of standardised coefficients (with
/// <c>logistic_regression</c> or <c>lasso</c> those that an L1 penalty left), or for other models what shuffling a column costs. Which model it is, is told by the algorithm's name.
/// </summary>
public sealed record SelectByModel : IStep, IScoringStep
{
    public string Name => "select_by_model";

    [Hyperparameter("The algorithm whose model is asked, by its name in the catalog, with settings in brackets if need be: lasso(alpha=0.1).")]
    public string Algorithm { get; init; } = "random_forest";

    [Hyperparameter("How columns are left out.")]
    public ModelSelection Method { get; init; } = ModelSelection.Importance;

    [Hyperparameter("How many columns are kept at the most; empty takes the share.", Min = 1, Max = 1_000_000)]
    public int? Keep { get; init; }

    [Hyperparameter("The share of columns that is kept where their number is not given.", Min = 0, Max = 1)]
    public double Share { get; init; } = 0.5;

    [Hyperparameter("With elimination, the share of the remaining columns that goes in each round, at least one.", Min = 0, Max = 0.9, Advanced = true)]
    public double Pace { get; init; } = 0.2;

    /// <summary>Asks the algorithm's models; the catalog gives it.</summary>
    public IColumnRanker? Ranker { get; init; }

    public IFittedStep Fit(TrainingTable table, FitContext context) => Fit(table, context, _ => { });

    /// <summary>The scores are those of the model that is asked first, about all columns.</summary>
    (IFittedStep Fitted, IReadOnlyDictionary<string, double?> Scores) IScoringStep.FitScored(TrainingTable table, FitContext context)
    {
        double[] first = [];
        IFittedStep fitted = Fit(table, context, importances => first = first.Length == 0 ? importances : first);
        return (fitted, table.Features.Names.Zip(first).ToDictionary(pair => pair.First, pair => (double?)pair.Second, StringComparer.Ordinal));
    }

    private IFittedStep Fit(TrainingTable table, FitContext context, Action<double[]> told)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        IColumnRanker asked = Ranker ?? throw new InvalidOperationException($"Step '{Name}' has no ranker; take it from the catalog's preparation steps.");
        FitContext quiet = context with { Progress = null, Watched = null, Validation = null, Checkpoints = null };
        double[] Importances(TrainingTable of)
        {
            double[] importances = asked.Importances(of, quiet);
            told(importances);
            return importances;
        }

        int wanted = Math.Min(table.Features.ColumnCount, Keep ?? Math.Max(1, (int)Math.Round(Share * table.Features.ColumnCount)));
        TrainingTable left = table;
        while (Method == ModelSelection.Elimination && left.Features.ColumnCount > wanted)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            int count = Math.Max(wanted, left.Features.ColumnCount - Math.Max(1, (int)(Pace * left.Features.ColumnCount)));
            left = Best(left, Importances(left), count);
        }

        left = left.Features.ColumnCount > wanted ? Best(left, Importances(left), wanted) : left;
        var kept = left.Features.Names.ToHashSet(StringComparer.Ordinal);
        double?[] scores = [.. table.Features.Names.Select(name => (double?)(kept.Contains(name) ? 1 : 0))];
        return BestColumns.Step(Name, table.Features, scores, kept.Count, Share);
    }

    /// <summary>So many columns at the most; what does not matter at all is no reason to fill the number up.</summary>
    private static TrainingTable Best(TrainingTable table, double[] importances, int count)
    {
        bool anyMatters = importances.Any(importance => importance > 0);
        var kept = Enumerable.Range(0, importances.Length).Where(i => importances[i] > 0 || !anyMatters).OrderByDescending(i => importances[i]).Take(count).ToHashSet();
        return table.WithFeatures(new Frame(table.Features.Columns.Where((_, i) => kept.Contains(i))));
    }
}
