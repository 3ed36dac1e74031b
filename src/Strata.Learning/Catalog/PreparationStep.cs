using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Learning.Preparation;

namespace Strata.Learning.Catalog;

/// <summary>One preparation step as plans, forms and help know it: its name, what it is for, and its settings.</summary>
public sealed class PreparationStep
{
    private readonly StepKind kind;

    internal PreparationStep(StepKind kind)
    {
        this.kind = kind;
        Hyperparameters = Hyperparameter.Of(kind.Create());
    }

    /// <summary>Such as <c>impute</c>.</summary>
    public string Name => kind.Name;

    /// <summary>One or two sentences.</summary>
    public string Summary => kind.Summary;

    public IReadOnlyList<Hyperparameter> Hyperparameters { get; }

    /// <summary>The step with the given values in place of its defaults. Values are JSON or text.</summary>
    /// <exception cref="DataException">A name is unknown or a value does not fit; all problems at once.</exception>
    public IStep Recipe(IReadOnlyDictionary<string, JsonNode?>? values = null)
    {
        IStep step = kind.Create();
        var problems = new List<string>();
        foreach ((string name, JsonNode? given) in values ?? new Dictionary<string, JsonNode?>())
        {
            if (Hyperparameters.FirstOrDefault(known => known.IsCalled(name)) is not Hyperparameter hyperparameter)
            {
                string[] names = [.. Hyperparameters.Select(known => known.Name)];
                string hint = NearNames.Nearest(name, names) is string near ? $"Did you mean '{near}'?" : names.Length == 0 ? "It has none." : $"It has: {string.Join(", ", names)}.";
                problems.Add($"Step '{Name}' has no setting '{name}'. {hint}");
                continue;
            }

            int before = problems.Count;
            object? value = hyperparameter.Read(given, problems);
            if (problems.Count == before)
            {
                hyperparameter.Set(step, value);
            }
        }

        DataException.ThrowIfAny([.. problems.Select(problem => problem.StartsWith("Step", StringComparison.Ordinal) ? problem : $"Step '{Name}': {problem}")]);
        return step switch
        {
            SelectByModel select => select with { Ranker = ModelRanker.Of(select.Algorithm) },
            IsolateOutliers isolate => isolate with { Scorer = new IsolationScorer() },
            _ => step,
        };
    }

    /// <summary>The JSON schema (draft 2020-12) of the settings, from which forms are made.</summary>
    public JsonObject JsonSchema() => Hyperparameter.JsonSchema(Name, Summary, Hyperparameters);
}
