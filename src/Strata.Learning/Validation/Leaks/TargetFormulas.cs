using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Validation.Leaks;

/// <summary>
/// A number target that two to four columns make up exactly: a weighted sum of them, or a product of powers. All pairs are tried; then columns are taken one after the
/// other, each time the one that goes best with what is left (orthogonal matching pursuit, Pati et al. 1993).
/// </summary>
internal static class TargetFormulas
{
    private const int MostColumns = 4;
    private const double Exact = 0.9999;
    private const int LeastRows = 50;
    private const int MostPairColumns = 60;
    private const int PairRows = 2000;

    public static IEnumerable<LeakFinding> Of(AuditedTable rows)
    {
        if (rows.IsClasses || rows.Sample.RowCount < LeastRows)
        {
            yield break;
        }

        List<(string Name, double[] Values)> columns = [];
        foreach (Column column in rows.Sample.Features.Columns)
        {
            if (column.Type != ColumnType.Boolean && AuditedTable.NumbersOf(column) is double[] numbers && Array.TrueForAll(numbers, double.IsFinite))
            {
                columns.Add((column.Name, numbers));
            }
        }

        (string Name, double[] Values)[] positive = [.. columns.Where(column => Array.TrueForAll(column.Values, value => value > 0)).Select(column => (column.Name, Array.ConvertAll(column.Values, Math.Log)))];
        if (Explaining(columns, rows.TargetNumbers) is (string[] parts, double explained))
        {
            yield return Finding(parts, explained, "a weighted sum", rows);
        }
        else if (Array.TrueForAll(rows.TargetNumbers, value => value > 0) && Explaining(positive, Array.ConvertAll(rows.TargetNumbers, Math.Log)) is (string[] factors, double share))
        {
            yield return Finding(factors, share, "a product of powers", rows);
        }
    }

    private static LeakFinding Finding(string[] parts, double explained, string formula, AuditedTable rows) => new(
        LeakKind.TargetFromColumns, LeakSeverity.Warning, parts[0],
        string.Create(CultureInfo.InvariantCulture, $"The target '{rows.TargetName}' is {formula} of {NearNames.List(parts, MostColumns)}, which explains {100 * explained:0.####}% of its variance."),
        "If it was computed from them, leave out at least one that is not known when a prediction is asked for; else no model is needed.",
        new Dictionary<string, double> { ["explained_variance"] = explained, ["columns"] = parts.Length });

    private static (string[] Names, double Explained)? Explaining(IReadOnlyList<(string Name, double[] Values)> columns, double[] target) => Pair(columns, target) ?? Pursue(columns, target);

    /// <summary>Two columns on which the target regresses exactly, by their three correlations.</summary>
    private static (string[] Names, double Explained)? Pair(IReadOnlyList<(string Name, double[] Values)> columns, double[] target)
    {
        int count = Math.Min(columns.Count, MostPairColumns), rows = Math.Min(target.Length, PairRows);
        double[][] directions = [.. columns.Take(count).Select(column => Directed(column.Values[..rows]))];
        double[] aim = Directed(target[..rows]), along = [.. directions.Select(direction => Dot(direction, aim))];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double both = Dot(directions[i], directions[j]), free = 1 - both * both;
                double explained = free > 1e-9 ? (along[i] * along[i] + along[j] * along[j] - 2 * along[i] * along[j] * both) / free : 0;
                if (explained >= Exact && Math.Max(Math.Abs(along[i]), Math.Abs(along[j])) < Math.Sqrt(Exact))
                {
                    return ([columns[j].Name, columns[i].Name], Math.Min(1, explained));
                }
            }
        }

        return null;
    }

    /// <summary>Mean 0 and length 1; zeros for a constant.</summary>
    private static double[] Directed(double[] values)
    {
        double[] centred = Centred(values);
        double length = Math.Sqrt(Dot(centred, centred));
        return length > 0 ? Array.ConvertAll(centred, value => value / length) : centred;
    }

    private static (string[] Names, double Explained)? Pursue(IReadOnlyList<(string Name, double[] Values)> columns, double[] target)
    {
        double[] left = Centred(target);
        double total = Dot(left, left);
        var basis = new List<double[]>();
        var names = new List<string>();
        while (names.Count < Math.Min(MostColumns, columns.Count) && total > 0)
        {
            (string name, double[] values) = columns.Where(column => !names.Contains(column.Name)).MaxBy(column => Math.Abs(Association.Pearson(column.Values, left)));
            double[] direction = Centred(values);
            foreach (double[] known in basis)
            {
                Subtract(direction, known, Dot(direction, known));
            }

            double length = Math.Sqrt(Dot(direction, direction));
            if (!(length > 0))
            {
                break;
            }

            direction = Array.ConvertAll(direction, value => value / length);
            Subtract(left, direction, Dot(left, direction));
            basis.Add(direction);
            names.Add(name);
            double explained = 1 - Dot(left, left) / total;
            if (explained >= Exact)
            {
                return names.Count >= 2 ? ([.. names], explained) : null;
            }
        }

        return null;
    }

    private static double[] Centred(double[] values)
    {
        double mean = values.Average();
        return Array.ConvertAll(values, value => value - mean);
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void Subtract(double[] from, double[] direction, double times)
    {
        for (int i = 0; i < from.Length; i++)
        {
            from[i] -= times * direction[i];
        }
    }
}
