using Strata.Learning.Data;

namespace Strata.Learning.Validation.Leaks;

/// <summary>The rows that an audit looks at, with what several checks need. Checks of columns look at a sample of the rows, spread evenly.</summary>
internal sealed class AuditedTable
{
    private const int MostSampleRows = 20_000;
    private const long MostSampleCells = 20_000_000;

    public AuditedTable(TrainingTable table, RowSplit? split, Frame? withoutTarget, CancellationToken cancellation)
    {
        (Table, Split, WithoutTarget, Cancellation) = (table, split, withoutTarget, cancellation);
        int most = (int)Math.Clamp(MostSampleCells / Math.Max(1, table.Features.ColumnCount), 500, MostSampleRows);
        int[] rows = [.. Enumerable.Range(0, Math.Min(table.RowCount, most)).Select(i => (int)((long)i * table.RowCount / Math.Min(table.RowCount, most)))];
        Sample = rows.Length == table.RowCount ? table : table.Take(rows);
        TargetColumn = Sample.Target is ClassTarget classes
            ? new CategoryColumn(classes.Name, classes.Codes, classes.Classes)
            : new Float64Column(Sample.Target.Name, ((NumberTarget)Sample.Target).Values);
        TargetNumbers = new double[Sample.RowCount];
        TargetColumn.CopyNumbers(TargetNumbers);
        LargestClass = Sample.Target is ClassTarget ? TargetNumbers.CountBy(code => code).Select(pair => pair.Value).DefaultIfEmpty(0).Max() : 0;
    }

    public TrainingTable Table { get; }

    public RowSplit? Split { get; }

    public Frame? WithoutTarget { get; }

    public CancellationToken Cancellation { get; }

    public AuditedNames Names { get; init; } = new();

    public TrainingTable Sample { get; }

    /// <summary>The sample's target: a category or numbers.</summary>
    public Column TargetColumn { get; }

    /// <summary>The sample's target as numbers: for classes their codes.</summary>
    public double[] TargetNumbers { get; }

    /// <summary>How many of the sample's rows the largest class has; 0 for a target of numbers.</summary>
    public int LargestClass { get; }

    public string TargetName => TargetColumn.Name;

    public bool IsClasses => TargetColumn is CategoryColumn;

    /// <summary>A column of the sample as numbers; null for text and categories.</summary>
    public static double[]? NumbersOf(Column column)
    {
        if (!column.IsNumeric)
        {
            return null;
        }

        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        return numbers;
    }
}
