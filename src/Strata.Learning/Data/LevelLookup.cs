using System.Runtime.CompilerServices;

namespace Strata.Learning.Data;

/// <summary>
/// Finds the code of a level by its text, and where the text is not among the levels by what it means: the number <c>5</c> is the level <c>5.0</c>, and
/// <c>true</c> the level <c>yes</c>, because another file with the same values may have been read as numbers or booleans.
/// </summary>
internal sealed class LevelLookup
{
    /// <summary>A model's columns are asked for with every row that it predicts.</summary>
    private static readonly ConditionalWeakTable<SchemaColumn, LevelLookup> Known = [];

    private readonly Dictionary<string, int> byText = new(StringComparer.Ordinal);
    private readonly Dictionary<double, int> byNumber = [];
    private readonly Dictionary<bool, int> byBoolean = [];

    /// <param name="levels">The levels in code order.</param>
    /// <param name="unseenLevel">The one of them that unknown texts count as; null for missing.</param>
    private LevelLookup(IReadOnlyList<string> levels, string? unseenLevel = null)
    {
        Levels = levels;
        for (int code = 0; code < levels.Count; code++)
        {
            byText.TryAdd(levels[code], code);
            if (NumberText.TryParse(levels[code], out double number))
            {
                byNumber.TryAdd(number, code);
            }
            else if (BooleanText.TryParse(levels[code], out bool value))
            {
                byBoolean.TryAdd(value, code);
            }
        }

        UnseenCode = unseenLevel is null ? -1 : byText.GetValueOrDefault(unseenLevel, -1);
    }

    public IReadOnlyList<string> Levels { get; }

    /// <summary>What a text that is no level counts as: a level's code, or -1 for missing.</summary>
    public int UnseenCode { get; }

    /// <summary>The look-up of a category with levels, made once as long as the column's description lives.</summary>
    public static LevelLookup Of(SchemaColumn column) => Known.GetValue(column, one => new LevelLookup(one.Levels!, one.UnseenLevel));

    /// <summary>The level's code, or -1.</summary>
    public int CodeOf(string text)
    {
        if (byText.TryGetValue(text, out int code)
            || (NumberText.TryParse(text, out double number) && byNumber.TryGetValue(number, out code))
            || (text is "true" or "false" && byBoolean.TryGetValue(text == "true", out code)))
        {
            return code;
        }

        return -1;
    }
}
