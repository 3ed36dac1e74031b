using Strata.Learning.Data;

namespace Strata.Solutions.Exoplanets;

/// <summary>Finds the column of a table that says what its objects are, and reads it as the classes of a mission or model.</summary>
internal static class LabelColumn
{
    private static readonly string[] UsualNames = ["disposition", "label", "class", "target", "verdict", "is_planet"];

    /// <summary>The mission's own target, another mission's, or a column of a usual name; null when there is none with a value.</summary>
    public static Column? Find(Frame table, Mission mission) =>
        Mission.All.OrderBy(other => other == mission ? 0 : 1).Select(other => other.Preset.Target!)
            .Select(table.TryGet)
            .Concat(table.Columns.Where(column => UsualNames.Contains(column.Name, StringComparer.OrdinalIgnoreCase)))
            .FirstOrDefault(column => column is not null && column.MissingCount < column.Count);

    /// <summary>For each row the class among <paramref name="classes"/> that its label means; null where there is no label or it is unsettled and no class says so.</summary>
    /// <exception cref="DataException">A label is no word for a verdict.</exception>
    public static string?[] Read(Column column, IReadOnlyList<string> classes)
    {
        var read = new string?[column.Count];
        for (int row = 0; row < read.Length; row++)
        {
            if (column.TextAt(row) is not string label || string.IsNullOrWhiteSpace(label))
            {
                continue;
            }

            Verdict verdict = Verdicts.Of(label) ?? throw new DataException(
                $"Column '{column.Name}' is '{label}' in row {row + 1}; expected a verdict such as CONFIRMED, CANDIDATE, FALSE POSITIVE, CP, KP, PC, FP, or 1 and 0.");
            read[row] = Verdicts.ClassFor(verdict, classes);
        }

        return read;
    }
}
