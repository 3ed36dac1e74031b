using Strata.Learning.Data;
using Strata.Solutions;

namespace Strata.Platform.Datasets;

/// <summary>Guesses which column somebody wants to predict.</summary>
internal static class TargetSuggestion
{
    private const int MostClasses = 50;

    private static readonly string[] UsualNames = ["target", "label", "class", "outcome", "y", "diagnosis", "disposition", "species", "survived", "churn", "churned", "default", "price"];

    /// <summary>The preset's target; else a column with a name that targets have; else the last column when it holds a few classes; else null.</summary>
    public static string? Of(Frame table, TablePreset? preset)
    {
        if (preset?.Target is string known && table.Contains(known))
        {
            return known;
        }

        Column? named = UsualNames
            .Select(name => table.Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(column => column is { HasNumbers: true });
        return named?.Name ?? (table.Columns is [.., var last] && HoldsAFewClasses(last) ? last.Name : null);
    }

    private static bool HoldsAFewClasses(Column column) => column is BooleanColumn or SparseNumberColumn { Type: ColumnType.Boolean } or CategoryColumn { Levels.Count: >= 2 and <= MostClasses };
}
