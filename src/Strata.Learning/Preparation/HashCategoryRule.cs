using System.Text;
using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>The hashed columns of a category; without names the column stays as it is.</summary>
public sealed record HashCategoryRule(string Column, IReadOnlyList<string>? Names = null) : IColumnRule
{
    public IReadOnlyList<string>? Names { get; } = Names is { Count: 0 } ? throw new ModelFileException($"Column '{Column}' is hashed to no column.") : Names;

    [JsonIgnore]
    public IReadOnlyList<string> Outputs => Names ?? [Column];

    public IEnumerable<Column> Apply(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Names is null)
        {
            return [column];
        }

        if (column is not CategoryColumn category)
        {
            throw new DataException($"Column '{column.Name}' is {column.Type}, but was a category when the step was fitted.");
        }

        SparseColumnBuilder[] values = [.. Names.Select(_ => new SparseColumnBuilder())];
        (int Place, int Sign)[] ofCode = [.. category.Levels.Select(level => MurmurHash.Place(Encoding.UTF8.GetBytes($"{Column}={level}"), Names.Count))];
        for (int row = 0; row < category.Count; row++)
        {
            if (category.Codes[row] >= 0)
            {
                (int place, int sign) = ofCode[category.Codes[row]];
                values[place].Add(row, sign);
            }
        }

        return Names.Zip(values, (name, numbers) => numbers.ToColumn(name, category.Count));
    }
}
