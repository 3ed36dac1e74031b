using System.Text.Json.Nodes;
using Strata.Learning.Data;

namespace Strata.Solutions;

/// <summary>How one kind of table is learned from honestly: what to predict, what must not be known, and which rows belong together.</summary>
public sealed record TablePreset
{
    /// <summary>Such as <c>exoplanets.kepler</c>.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>The column to predict; null where tables of the kind name it as they like.</summary>
    public required string? Target { get; init; }

    /// <summary>The algorithm that suits such tables, taken where nobody names one; null for the usual one.</summary>
    public string? Algorithm { get; init; }

    /// <summary>Rows that share this column's value never stand on both sides of a split; null for none.</summary>
    public string? Group { get; init; }

    /// <summary>What the target's labels mean, and which class each one is learned as; empty where labels are learned as they are.</summary>
    public required IReadOnlyList<ClassMeaning> Classes { get; init; }

    /// <summary>Columns that a model must not see.</summary>
    public required IReadOnlyList<DroppedColumn> Drop { get; init; }

    public required IReadOnlyList<ColumnMeaning> Columns { get; init; }

    /// <summary>Which rows count, where a table repeats its objects; null for all.</summary>
    public RowRule? Rows { get; init; }

    /// <summary>Columns that together give the table away; empty where only somebody who names the preset knows.</summary>
    public required IReadOnlyList<string> Marks { get; init; }

    /// <summary>Hyperparameters that do well on this kind of table, by algorithm; chosen by cross-validation on training rows.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonNode?>> Recommended { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, JsonNode?>>();

    /// <summary>The given hyperparameters over the recommended ones of an algorithm.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Recommend(string algorithm, IReadOnlyDictionary<string, JsonNode?> given)
    {
        ArgumentNullException.ThrowIfNull(given);
        var values = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach ((string name, JsonNode? value) in (Recommended.GetValueOrDefault(algorithm) ?? new Dictionary<string, JsonNode?>()).Concat(given))
        {
            // A node belongs to one tree of JSON, so each plan gets its own.
            values[name] = value?.DeepClone();
        }

        return values;
    }

    public bool Recognises(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var names = schema.Names.ToHashSet(StringComparer.Ordinal);
        return Marks.Count > 0 && Marks.All(names.Contains);
    }

    /// <summary>The columns to leave out that this table really has; the group column is not among them.</summary>
    public IReadOnlyList<string> DropIn(Schema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var names = schema.Names.ToHashSet(StringComparer.Ordinal);
        return [.. Drop.Select(drop => drop.Column).Where(names.Contains)];
    }

    /// <summary>The class that a label is learned as, or null when rows of that label teach nothing. A class name stands for itself.</summary>
    public string? ClassOf(string? label) => label is null
        ? null
        : Classes.FirstOrDefault(meaning => string.Equals(meaning.Label, label.Trim(), StringComparison.OrdinalIgnoreCase))?.Class
            ?? Classes.FirstOrDefault(meaning => string.Equals(meaning.Class, label.Trim(), StringComparison.OrdinalIgnoreCase))?.Class;

    /// <summary>
    /// The rows to learn from: those that the row rule keeps and whose label is one of the preset's, with labels turned into classes. Columns stay as they are.
    /// </summary>
    public PreparedTable Prepare(Frame table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (Target is null)
        {
            return new PreparedTable(table, [.. Enumerable.Range(0, table.RowCount)], []);
        }

        Column target = table[Target];
        Column? rule = Rows is null ? null : table.TryGet(Rows.Column);
        var rows = new List<int>(table.RowCount);
        var classes = new List<string?>(table.RowCount);
        int repeated = 0, unlabelled = 0;
        for (int row = 0; row < table.RowCount; row++)
        {
            if (rule is not null && rule.TextAt(row) != Rows!.Value)
            {
                repeated++;
            }
            else if (ClassOf(target.TextAt(row)) is string label)
            {
                rows.Add(row);
                classes.Add(label);
            }
            else
            {
                unlabelled++;
            }
        }

        var notes = new List<string>();
        if (repeated > 0)
        {
            notes.Add($"{repeated} rows left out: {Rows!.Reason}");
        }

        if (unlabelled > 0)
        {
            string[] unsettled = [.. Classes.Where(meaning => meaning.Class is null).Select(meaning => meaning.Label)];
            notes.Add($"{unlabelled} rows left out: their '{Target}' is empty or none of the known verdicts{(unsettled.Length > 0 ? $" (unsettled: {string.Join(", ", unsettled)})" : string.Empty)}.");
        }

        int[] kept = [.. rows];
        Frame prepared = table.Take(kept).With(CategoryColumn.Of(Target, classes));
        return new PreparedTable(prepared, kept, notes);
    }
}

/// <summary>A table made ready by a preset.</summary>
/// <param name="Table">The kept rows, every column still there, the target holding classes.</param>
/// <param name="Rows">For each kept row its 0-based index in the original table.</param>
/// <param name="Notes">What was left out and why, for people.</param>
public sealed record PreparedTable(Frame Table, IReadOnlyList<int> Rows, IReadOnlyList<string> Notes);

/// <summary>What one label of the target means.</summary>
/// <param name="Label">As it stands in the table.</param>
/// <param name="Class">The class that it is learned as; null when it is no settled verdict and its rows are left out.</param>
/// <param name="Meaning">One sentence.</param>
public sealed record ClassMeaning(string Label, string? Class, string Meaning);

/// <summary>A column that a model must not see, and why, in one sentence.</summary>
public sealed record DroppedColumn(string Column, string Reason);

/// <summary>What a column holds.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="Title">For people.</param>
/// <param name="Unit">Null where there is none.</param>
/// <param name="Meaning">One sentence.</param>
public sealed record ColumnMeaning(string Name, string Title, string? Unit, string Meaning);

/// <summary>Rows count only where this column has this value; the reason is one sentence.</summary>
public sealed record RowRule(string Column, string Value, string Reason);
