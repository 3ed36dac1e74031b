using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees.Exchange;

/// <summary>The levels of one imported category column, and which of them each of the file's codes is.</summary>
/// <remarks>
/// A code that no split names behaves as every other such code does: it goes where the other program sends what it does not know. Where that is not where missing values go, the column has
/// a level of its own for all of them.
/// </remarks>
internal sealed class CategoryCodes
{
    /// <summary>The level that stands for every code that the file does not name.</summary>
    public const string Unseen = "(other)";

    /// <summary>Scoring holds codes in 16 bits, two of whose values are taken.</summary>
    private const int MostLevels = 65_533;

    /// <summary>Codes up to here are all listed, so that a table of codes 0, 1, 2 ... looks complete.</summary>
    private const int FewCodes = 256;

    private readonly Dictionary<int, int> levelOf;

    private CategoryCodes(string column, IReadOnlyList<string> levels, Dictionary<int, int> levelOf)
    {
        (Levels, this.levelOf) = (levels, levelOf);
        Column = new SchemaColumn(column, ColumnType.Category, Levels, levels is [.., Unseen] ? Unseen : null);
        if (Levels.Count > MostLevels)
        {
            throw new ModelFileException($"Column '{column}' has {Levels.Count} categories; at most {MostLevels} can be told apart.");
        }
    }

    public IReadOnlyList<string> Levels { get; }

    public SchemaColumn Column { get; }

    /// <summary>Where the names of the levels are known: code <c>c</c> is name <c>c</c>, and what has no name counts as missing, as it would in the other program's data frame, unless the last name is <see cref="Unseen"/>.</summary>
    /// <exception cref="ModelFileException">A split names a code beyond the names, or two names are the same.</exception>
    public static CategoryCodes Named(string column, IReadOnlyList<string> names, IEnumerable<int> used)
    {
        int most = used.DefaultIfEmpty(-1).Max();
        if (most >= names.Count)
        {
            throw new ModelFileException($"Column '{column}' has {names.Count} levels ({NearNames.List(names, 5)}), but a split names category {most} (counted from 0).");
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ModelFileException($"Column '{column}' has the level '{twice.Key}' twice.");
        }

        return new CategoryCodes(column, names, Enumerable.Range(0, names.Count).ToDictionary(code => code));
    }

    /// <summary>Where only codes are known: each that the file names is a level.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="used">The codes that splits name, or that the file lists.</param>
    /// <param name="unseenDiffers">Whether some split sends unknown codes to another side than missing values.</param>
    public static CategoryCodes Numbered(string column, IEnumerable<int> used, bool unseenDiffers)
    {
        var codes = new SortedSet<int>(used);
        codes.UnionWith(Enumerable.Range(0, Math.Min(codes.Max, FewCodes) + (codes.Count > 0 ? 1 : 0)));
        string[] levels = [.. codes.Select(code => code.ToString(CultureInfo.InvariantCulture))];
        return new CategoryCodes(column, unseenDiffers ? [.. levels, Unseen] : levels, codes.Index().ToDictionary(pair => pair.Item, pair => pair.Index));
    }

    /// <summary>The level codes of the file's codes.</summary>
    public int[] OfAll(int[] codes) => [.. codes.Select(code => levelOf[code]).Distinct()];
}
