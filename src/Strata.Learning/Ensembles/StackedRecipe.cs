using Strata.Learning.Data;

namespace Strata.Learning.Ensembles;

/// <summary>A recipe that learns what to make of its members' predictions for rows that they have not seen.</summary>
public abstract record StackedRecipe : EnsembleRecipe
{
    [Hyperparameter("The algorithm that learns from the members' predictions, with settings in brackets. Empty takes logistic_regression (for numbers ridge).")]
    public string MetaLearner { get; init; } = string.Empty;

    [Hyperparameter("Whether the meta-learner sees the original columns beside the predictions.")]
    public bool PassThrough { get; init; }

    /// <summary>The recipe that learns from the members' predictions, in place of <see cref="MetaLearner"/>.</summary>
    public IRecipe? MetaRecipe { get; init; }

    /// <summary>The meta-learner for a task.</summary>
    internal IRecipe MetaFor(LearningTask task)
    {
        if (MetaRecipe is not null)
        {
            return MetaRecipe;
        }

        IReadOnlyList<IRecipe> made = Made(MetaLearner.Trim().Length > 0 ? MetaLearner : task.IsClassification() ? "logistic_regression" : "ridge", task);
        return made.Count == 1 ? made[0] : throw new DataException($"'{MetaLearner}' names {made.Count} meta-learners; give one.");
    }
}
