using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>An algorithm of the catalog.</summary>
/// <param name="Name">The name that plans use, such as <c>gradient_boosting</c>.</param>
/// <param name="Title">The name for people.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Tasks">What it can learn.</param>
/// <param name="Hyperparameters">What can be set, in the order of a form.</param>
/// <param name="NeedsCompleteNumbers">Whether gaps are filled and categories spread out before it learns; else it takes them as they are.</param>
/// <param name="UsualPreparation">The steps by which a table is prepared for it when a plan names none.</param>
/// <param name="ArrayTypes">The kinds of array columns that it learns from; empty for what learns from tables, to which arrays are described by numbers.</param>
public sealed record AlgorithmView(
    string Name, string Title, string Summary, IReadOnlyList<LearningTask> Tasks, IReadOnlyList<HyperparameterView> Hyperparameters, bool NeedsCompleteNumbers,
    IReadOnlyList<string> UsualPreparation, IReadOnlyList<ColumnType> ArrayTypes);

/// <summary>One hyperparameter of an algorithm, as it was declared.</summary>
/// <param name="Name">The name that plans use.</param>
/// <param name="Type">What its values are.</param>
/// <param name="Default">The value when a plan says nothing; null for none.</param>
/// <param name="Min">The smallest allowed value, or null for no bound.</param>
/// <param name="Max">The largest allowed value, or null for no bound.</param>
/// <param name="Choices">The allowed values of a choice, else null.</param>
/// <param name="Meaning">One sentence, with the unit where there is one.</param>
/// <param name="Advanced">Whether forms show it only when asked to.</param>
/// <param name="LogScale">Whether sensible values differ by factors.</param>
public sealed record HyperparameterView(
    string Name,
    HyperparameterType Type,
    JsonElement? Default,
    double? Min,
    double? Max,
    IReadOnlyList<string>? Choices,
    string Meaning,
    bool Advanced,
    bool LogScale);

/// <summary>What the values of a hyperparameter are.</summary>
public enum HyperparameterType
{
    Integer,
    Number,
    Boolean,
    Choice,
    Text,
    Names,
}
