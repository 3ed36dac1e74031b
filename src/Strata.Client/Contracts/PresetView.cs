using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>What is known about a kind of table: what to predict, what leaks, what belongs together, what the columns mean.</summary>
/// <param name="Name">The name that runs use, such as <c>exoplanets.kepler</c>.</param>
/// <param name="Title">The name for people.</param>
/// <param name="Target">The column to predict, or null where tables of the kind name it as they like.</param>
/// <param name="Classes">What the target's labels mean, and which class each is learned as; empty where labels are learned as they are.</param>
/// <param name="Group">The column whose equal values are never split apart, or null.</param>
/// <param name="Drop">Columns that may not be learned from.</param>
/// <param name="Columns">What columns mean.</param>
/// <param name="Recommended">Hyperparameters that suit the table, by algorithm; a run uses them where its plan names none.</param>
public sealed record PresetView(
    string Name,
    string Title,
    string? Target,
    IReadOnlyList<ClassLabel> Classes,
    string? Group,
    IReadOnlyList<DroppedColumn> Drop,
    IReadOnlyList<ColumnMeaning> Columns,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> Recommended);

/// <summary>A column that may not be learned from, and why.</summary>
public sealed record DroppedColumn(string Column, string Reason);

/// <summary>What a column means.</summary>
/// <param name="Name">The column.</param>
/// <param name="Title">The name for people.</param>
/// <param name="Unit">The unit of its values, or null.</param>
/// <param name="Meaning">One sentence.</param>
public sealed record ColumnMeaning(string Name, string Title, string? Unit, string Meaning);

/// <summary>What one label of a target means.</summary>
/// <param name="Label">As it stands in the table.</param>
/// <param name="Class">The class that it is learned as; null when rows of that label teach nothing.</param>
/// <param name="Meaning">One sentence.</param>
public sealed record ClassLabel(string Label, string? Class, string Meaning);
