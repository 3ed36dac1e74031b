using Strata.Learning.Data;

namespace Strata.Learning.Workflow;

/// <summary>Rows of which a column of two classes tells whether they are outliers; nothing is learned from it.</summary>
/// <param name="Target">Class 1 of the two is the outliers'.</param>
/// <param name="Rows">The 0-based rows that have a class, ascending.</param>
public sealed record KnownOutliers(ClassTarget Target, int[] Rows)
{
    /// <summary>The column's classes, the rarer one being the outliers' unless another is named; null with a note when there are not two.</summary>
    public static KnownOutliers? Read(Column column, string? outlierClass, List<string> notes)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(notes);
        int[] rows = [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row))];
        Column known = column.Take(rows);
        List<(string Name, int Count)> classes = [.. Enumerable.Range(0, rows.Length).GroupBy(row => known.TextAt(row)!).Select(group => (group.Key, group.Count())).OrderByDescending(pair => pair.Item2).ThenBy(pair => pair.Key, StringComparer.Ordinal)];
        if (classes.Count != 2)
        {
            notes.Add($"'{column.Name}' is left out of what is learned from; with {classes.Count} different values it cannot tell outliers from the others.");
            return null;
        }

        return new KnownOutliers((ClassTarget)TargetReader.Read(known, TargetKind.Classification, outlierClass ?? classes[1].Name), rows);
    }

    /// <summary>The class of each of so many rows as text, null where it is not known.</summary>
    public string?[] Labels(int rowCount)
    {
        var labels = new string?[rowCount];
        for (int i = 0; i < Rows.Length; i++)
        {
            labels[Rows[i]] = Target.Classes[Target.Codes[i]];
        }

        return labels;
    }
}
