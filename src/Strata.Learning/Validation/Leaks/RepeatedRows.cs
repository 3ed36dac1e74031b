using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Data.Profiling;
using Strata.Tensors;

namespace Strata.Learning.Validation.Leaks;

/// <summary>Test rows that stand among the training rows too, exactly or but for a trifle. Rows of few, coarse columns repeat by chance and do not count.</summary>
internal static class RepeatedRows
{
    private const double SurprisingCount = 0.01;
    private const double WarningShare = 0.01;
    private const int LeastRows = 5;
    private const int MostNamed = 3;
    private const double NearTolerance = 1e-3;
    private const int LeastFineColumns = 3;
    private const int MostNearRows = 50_000;
    private const int MostComparisons = 64;

    public static IEnumerable<LeakFinding> Of(AuditedTable rows)
    {
        if (rows.Split is not RowSplit split || split.Train.Length == 0 || split.Test.Length == 0)
        {
            return [];
        }

        (int Test, int Train)[] exact = Exact(rows, split, Hashes(rows.Table.Features));
        if (Finding(LeakKind.DuplicateRows, exact, rows, split, "stand in the training rows too, value for value") is LeakFinding repeated)
        {
            return [repeated];
        }

        (int Test, int Train)[] near = split.Train.Length + split.Test.Length <= MostNearRows ? Near(rows.Table.Features, split, rows.Cancellation) : [];
        return Finding(LeakKind.NearDuplicateRows, near, rows, split, "are training rows but for less than a thousandth of each column's spread") is LeakFinding found ? [found] : [];
    }

    private static LeakFinding? Finding(LeakKind kind, (int Test, int Train)[] pairs, AuditedTable rows, RowSplit split, string what)
    {
        double share = (double)pairs.Length / split.Test.Length;
        string named = rows.Names.Row is { } name ? $" Such are {string.Join("; ", pairs.Take(MostNamed).Select(pair => $"{name(pair.Test)}, which is {name(pair.Train)}"))}." : string.Empty;
        return pairs.Length < Least(rows) ? null : new LeakFinding(
            kind, share >= WarningShare ? share >= 0.1 ? LeakSeverity.Critical : LeakSeverity.Warning : LeakSeverity.Notice, null,
            string.Create(CultureInfo.InvariantCulture, $"{pairs.Length} of {split.Test.Length} test rows ({ColumnWarnings.Percent(share)}) {what}: the model has seen their answers.{named}"),
            rows.Names.IsTestApart ? "Remove them from one of the two tables." : "Remove repeated rows before splitting, or declare what they have in common (--group).",
            new Dictionary<string, double> { ["test_rows"] = pairs.Length, ["test_share"] = share });
    }

    /// <summary>A few rows meet in any split of a table; a test table of its own has none of them.</summary>
    private static int Least(AuditedTable rows) => rows.Names.IsTestApart ? 1 : LeastRows;

    /// <summary>Test rows equal to a training row, where the training rows' values would hardly meet so by chance if columns did not depend on one another.</summary>
    private static (int Test, int Train)[] Exact(AuditedTable rows, RowSplit split, ulong[] hashes)
    {
        var trained = new Dictionary<ulong, int>();
        foreach (int row in split.Train)
        {
            trained.TryAdd(hashes[row], row);
        }

        (int Test, int Train)[] equal = [.. split.Test.Where(row => trained.ContainsKey(hashes[row])).Select(row => (row, trained[hashes[row]]))];
        if (equal.Length < Least(rows))
        {
            return equal;
        }

        var isTrained = new bool[hashes.Length];
        foreach (int row in split.Train)
        {
            isTrained[row] = true;
        }

        double[] expected = [.. equal.Select(_ => Math.Log(split.Train.Length))];
        foreach (Column column in rows.Table.Features.Columns)
        {
            Dictionary<ulong, int> counts = CountsOf(column, split.Train, isTrained);
            for (int i = 0; i < equal.Length; i++)
            {
                expected[i] += Math.Log((double)counts.GetValueOrDefault(ValueHash(column, equal[i].Test), 1) / split.Train.Length);
            }
        }

        return [.. equal.Where((_, i) => Math.Exp(expected[i]) < SurprisingCount)];
    }

