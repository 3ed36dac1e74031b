using Strata.Learning.Data;

namespace Strata.Learning.Ensembles;

/// <summary>Columns that were measured together, such as one kind of molecule: where one of them is missing, mostly all are.</summary>
/// <param name="Name">The prefix of their names, without the mark behind it.</param>
/// <param name="Columns">The columns, by name.</param>
internal sealed record ColumnBlock(string Name, IReadOnlyList<string> Columns)
{
    /// <summary>Stands between a block's name and a column's, where nobody names prefixes.</summary>
    public const char Mark = ':';

    private const string Others = "others";

    /// <summary>The blocks of a table, in the order of their first columns.</summary>
    /// <param name="names">The columns.</param>
    /// <param name="prefixes">How the columns of each block begin, with commas between; empty takes what stands before the first <see cref="Mark"/> of each name. Columns without are one more block.</param>
    /// <exception cref="DataException">No column begins with one of the prefixes.</exception>
    public static IReadOnlyList<ColumnBlock> Of(IEnumerable<string> names, string prefixes)
    {
        string[] given = prefixes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Func<string, string> prefixOf = given.Length == 0 ? BeforeMark : name => given.Where(prefix => name.StartsWith(prefix, StringComparison.Ordinal)).MaxBy(prefix => prefix.Length) ?? string.Empty;
        ILookup<string, string> blocks = names.ToLookup(prefixOf, StringComparer.Ordinal);
        DataException.ThrowIfAny([.. given.Distinct(StringComparer.Ordinal).Where(prefix => !blocks.Contains(prefix)).Select(prefix => $"No column begins with '{prefix}', the prefix of a block.")]);
        Dictionary<string, string> titles = blocks.ToDictionary(block => block.Key, block => block.Key.Length == 0 ? Others : block.Key.TrimEnd(Mark, '_', '.', '-', ' '), StringComparer.Ordinal);
        bool IsClear(string prefix) => titles[prefix].Length > 0 && titles.Values.Count(other => other == titles[prefix]) == 1;
        return [.. blocks.Select(block => new ColumnBlock(block.Key.Length == 0 || IsClear(block.Key) ? titles[block.Key] : block.Key, [.. block]))];
    }

    /// <summary>For each row of a table the blocks of which it has at least one value, the first as bit 0. A row without any value counts as one with all: there is nothing to tell it by.</summary>
    public static int[] PresentIn(Frame rows, IReadOnlyList<ColumnBlock> blocks)
    {
        var present = new int[rows.RowCount];
        for (int block = 0; block < blocks.Count; block++)
        {
            Column[] columns = [.. blocks[block].Columns.Select(name => rows[name])];
            bool hasComplete = Array.Exists(columns, column => column.MissingCount == 0);
            for (int row = 0; row < present.Length; row++)
            {
                if (hasComplete || Array.Exists(columns, column => !column.IsMissing(row)))
                {
                    present[row] |= 1 << block;
                }
            }
        }

        int all = (1 << blocks.Count) - 1;
        return Array.ConvertAll(present, mask => mask == 0 ? all : mask);
    }

    private static string BeforeMark(string name) => name.IndexOf(Mark, StringComparison.Ordinal) is > 0 and int at ? name[..(at + 1)] : string.Empty;
}
