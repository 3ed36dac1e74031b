using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>The boolean columns of one category column; any other column stays as it is.</summary>
public sealed record OneHotRule : IColumnRule
{
    private const int None = -1;
    private readonly Dictionary<string, int> placeOf = new(StringComparer.Ordinal);

    /// <param name="column">The column.</param>
    /// <param name="levels">The levels of the training rows, or null for a column that is no category.</param>
    /// <param name="names">Name of each level's column; null for the level that has none.</param>
    /// <param name="other">Name of the column that rare and unseen levels share, or null when there is none.</param>
    public OneHotRule(string column, IReadOnlyList<string>? levels = null, IReadOnlyList<string?>? names = null, string? other = null)
    {
        (Column, Levels, Names, Other) = (column, levels, names, other);
        if (levels?.Count != names?.Count)
        {
            throw new ModelFileException($"Category '{column}' has {levels?.Count ?? 0} levels and {names?.Count ?? 0} names of columns.");
        }

        var outputs = new List<string>();
        for (int i = 0; i < (levels?.Count ?? 0); i++)
        {
            placeOf[levels![i] ?? string.Empty] = names![i] is null ? None : outputs.Count;
            if (names[i] is string name)
            {
                outputs.Add(name);
            }
        }

        if (other is not null)
        {
            outputs.Add(other);
        }

        Outputs = levels is null ? [column] : outputs;
    }

    public string Column { get; }

    public IReadOnlyList<string>? Levels { get; }

    public IReadOnlyList<string?>? Names { get; }

    public string? Other { get; }

    [JsonIgnore]
    public IReadOnlyList<string> Outputs { get; }

    public IEnumerable<Column> Apply(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Levels is null)
        {
            return [column];
        }

        if (column is not CategoryColumn category)
        {
            throw new DataException($"Column '{column.Name}' is {column.Type}, but was a category when the step was fitted.");
        }

        SparseColumnBuilder[] flags = [.. Outputs.Select(_ => new SparseColumnBuilder())];
        int[] placeOfCode = [.. category.Levels.Select(level => placeOf.GetValueOrDefault(level, Other is null ? None : flags.Length - 1))];
        for (int row = 0; row < category.Count; row++)
        {
            int code = category.Codes[row];
            if (code >= 0 && placeOfCode[code] != None)
            {
                flags[placeOfCode[code]].Add(row, 1);
            }
        }

        return Outputs.Select((name, place) => flags[place].ToColumn(name, category.Count, ColumnType.Boolean));
    }
}
