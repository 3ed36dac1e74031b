using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Learning.Data;

namespace Strata.Learning.Workflow;

/// <summary>The columns that a training had and its model does not see, among which are those that tell what a row is about.</summary>
/// <param name="Group">The column whose equal values stayed together; null for none.</param>
/// <param name="Dropped">The columns that were left out.</param>
public sealed record SetAsideColumns(string? Group, IReadOnlyList<string> Dropped)
{
    private static readonly string[] IdEndings = ["id", "identifier", "uuid", "guid"];

    /// <summary>Those of a plan as a model's card or a run keeps it; none where there is no plan.</summary>
    public static SetAsideColumns Of(JsonObject? plan) => new(
        Text(plan?["group"]),
        plan?["drop"] is JsonArray dropped ? [.. dropped.Select(Text).OfType<string>()] : []);

    /// <summary>
    /// The columns of a table by which its rows are known, in its order: the group, and of the dropped ones texts that are another in every row, and texts and whole numbers whose name ends with id.
    /// Numbers of another name may be measured: in a few rows these differ too, and some were dropped because they give the answer away.
    /// </summary>
    public Frame IdentifiersIn(Frame table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var dropped = Dropped.ToHashSet(StringComparer.Ordinal);
        return new Frame(table.Columns.Where(column => column.Name == Group || (dropped.Contains(column.Name) && TellsRowsApart(column))));
    }

    private static bool TellsRowsApart(Column column) => IsCalledIdentifier(column.Name)
        ? IsText(column) || IsWhole(column)
        : IsText(column) && IsAnotherInEveryRow(column);

    private static bool IsCalledIdentifier(string name) => IdEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static bool IsText(Column column) => column.Type is ColumnType.Text or ColumnType.Category;

    private static bool IsWhole(Column column) => column.Type is ColumnType.Int64
        || (column.Type is ColumnType.Float64 && Enumerable.Range(0, column.Count).All(row => column.IsMissing(row) || double.IsInteger(column.NumberAt(row))));

    private static bool IsAnotherInEveryRow(Column column)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return Enumerable.Range(0, column.Count).All(row => column.TextAt(row) is string text && seen.Add(text));
    }

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
}
