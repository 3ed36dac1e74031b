using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Counterfactuals;

/// <summary>Numbers that a column may be changed to, ends included.</summary>
public sealed record AllowedRange(double Low, double High);

/// <summary>What is wanted of a counterfactual, and how far it is looked for.</summary>
public sealed record CounterfactualOptions
{
    /// <summary>Rows whose values are possible; null takes the explained rows themselves. Columns are changed to nothing beyond them.</summary>
    public Frame? Background { get; init; }

    /// <summary>The class that is wanted; null for any other than now. For outliers and clusters as their predictions are labelled.</summary>
    public string? WantedClass { get; init; }

    /// <summary>Where the number is wanted: at least this; null for no lower end.</summary>
    public double? WantedLow { get; init; }

    /// <summary>Where the number is wanted: at most this; null for no upper end.</summary>
    public double? WantedHigh { get; init; }

    /// <summary>Columns that stay as they are. Texts and arrays always do.</summary>
    public IReadOnlyList<string> Immutable { get; init; } = [];

    /// <summary>By column of numbers: narrower bounds than those of the background.</summary>
    public IReadOnlyDictionary<string, AllowedRange> Ranges { get; init; } = new Dictionary<string, AllowedRange>();

    /// <summary>How many counterfactuals are told, each of other columns.</summary>
    public int Count { get; init; } = 3;

    /// <summary>How many changed rows the model is asked for, for one explained row.</summary>
    public int Evaluations { get; init; } = 10_000;

    /// <summary>Threads, seed, cancellation, progress in rows.</summary>
    public FitContext Context { get; init; } = new();

    /// <exception cref="DataException">A setting does not fit the model.</exception>
    internal void Check(ModelSignature signature)
    {
        string[] names = [.. signature.Features.Names];
        bool isNumber = signature.Task == LearningTask.Regression, hasRange = WantedLow is not null || WantedHigh is not null;
        var problems = new List<string>();
        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add(problem);
            }
        }

        Require(Count is >= 1 and <= 100, $"{Count} counterfactuals are asked for; expected 1 to 100.");
        Require(Evaluations >= 100, $"Evaluations are {Evaluations}; expected at least 100.");
        Require(isNumber || !hasRange, $"A range is wanted, but '{signature.Target}' is no number; name a class.");
        Require(!isNumber || hasRange, $"'{signature.Target}' is a number; say in which range it is wanted.");
        Require(!isNumber || WantedClass is null, $"Class '{WantedClass}' is wanted, but '{signature.Target}' is a number; expected a range.");
        Require(!(WantedLow > WantedHigh), $"The wanted range goes from {WantedLow} to {WantedHigh}; expected its lower end first.");
        Require(WantedClass is null || !signature.Task.IsClassification() || signature.Classes.Contains(WantedClass), $"There is no class '{WantedClass}'; there are {string.Join(", ", signature.Classes)}.");
        problems.AddRange(Immutable.Concat(Ranges.Keys).Where(name => !names.Contains(name)).Distinct().Select(name => $"The model has no column '{name}' to hold or to bound."));
        problems.AddRange(Ranges.Where(range => !(range.Value.Low <= range.Value.High)).Select(range => $"The range of '{range.Key}' goes from {range.Value.Low} to {range.Value.High}; expected its lower end first."));
        DataException.ThrowIfAny(problems);
    }
}
