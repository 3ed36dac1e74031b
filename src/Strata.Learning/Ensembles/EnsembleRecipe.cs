using Strata.Learning.Data;

namespace Strata.Learning.Ensembles;

/// <summary>A recipe that combines other recipes. Each member prepares the table for itself, on its own training rows.</summary>
public abstract record EnsembleRecipe
{
    private const string ForClasses = "gradient_boosting, random_forest, logistic_regression";
    private const string ForNumbers = "gradient_boosting, random_forest, ridge";

    [Hyperparameter($"The algorithms that are combined, with commas between and settings in brackets: gradient_boosting(trees=200), ridge. Besides its own settings a member takes calibrate=platt, isotonic, temperature or beta, and keep=50 to see only the 50 columns with most to do with the target. Empty takes {ForClasses} (for numbers {ForNumbers}).")]
    public string Members { get; init; } = string.Empty;

    /// <summary>The recipes that are combined, in place of <see cref="Members"/>; each takes the table as it is, so that one that needs complete numbers is a pipeline.</summary>
    public IReadOnlyList<IRecipe> Recipes { get; init; } = [];

    /// <summary>Makes recipes of names; null where recipes are given themselves.</summary>
    public RecipeMaker? Maker { get; init; }

    /// <summary>The members for a task, each under a name that no other has.</summary>
    /// <exception cref="DataException">A member is not known or does not serve the task.</exception>
    private protected IReadOnlyList<Member> MembersFor(LearningTask task)
    {
        if (!task.HasTarget())
        {
            throw new DataException("An ensemble learns to predict a column; name the target.");
        }

        IReadOnlyList<IRecipe> recipes = Recipes.Count > 0 ? Recipes : Made(Members.Trim().Length > 0 ? Members : task.IsClassification() ? ForClasses : ForNumbers, task);
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. recipes.Select(recipe => new Member(NameOf(recipe.Algorithm, used), recipe))];
    }

    /// <summary>The recipes that a text names.</summary>
    private protected IReadOnlyList<IRecipe> Made(string text, LearningTask task)
    {
        var problems = new List<string>();
        var recipes = new List<IRecipe>();
        foreach (MemberText member in MemberText.ReadList(text))
        {
            try
            {
                recipes.Add(KnownMaker(member.Algorithm, member.Hyperparameters, task));
            }
            catch (DataException e)
            {
                problems.AddRange(e.Problems.Select(problem => $"Member '{member.Algorithm}': {problem}"));
            }
        }

        DataException.ThrowIfAny(problems);
        return recipes.Count > 0 ? recipes : throw new DataException("An ensemble needs at least one member.");
    }

    private RecipeMaker KnownMaker => Maker ?? throw new DataException("Members given by name need the catalog to know them: make the recipe by the catalog, or give the recipes themselves.");

    private static string NameOf(string algorithm, Dictionary<string, int> used)
    {
        int number = used[algorithm] = used.GetValueOrDefault(algorithm) + 1;
        return number == 1 ? algorithm : $"{algorithm} {number}";
    }
}
