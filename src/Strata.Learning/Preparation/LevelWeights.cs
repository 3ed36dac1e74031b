using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>The levels that occur in a category column, each with the weight of its rows.</summary>
internal static class LevelWeights
{
    public static Dictionary<string, double> Of(CategoryColumn column, double[]? weights)
    {
        var byCode = new double[column.Levels.Count];
        for (int row = 0; row < column.Count; row++)
        {
            if (column.Codes[row] >= 0)
            {
                byCode[column.Codes[row]] += weights?[row] ?? 1;
            }
        }

        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        for (int code = 0; code < byCode.Length; code++)
        {
            if (byCode[code] > 0)
            {
                found[column.Levels[code]] = found.GetValueOrDefault(column.Levels[code]) + byCode[code];
            }
        }

        return found;
    }
}
