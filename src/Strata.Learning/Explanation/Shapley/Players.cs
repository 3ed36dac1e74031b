using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Shapley;

/// <summary>Who shares what is explained: the columns of a model, those of a group as one.</summary>
internal sealed class Players
{
    private Players(IReadOnlyList<string> names, int[] ofColumns) => (Names, OfColumns) = (names, ofColumns);

    /// <summary>Columns and groups, a group at the place of its first column.</summary>
    public IReadOnlyList<string> Names { get; }

    public int Count => Names.Count;

    /// <summary>By column: which player it belongs to.</summary>
    public int[] OfColumns { get; }

    /// <exception cref="DataException">A group names a column that there is not, that another group has, or nothing; or its name is taken.</exception>
    public static Players Of(Schema features, IReadOnlyList<ColumnGroup>? groups)
    {
        var groupOf = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<string>();
        string[] columns = [.. features.Names];
        foreach (ColumnGroup group in groups ?? [])
        {
            problems.AddRange(group.Columns.Count == 0 ? [$"Group '{group.Name}' has no columns."] : []);
            problems.AddRange(group.Columns.Where(column => !columns.Contains(column)).Select(column => $"Group '{group.Name}' names column '{column}', which the model does not have."));
            problems.AddRange(group.Columns.Where(column => !groupOf.TryAdd(column, group.Name)).Select(column => $"Column '{column}' is in group '{groupOf[column]}' and in '{group.Name}'; expected at most one."));
        }

        problems.AddRange(columns.Where(column => !groupOf.ContainsKey(column) && groupOf.ContainsValue(column)).Select(column => $"Group '{column}' has the name of a column outside of it."));
        DataException.ThrowIfAny(problems);
        var names = new List<string>();
        var ofColumns = new int[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            string name = groupOf.GetValueOrDefault(columns[i], columns[i]);
            int player = names.IndexOf(name);
            if (player < 0)
            {
                names.Add(name);
                player = names.Count - 1;
            }

            ofColumns[i] = player;
        }

        return new Players(names, ofColumns);
    }
}
