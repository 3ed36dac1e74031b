namespace Strata.Learning.Data.Profiling;

/// <summary>How often each class occurs in each bin of each half of the rows; every bin is judged by what the other half says of it.</summary>
internal sealed class HeldOutTable
{
    private const double PriorRows = 2;
    private readonly double[] counts;
    private readonly double[] cellRows;
    private readonly double[] classRows;

    /// <param name="counts">[bins, halves, classes].</param>
    /// <param name="classCount">The number of classes.</param>
    public HeldOutTable(double[] counts, int classCount)
    {
        this.counts = counts;
        cellRows = new double[counts.Length / classCount];
        classRows = new double[classCount];
        for (int i = 0; i < counts.Length; i++)
        {
            cellRows[i / classCount] += counts[i];
            classRows[i % classCount] += counts[i];
        }

        RowCount = classRows.Sum();
    }

    public double RowCount { get; }

    public double ClassRows(int code) => classRows[code];

    public double ClassShare(int code) => classRows[code] / RowCount;

    /// <summary>Area under the ROC curve of one class against the rest, when rows are ordered by what the other half says.</summary>
    public double Area(int code)
    {
        var groups = Enumerable.Range(0, cellRows.Length)
            .GroupBy(cell => Estimate(cell ^ 1, code), cell => (Positives: Count(cell, code), Rows: cellRows[cell]))
            .OrderBy(group => group.Key);
        double area = 0, negativesBelow = 0;
        foreach (var group in groups)
        {
            double positives = group.Sum(cell => cell.Positives), negatives = group.Sum(cell => cell.Rows) - positives;
            area += positives * (negativesBelow + negatives / 2);
            negativesBelow += negatives;
        }

        return area / (classRows[code] * negativesBelow);
    }

    /// <summary>One minus the log loss over that of always saying the class shares.</summary>
    public double ExplainedUncertainty()
    {
        double loss = 0, uncertainty = 0;
        for (int code = 0; code < classRows.Length; code++)
        {
            uncertainty -= classRows[code] > 0 ? classRows[code] * Math.Log(ClassShare(code)) : 0;
            for (int cell = 0; cell < cellRows.Length; cell++)
            {
                loss -= Count(cell, code) > 0 ? Count(cell, code) * Math.Log(Estimate(cell ^ 1, code)) : 0;
            }
        }

        return uncertainty > 0 ? 1 - loss / uncertainty : 0;
    }

    /// <summary>The most frequent class of a bin, its share in the half where that is smaller, and the rows of both halves.</summary>
    public (int Code, double Share, double Rows) Purity(int bin)
    {
        int first = 2 * bin, second = first + 1;
        int best = Enumerable.Range(0, classRows.Length).MaxBy(code => Count(first, code) + Count(second, code));
        return (best, Math.Min(Share(first, best), Share(second, best)), cellRows[first] + cellRows[second]);
    }

    private double Count(int cell, int code) => counts[cell * classRows.Length + code];

    private double Share(int cell, int code) => cellRows[cell] > 0 ? Count(cell, code) / cellRows[cell] : 0;

    private double Estimate(int cell, int code) => (Count(cell, code) + PriorRows * ClassShare(code)) / (cellRows[cell] + PriorRows);
}
