using Strata.Learning.Data;

namespace Strata.Solutions.Exoplanets;

/// <summary>A mission's table in the words of the models that ship with the program, which know the common quantities and no mission's column names.</summary>
/// <param name="Rows">The common quantities of each row, in row order.</param>
/// <param name="Note">Whose columns they were found in.</param>
public sealed record SurveyTranslation(Frame Rows, string Note)
{
    /// <summary>The translation, or null when the model does not speak in common quantities, the rows already do, or they are of no known mission.</summary>
    /// <param name="rows">A table as somebody has it.</param>
    /// <param name="wanted">The columns that the model wants.</param>
    public static SurveyTranslation? Of(Frame rows, Schema wanted)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(wanted);
        var common = TransitFeatures.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        string[] lacking = [.. wanted.Names.Where(name => !rows.Contains(name))];
        if (lacking.Length * 2 < common.Count || !wanted.Names.All(common.Contains) || Mission.Recognise(rows.Schema) is not Mission mission)
        {
            return null;
        }

        Frame translated = TransitFeatures.Of(rows, mission.Columns);
        int empty = translated.Columns.Count(column => column.Count > 0 && column.MissingCount == column.Count);
        string missing = empty == 0 ? string.Empty : $" {empty} of them are missing in every row.";
        return new SurveyTranslation(translated, $"Read as a table of {mission.Title}: the model's {translated.ColumnCount} quantities were made from its columns.{missing}");
    }
}
