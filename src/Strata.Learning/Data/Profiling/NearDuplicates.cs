using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Strata.Learning.Data.Profiling;

/// <summary>
/// Finds columns that say the same as an earlier one. Numbers are compared by correlation: columns are standardized on a sample of rows and projected on a few
/// random directions, along which near-duplicates lie close together, so that thousands of columns need few comparisons. Others are the same when their
/// levels correspond one to one in every row.
/// </summary>
internal static class NearDuplicates
{
    public const double LeastCorrelation = 0.999;
    private const int SampleRows = 1024;
    private const int LeastRows = 10;

    /// <summary>A warning for each later column of a pair, with the column's index.</summary>
    public static List<(int Index, ProfileWarning Warning)> Of(Frame frame, CancellationToken cancellation) =>
        frame.RowCount < LeastRows ? [] : [.. OfLevels(frame), .. OfNumbers(frame, cancellation)];

    private static IEnumerable<(int Index, ProfileWarning Warning)> OfLevels(Frame frame)
    {
        var firstOf = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = 0; i < frame.ColumnCount; i++)
        {
            Column column = frame.Columns[i];
            if (column.IsNumeric || column is ArrayColumn)
            {
                continue;
            }

            int[] partition = Partition(column, out int distinct);
            string key = Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<int>(partition)));
            if (distinct > 1 && !firstOf.TryAdd(key, column.Name))
            {
                yield return (i, Warning(column.Name, firstOf[key], "says the same in every row as", 1));
            }
        }
    }

    /// <summary>The levels of the rows, numbered in the order of their first row; missing is -1.</summary>
    private static int[] Partition(Column column, out int distinct)
    {
        var numberOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var partition = new int[column.Count];
        for (int row = 0; row < partition.Length; row++)
        {
            string? text = column.TextAt(row);
            if (text is null)
            {
                partition[row] = -1;
            }
            else if (!numberOf.TryGetValue(text, out partition[row]))
            {
                numberOf[text] = partition[row] = numberOf.Count;
            }
        }

        distinct = numberOf.Count;
        return partition;
    }

    private static IEnumerable<(int Index, ProfileWarning Warning)> OfNumbers(Frame frame, CancellationToken cancellation)
    {
        int count = Math.Min(frame.RowCount, SampleRows);
        int[] rows = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * frame.RowCount / count))];
        var repeats = new Dictionary<int, (int Other, double Correlation, bool Same)>();
        foreach ((int first, int second) in ProjectedColumns.NearPairs(frame, rows, cancellation))
        {
            if (repeats.ContainsKey(first) || (repeats.TryGetValue(second, out var known) && known.Other <= first))
            {
                continue;
            }

            (double correlation, bool same) = Correlation(frame.Columns[first], frame.Columns[second]);
            if (Math.Abs(correlation) > LeastCorrelation)
            {
                repeats[second] = (first, correlation, same);
            }
        }

        foreach ((int index, (int other, double correlation, bool same)) in repeats.OrderBy(pair => pair.Key))
        {
            string relation = same ? "has the same values as" : string.Create(CultureInfo.InvariantCulture, $"has a correlation of {Math.Round(correlation, 5, MidpointRounding.ToZero)} with");
            yield return (index, Warning(frame.Columns[index].Name, frame.Columns[other].Name, relation, Math.Abs(correlation)));
        }
    }

    /// <summary>Over the rows where both have a value (Welford's updates); 0 when those are few.</summary>
    private static (double Correlation, bool Same) Correlation(Column a, Column b)
    {
        double count = 0, meanA = 0, meanB = 0, aa = 0, bb = 0, ab = 0;
        bool same = true;
        for (int row = 0; row < a.Count; row++)
        {
            double x = a.NumberAt(row), y = b.NumberAt(row);
            same &= x.Equals(y);
            if (!double.IsNaN(x) && !double.IsNaN(y))
            {
                count++;
                double dx = x - meanA, dy = y - meanB;
                meanA += dx / count;
                meanB += dy / count;
                aa += dx * (x - meanA);
                bb += dy * (y - meanB);
                ab += dx * (y - meanB);
            }
        }

        return count >= LeastRows && aa > 0 && bb > 0 ? (ab / Math.Sqrt(aa * bb), same) : (0, false);
    }

    private static ProfileWarning Warning(string column, string other, string relation, double score) =>
        new(ProfileWarningKind.NearDuplicate, $"'{column}' {relation} '{other}'.", column, other, score);
}
