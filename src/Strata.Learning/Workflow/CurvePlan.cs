using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Learning.Data;

namespace Strata.Learning.Workflow;

/// <summary>What a curve runs over.</summary>
public enum CurveKind
{
    /// <summary>The number of training rows: whether more of them would help.</summary>
    Learning,

    /// <summary>The values of one hyperparameter: where it fits too little, and where too much.</summary>
    Validation,
}

/// <summary>Which algorithm is drawn as a curve, over what, on which folds.</summary>
public sealed record CurvePlan
{
    /// <summary>Target, structure, preparation, algorithm and the hyperparameters that are held. Its test share is left aside: every row is tested in one fold.</summary>
    public required TrainingPlan Training { get; init; }

    public CurveKind Kind { get; init; }

    /// <summary>Of a validation curve: the hyperparameter's name.</summary>
    public string? Parameter { get; init; }

    /// <summary>Of a validation curve: the hyperparameter's values, in the order in which they are shown.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Of a learning curve: shares of each fold's training rows, above 0 and at most 1.</summary>
    public IReadOnlyList<double> Shares { get; init; } = [0.1, 0.25, 0.5, 0.75, 1];

    public int Folds { get; init; } = 5;

    /// <summary>Null for log loss, or root mean squared error.</summary>
    public string? Metric { get; init; }

    /// <summary>The recipes of the curve's places; one for all of a learning curve.</summary>
    /// <exception cref="DataException">Something is missing, or does not fit the algorithm; all problems at once.</exception>
    internal IReadOnlyList<IRecipe> Recipes()
    {
        Algorithm algorithm = Algorithms.Named(Training.Algorithm);
        if (Kind == CurveKind.Learning)
        {
            string? wrong = Parameter is not null || Values.Count > 0 ? "A learning curve runs over the number of rows; a hyperparameter and its values go with a validation curve." : Shares.Count == 0 ? "A learning curve needs at least one share of rows." : null;
            return wrong is null ? [algorithm.Recipe(Training.Hyperparameters)] : throw new DataException(wrong);
        }

        if (Parameter is null || Values.Count == 0)
        {
            throw new DataException($"A validation curve needs a hyperparameter and its values; {algorithm.Title} has: {string.Join(", ", algorithm.Hyperparameters.Select(known => known.Name))}.");
        }

        var (recipes, problems) = (new List<IRecipe>(), new List<string>());
        foreach (string value in Values)
        {
            try
            {
                recipes.Add(algorithm.Recipe(new Dictionary<string, JsonNode?>(Training.Hyperparameters) { [Parameter] = value }));
            }
            catch (DataException e)
            {
                problems.AddRange(e.Problems.Except(problems));
            }
        }

        DataException.ThrowIfAny(problems);
        return recipes;
    }
}
