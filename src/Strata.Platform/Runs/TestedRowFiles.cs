using Strata.Learning;
using Strata.Learning.Data;
using Strata.Platform.Datasets;

namespace Strata.Platform.Runs;

/// <summary>
/// The files with a run's test rows: all in the dataset's order, and the worst predicted ones first. Both are stored tables whose first columns say what
/// was predicted; the dataset's own columns follow, so that their names may be anything.
/// </summary>
public static class TestedRowFiles
{
    public const string FileName = "rows.frame";

    public const string WorstFileName = "worst_rows.frame";

    /// <summary>How many of the worst rows are kept in order.</summary>
    public const int MostWorst = 10_000;

    private const string ProbabilityPrefix = "#probability:";
    private static readonly string[] Heads = ["#row", "#truth", "#prediction", "#loss"];

    /// <summary>Writes both files into a folder.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="rows">The rows as the dataset has them.</param>
    /// <param name="rowNumbers">For each its 0-based number in the dataset.</param>
    /// <param name="truth">The true values.</param>
    /// <param name="predictions">What the model said.</param>
    /// <param name="known">Where nothing is predicted, what is known of each row, if anything.</param>
    public static void Write(string folder, Frame rows, IReadOnlyList<long> rowNumbers, Target truth, Predictions predictions, IReadOnlyList<string?>? known = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predictions);
        var columns = new List<Column>
        {
            new Int64Column(Heads[0], [.. rowNumbers]),
            new TextColumn(Heads[1], [.. Enumerable.Range(0, truth.Count).Select(row => truth is NoTarget ? known?[row] ?? string.Empty : Label(truth, row))]),
            new TextColumn(Heads[2], [.. Enumerable.Range(0, truth.Count).Select(predictions.Label)]),
            new Float64Column(Heads[3], [.. Enumerable.Range(0, truth.Count).Select(row => Loss(truth, predictions, row))]),
        };
        columns.AddRange(predictions.Classes.Select((name, code) => new Float64Column(
            ProbabilityPrefix + name,
            [.. Enumerable.Range(0, truth.Count).Select(row => predictions.Probability(row, code))])));
        if (truth is NoTarget)
        {
            columns.Add(new Float64Column(ProbabilityPrefix + (predictions.ClusterMeasure ?? Predictions.Outlier), Unlikeness(predictions)));
        }

        double[] loss = ((Float64Column)columns[3]).Values;
        var all = new Frame(columns.Concat(rows.Columns.Select((column, i) => column.Named($"{i}:{column.Name}"))));
        FrameFile.Write(Path.Join(folder, FileName), all);
        int[] worst = [.. Enumerable.Range(0, truth.Count).OrderByDescending(row => loss[row]).Take(MostWorst)];
        FrameFile.Write(Path.Join(folder, WorstFileName), all.Take(worst));
    }

    /// <summary>Reads a page of either file.</summary>
    public static TestedRowPage Read(Stream file, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(file);
        int total = FrameFile.ReadHeader(file).RowCount;
        file.Position = 0;
        Frame page = FrameFile.Read(file, offset, count);
        Column[] probabilities = [.. page.Columns.Where(column => column.Name.StartsWith(ProbabilityPrefix, StringComparison.Ordinal))];
        Column[] values = [.. page.Columns.Skip(Heads.Length + probabilities.Length)];
        return new TestedRowPage(
            [.. values.Select(column => column.Name[(column.Name.IndexOf(':', StringComparison.Ordinal) + 1)..])],
            [.. probabilities.Select(column => column.Name[ProbabilityPrefix.Length..])],
            [.. Enumerable.Range(0, page.RowCount).Select(row => new TestedRow(
                (long)page[Heads[0]].NumberAt(row),
                [.. values.Select(column => column.TextAt(row))],
                page[Heads[1]].TextAt(row) ?? string.Empty,
                page[Heads[2]].TextAt(row) ?? string.Empty,
                [.. probabilities.Select(column => column.NumberAt(row))],
                page[Heads[3]].NumberAt(row)))],
            total);
    }

    /// <summary>The 0-based numbers, in the dataset, of all rows in the file.</summary>
    public static IReadOnlyList<long> NumbersIn(Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        FrameHeader header = FrameFile.ReadHeader(file);
        return ((Int64Column)new FrameRows(file, file.Position, header.RowCount, 0, header.RowCount).Read(header.Columns[0])).Values;
    }

    private static string Label(Target truth, int row) => truth is ClassTarget classes
        ? classes.Classes[classes.Codes[row]]
        : ((NumberTarget)truth).Values[row].ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>An outlier's score, or how far a row is from its cluster or how probably it belongs there.</summary>
    private static double[] Unlikeness(Predictions predictions) => predictions.ClusterMeasure is null ? predictions.Values : predictions.RawScores;

    private static double Loss(Target truth, Predictions predictions, int row) => truth is NoTarget ? Unlikeness(predictions)[row]
        : truth is ClassTarget classes
        ? -Math.Log(Math.Max(ProbabilityOf(classes.Classes[classes.Codes[row]], predictions, row), double.Epsilon))
        : Math.Pow(((NumberTarget)truth).Values[row] - predictions.Values[row], 2);

    private static double ProbabilityOf(string name, Predictions predictions, int row)
    {
        for (int code = 0; code < predictions.Classes.Count; code++)
        {
            if (predictions.Classes[code] == name)
            {
                return predictions.Probability(row, code);
            }
        }

        return 0;
    }
}
