using System.Globalization;

namespace Strata.Learning.Automl;

/// <summary>Up to how many rows and columns an algorithm is tried: beyond, its time or memory grows faster than what it is worth.</summary>
internal static class Reach
{
    private static readonly Dictionary<string, (int Rows, int Columns)> Most = new(StringComparer.Ordinal)
    {
        ["svm"] = (6_000, int.MaxValue),
        ["svr"] = (6_000, int.MaxValue),
        ["gaussian_process"] = (2_000, int.MaxValue),
        ["k_nearest_neighbors"] = (60_000, int.MaxValue),
        ["linear_discriminant"] = (200_000, 1_000),
        ["quadratic_discriminant"] = (200_000, 1_000),
        ["ft_transformer"] = (int.MaxValue, 200),
    };

    /// <summary>Why a candidate is not for such a table; null where it is.</summary>
    public static string? Problem(Candidate candidate, TrainingTable table)
    {
        (int rows, int columns) = Most.GetValueOrDefault(candidate.Algorithm, (int.MaxValue, int.MaxValue));
        return table.RowCount > rows ? string.Create(CultureInfo.InvariantCulture, $"It is tried on up to {rows} rows; there are {table.RowCount}.")
            : table.Features.ColumnCount > columns ? string.Create(CultureInfo.InvariantCulture, $"It is tried on up to {columns} columns; there are {table.Features.ColumnCount}.")
            : null;
    }
}