    /// <summary>How often each value stands in the training rows.</summary>
    private static Dictionary<ulong, int> CountsOf(Column column, int[] trained, bool[] isTrained)
    {
        var counts = new Dictionary<ulong, int>();
        int[] looked = column is SparseNumberColumn entries ? Array.FindAll(entries.Rows, row => isTrained[row]) : trained;
        foreach (int row in looked)
        {
            ulong value = ValueHash(column, row);
            counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        if (column is SparseNumberColumn sparse)
        {
            ulong common = ValueHash(sparse.Common);
            counts[common] = counts.GetValueOrDefault(common) + trained.Length - looked.Length;
        }

        return counts;
    }

    private static ulong[] Hashes(Frame features)
    {
        var hashes = new ulong[features.RowCount];
        foreach ((int place, Column column) in features.Columns.Index())
        {
            if (column is SparseNumberColumn sparse)
            {
                // Rows with the common value stay as they are.
                foreach (int row in sparse.Rows.Where((_, i) => !sparse.Values[i].Equals(sparse.Common)))
                {
                    hashes[row] = (hashes[row] ^ (ValueHash(column, row) + (ulong)place)) * 1099511628211UL + 0x9E3779B97F4A7C15UL;
                    hashes[row] ^= hashes[row] >> 29;
                }

                continue;
            }

            for (int row = 0; row < hashes.Length; row++)
            {
                hashes[row] = (hashes[row] ^ ValueHash(column, row)) * 1099511628211UL + 0x9E3779B97F4A7C15UL;
                hashes[row] ^= hashes[row] >> 29;
            }
        }

        return hashes;
    }

    private static ulong ValueHash(double number) => BitConverter.DoubleToUInt64Bits(number) * 0xBF58476D1CE4E5B9UL;

    private static ulong ValueHash(Column column, int row)
    {
        if (column.HasNumbers)
        {
            return ValueHash(column.NumberAt(row));
        }

        if (column is ArrayColumn arrays)
        {
            ulong own = 14695981039346656037UL;
            foreach (float number in arrays.Values[row] ?? [])
            {
                own = (own ^ BitConverter.SingleToUInt32Bits(number)) * 1099511628211UL;
            }

            return own;
        }

        ulong hash = 14695981039346656037UL;
        foreach (char c in column.TextAt(row) ?? "\0")
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash;
    }

    /// <summary>Test rows that agree with a training row in every coarse column and nearly so in every fine one; candidates lie close together along random directions.</summary>
    private static (int Test, int Train)[] Near(Frame features, RowSplit split, CancellationToken cancellation)
    {
        double[][] fine = [.. features.Columns.Where(IsFine).Select(Standardized)];
        Column[] coarse = [.. features.Columns.Where(column => !IsFine(column))];
        if (fine.Length < LeastFineColumns)
        {
            return [];
        }

        var isTest = new bool[features.RowCount];
        foreach (int row in split.Test)
        {
            isTest[row] = true;
        }

        double reach = NearTolerance * Math.Sqrt(fine.Length);
        var near = new SortedDictionary<int, int>();
        for (int pass = 0; pass < 2; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] along = Projection(fine, features.RowCount, pass);
            int[] order = [.. split.Train.Concat(split.Test)];
            double[] keys = Array.ConvertAll(order, row => along[row]);
            Array.Sort(keys, order);
            for (int i = 0; i < order.Length; i++)
            {
                for (int j = i + 1; j < Math.Min(order.Length, i + MostComparisons) && keys[j] - keys[i] <= reach; j++)
                {
                    if (isTest[order[i]] != isTest[order[j]] && AreNear(order[i], order[j]))
                    {
                        near.TryAdd(isTest[order[i]] ? order[i] : order[j], isTest[order[i]] ? order[j] : order[i]);
                    }
                }
            }
        }

        return [.. near.Select(pair => (pair.Key, pair.Value))];

        bool AreNear(int a, int b) => Array.TrueForAll(fine, column => Math.Abs(column[a] - column[b]) <= NearTolerance) && Array.TrueForAll(coarse, column => ValueHash(column, a) == ValueHash(column, b));
    }

    /// <summary>Numbers of which most differ from row to row, so that two rows seldom agree in them by chance.</summary>
    private static bool IsFine(Column column)
    {
        if (column.Type is not (ColumnType.Float32 or ColumnType.Float64 or ColumnType.Int64) || column.Count == 0 || (column is SparseNumberColumn sparse && sparse.Rows.Length < column.Count / 4))
        {
            return false;
        }

        var seen = new HashSet<double>();
        int looked = Math.Min(column.Count, 2000);
        for (int i = 0; i < looked; i++)
        {
            seen.Add(column.NumberAt((int)((long)i * column.Count / looked)));
        }

        return seen.Count >= looked / 2;
    }

    private static double[] Standardized(Column column)
    {
        var values = new double[column.Count];
        column.CopyNumbers(values);
        double[] present = Array.FindAll(values, double.IsFinite);
        double mean = present.Length == 0 ? 0 : present.Average();
        double deviation = present.Length == 0 ? 0 : Math.Sqrt(present.Average(value => (value - mean) * (value - mean)));
        return Array.ConvertAll(values, value => double.IsFinite(value) && deviation > 0 ? (value - mean) / deviation : 0);
    }

    private static double[] Projection(double[][] columns, int rowCount, int pass)
    {
        var random = RandomSource.For((ulong)pass, "near rows");
        var along = new double[rowCount];
        foreach (double[] column in columns)
        {
            double weight = random.NextGaussian();
            for (int row = 0; row < rowCount; row++)
            {
                along[row] += weight * column[row];
            }
        }

        return along;
    }
}
