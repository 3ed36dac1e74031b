using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>The numbers that one new column has for the levels of a category.</summary>
/// <param name="Output">The new column.</param>
/// <param name="Levels">The levels of the training rows, in ordinal order.</param>
/// <param name="Values">The number of each.</param>
/// <param name="Unseen">The number of any other level.</param>
/// <param name="Missing">The number of missing.</param>
public sealed record LevelNumbers(string Output, IReadOnlyList<string> Levels, IReadOnlyList<double> Values, double Unseen, double Missing)
{
    public static LevelNumbers Of(string output, Dictionary<string, double> numberOf, double unseen, double missing)
    {
        string[] levels = [.. numberOf.Keys.Order(StringComparer.Ordinal)];
        return new LevelNumbers(output, levels, [.. levels.Select(level => numberOf[level])], unseen, missing);
    }

    public Float64Column Of(CategoryColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        Dictionary<string, double> numberOf = Levels.Zip(Values).DistinctBy(pair => pair.First).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        double[] numberOfCode = [.. column.Levels.Select(level => numberOf.GetValueOrDefault(level, Unseen))];
        return new Float64Column(Output, Array.ConvertAll(column.Codes, code => code < 0 ? Missing : numberOfCode[code]));
    }
}
