using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;

namespace Strata.Learning.Catalog;

/// <summary>One row of the catalog: an algorithm's name, what it is for, its recipe with the defaults, and how its model is read back.</summary>
public sealed class Algorithm
{
    private readonly Func<IRecipe> create;

    internal Algorithm(string title, string summary, bool needsCompleteNumbers, Func<IRecipe> create, Func<ModelReader, IModel> readModel, params LearningTask[] tasks)
    {
        this.create = create;
        (Title, Summary, NeedsCompleteNumbers, ReadModel, Tasks) = (title, summary, needsCompleteNumbers, readModel, tasks);
        DefaultSteps = needsCompleteNumbers ? DefaultPreparation.CompleteNumbers : DefaultPreparation.AsItIs;
        IRecipe sample = create();
        Name = sample.Algorithm;
        ArrayTypes = sample.ArrayTypes;
        Hyperparameters = Hyperparameter.Of(sample);
    }

    /// <summary>The name that files, REST and the command line use, such as <c>gradient_boosting</c>.</summary>
    public string Name { get; }

    /// <summary>The name that people read.</summary>
    public string Title { get; }

    /// <summary>One or two sentences: what it is good for.</summary>
    public string Summary { get; }

    public IReadOnlyList<LearningTask> Tasks { get; }

    /// <summary>Whether it learns to predict a column, and not only from rows.</summary>
    public bool NeedsTarget => Tasks.Any(task => task.HasTarget());

    /// <summary>Whether categories must be encoded and missing values filled before it can learn.</summary>
    public bool NeedsCompleteNumbers { get; }

    /// <summary>The kinds of array columns that it learns from; empty for what learns from tables alone.</summary>
    public IReadOnlyList<ColumnType> ArrayTypes { get; }

    /// <summary>The preparation that suits it when nobody asks for another.</summary>
    public IReadOnlyList<IStep> DefaultSteps { get; internal init; }

    public IReadOnlyList<Hyperparameter> Hyperparameters { get; }

    /// <summary>Reads a model of this algorithm back from a model file.</summary>
    public Func<ModelReader, IModel> ReadModel { get; }

    /// <summary>The recipe with the given values in place of its defaults. Values are JSON or text.</summary>
    /// <exception cref="DataException">A name is unknown or a value does not fit; all problems at once.</exception>
    public IRecipe Recipe(IReadOnlyDictionary<string, JsonNode?>? values = null)
    {
        IRecipe recipe = create();
        var problems = new List<string>();
        var givenBy = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, JsonNode? given) in values ?? new Dictionary<string, JsonNode?>())
        {
            Hyperparameter? hyperparameter = Hyperparameters.FirstOrDefault(known => known.IsCalled(name));
            if (hyperparameter is null)
            {
                problems.Add(Unknown(name, recipe));
                continue;
            }

            if (!givenBy.TryAdd(hyperparameter.Name, name))
            {
                problems.Add($"'{givenBy[hyperparameter.Name]}' and '{name}' are one setting of {Title}; give one of them.");
                continue;
            }

            int before = problems.Count;
            object? value = hyperparameter.Read(given, problems);
            if (problems.Count == before)
            {
                hyperparameter.Set(recipe, value);
            }
        }

        DataException.ThrowIfAny(problems);
        return recipe;
    }

    /// <summary>A recipe of this algorithm behind the preparation that suits it; arrays, where it takes none, are turned to numbers first.</summary>
    public Pipeline Prepared(IRecipe recipe) => DefaultPreparation.Before(recipe, DefaultSteps);

    /// <summary>A recipe of this algorithm behind given steps, and after them what it cannot do without.</summary>
    public Pipeline Prepared(IRecipe recipe, IReadOnlyList<IStep> steps) => DefaultPreparation.After(steps, recipe, NeedsCompleteNumbers);

    /// <summary>The JSON schema (draft 2020-12) of the hyperparameters, from which forms are made.</summary>
    public JsonObject JsonSchema() => Hyperparameter.JsonSchema(Title, Summary, Hyperparameters);

    private string Unknown(string name, IRecipe recipe)
    {
        if (recipe is IPreset preset && preset.Refused.TryGetValue(name, out string? why))
        {
            return $"{Title} does not take '{name}': {why}";
        }

        string[] names = [.. Hyperparameters.Select(known => known.Name)];
        string hint = NearNames.Nearest(name, [.. names, .. Hyperparameters.SelectMany(known => known.Declared.Aliases)]) is string near ? $"Did you mean '{near}'?" : $"It has: {string.Join(", ", names)}.";
        return $"{Title} has no hyperparameter '{name}'. {hint}";
    }
}
