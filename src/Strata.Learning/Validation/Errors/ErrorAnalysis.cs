using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Validation.Comparison;

namespace Strata.Learning.Validation.Errors;

/// <summary>Where a model is wrong: the worst rows, and the worst slices that a person can read.</summary>
/// <param name="WorstRows">0-based rows by falling loss.</param>
/// <param name="Losses">Of each row: minus the logarithm of the true class's probability, or the absolute error.</param>
/// <param name="Slices">Clearly worse than the rest, by falling share of the whole excess loss.</param>
public sealed record ErrorAnalysis(IReadOnlyList<int> WorstRows, double[] Losses, IReadOnlyList<ErrorSlice> Slices)
{
    private const int Parts = 4;
    private const int MostLevels = 20;
    private const int MostColumns = 200;
    private const int MostPaired = 16;
    private const int LeastRows = 20;
    private const double LeastShare = 0.02;
    private const double MostShare = 0.8;
    private const double LeastGain = 1.15;
    private const double Significant = 0.05;

    /// <param name="features">The columns to look for slices in.</param>
    /// <param name="predictions">One a row.</param>
    /// <param name="target">The truth.</param>
    /// <param name="mostRows">How many of the worst rows.</param>
    /// <param name="mostSlices">How many of the worst slices.</param>
    /// <exception cref="DataException">Rows, predictions and truth do not fit together.</exception>
    public static ErrorAnalysis Of(Frame features, Predictions predictions, Target target, int mostRows = 20, int mostSlices = 8)
    {
        ArgumentNullException.ThrowIfNull(features);
        double[] losses = RowLosses.Of(predictions, target);
        if (features.RowCount != losses.Length)
        {
            throw new DataException($"Features have {features.RowCount} rows but there are predictions for {losses.Length}.");
        }

        int[] worst = [.. Enumerable.Range(0, losses.Length).OrderByDescending(row => losses[row]).Take(mostRows)];
        return new ErrorAnalysis(worst, losses, SlicesOf(features, losses, mostSlices));
    }

    private static ErrorSlice[] SlicesOf(Frame features, double[] losses, int most)
    {
        Part[] parts = [.. features.Columns.Take(MostColumns).SelectMany(column => PartsOf(column)).Where(part => IsFit(part.Rows.Length, losses.Length))];
        Scored[] single = [.. parts.Select(part => Scored.Of([part], part.Rows, losses)).Where(slice => slice.T > 0).OrderByDescending(slice => slice.T)];
        var pairs = new List<Scored>();
        int tried = parts.Length;
        foreach ((int i, Scored first) in single.Take(MostPaired).Index())
        {
            foreach (Scored second in single.Take(MostPaired).Skip(i + 1).Where(second => second.Parts[0].Condition.Column != first.Parts[0].Condition.Column))
            {
                int[] rows = [.. first.Rows.Intersect(second.Rows)];
                tried++;
                if (IsFit(rows.Length, losses.Length) && Scored.Of([first.Parts[0], second.Parts[0]], rows, losses) is Scored pair && pair.Mean > LeastGain * Math.Max(first.Mean, second.Mean))
                {
                    pairs.Add(pair);
                }
            }
        }

        return
        [
            .. single.Concat(pairs).Select(slice => (slice, P: Math.Min(1, slice.PValue * tried))).Where(slice => slice.P < Significant)
                .OrderByDescending(slice => slice.slice.Rows.Length * (slice.slice.Mean - slice.slice.Elsewhere)).Take(most)
                .Select(slice => new ErrorSlice([.. slice.slice.Parts.Select(part => part.Condition)], slice.slice.Rows.Length, slice.slice.Mean, slice.slice.Elsewhere, slice.P)),
        ];
    }

    private static bool IsFit(int count, int all) => count >= Math.Max(LeastRows, LeastShare * all) && count <= MostShare * all;

    private static IEnumerable<Part> PartsOf(Column column)
    {
        int[] missing = [.. Enumerable.Range(0, column.Count).Where(column.IsMissing)];
        yield return new Part(new SliceCondition(column.Name, $"{column.Name} missing"), missing);
        foreach (Part part in column.IsNumeric && column.Type != ColumnType.Boolean ? Quarters(column) : Levels(column))
        {
            yield return part;
        }
    }

    private static IEnumerable<Part> Levels(Column column) =>
        from level in Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row)).GroupBy(column.TextAt).OrderByDescending(level => level.Count()).Take(MostLevels)
        select new Part(new SliceCondition(column.Name, $"{column.Name} = {level.Key}"), level.ToArray());

    private static IEnumerable<Part> Quarters(Column column)
    {
        int[] order = [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row)).OrderBy(column.NumberAt)];
        if (order.Length == 0)
        {
            yield break;
        }

        double[] edges = [.. Enumerable.Range(0, Parts).Select(part => column.NumberAt(order[part * order.Length / Parts])).Distinct()];
        for (int i = 0; i < edges.Length; i++)
        {
            double from = edges[i], to = i + 1 < edges.Length ? edges[i + 1] : double.PositiveInfinity;
            string text = edges.Length == 1 ? $"{column.Name} = {Shown(column, from)}"
                : i == 0 ? $"{column.Name} below {Shown(column, to)}"
                : double.IsPositiveInfinity(to) ? $"{column.Name} from {Shown(column, from)}"
                : $"{column.Name} from {Shown(column, from)} to below {Shown(column, to)}";
            yield return new Part(new SliceCondition(column.Name, text), [.. order.Where(row => (i == 0 || column.NumberAt(row) >= from) && column.NumberAt(row) < to)]);
        }
    }

    private static string Shown(Column column, double value) => column.Type == ColumnType.Date
        ? DateTime.UnixEpoch.AddSeconds(value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : value.ToString("G6", CultureInfo.InvariantCulture);

    private sealed record Part(SliceCondition Condition, int[] Rows);

    /// <summary>A slice against the rest by Welch's t.</summary>
    private sealed record Scored(Part[] Parts, int[] Rows, double Mean, double Elsewhere, double T, double PValue)
    {
        public static Scored Of(Part[] parts, int[] rows, double[] losses)
        {
            double n = rows.Length, m = losses.Length - n, sum = 0, squares = 0, all = 0, allSquares = 0;
            foreach (int row in rows)
            {
                sum += losses[row];
                squares += losses[row] * losses[row];
            }

            foreach (double loss in losses)
            {
                all += loss;
                allSquares += loss * loss;
            }

            double mean = sum / n, elsewhere = (all - sum) / m;
            double own = Math.Max(0, squares / n - mean * mean) / (n - 1), others = Math.Max(0, (allSquares - squares) / m - elsewhere * elsewhere) / (m - 1);
            double t = (mean - elsewhere) / Math.Sqrt(own + others + 1e-300);
            double degrees = Math.Max(1, (own + others) * (own + others) / (own * own / (n - 1) + others * others / (m - 1) + 1e-300));
            return new Scored(parts, rows, mean, elsewhere, t, t > 0 ? StudentT.TwoSided(t, degrees) / 2 : 1);
        }
    }
}
