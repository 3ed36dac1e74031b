using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Bayes;

/// <summary>The checked rows that classes are learned from, and each class's share of the weight.</summary>
/// <param name="Features">The columns.</param>
/// <param name="Codes">The class of each row.</param>
/// <param name="Weights">One a row.</param>
/// <param name="ClassWeights">The weight of each class.</param>
internal sealed record ClassRows(Frame Features, int[] Codes, double[] Weights, double[] ClassWeights)
{
    private double[]? values;

    /// <summary>Row-major [rows, columns], written out when first asked for.</summary>
    public double[] Values => values ??= CompleteNumbers.RowMajor(Features);

    public int ColumnCount => Features.ColumnCount;

    public double TotalWeight => ClassWeights.Sum();

    public static ClassRows Of(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        context.Cancellation.ThrowIfCancellationRequested();
        Target.Require(table.Target);
        ClassTarget target = table.Target as ClassTarget
            ?? throw new DataException($"Bayes' rule is of classes, but target '{table.Target.Name}' holds numbers; take ridge regression or nearest neighbours.");
        table.RequireSomethingToLearn();
        CompleteNumbers.Check(table.Features, BayesModel.Learner, context.ParallelOptions);
        double[] weights = table.Weights ?? [.. Enumerable.Repeat(1.0, table.RowCount)];
        var ofClass = new double[target.Classes.Count];
        for (int row = 0; row < weights.Length; row++)
        {
            ofClass[target.Codes[row]] += weights[row];
        }

        return new ClassRows(table.Features, target.Codes, weights, ofClass);
    }

    /// <summary>Names the classes that no row with weight is of.</summary>
    public IReadOnlyList<string> Notes(Target target) =>
        [.. target.Classes.Where((_, code) => ClassWeights[code] == 0).Select(name => $"No row with weight is of class '{name}': it is never predicted.")];

    /// <summary>The logarithm of each class's share, or of equal shares of the classes that occur; minus infinity for a class without weight.</summary>
    public double[] LogPriors(bool fitPrior)
    {
        int present = ClassWeights.Count(weight => weight > 0);
        return [.. ClassWeights.Select(weight => Math.Log(fitPrior ? weight / TotalWeight : weight > 0 ? 1.0 / present : 0))];
    }

    /// <summary>The weighted sum of a function of the values by class, row-major [classes, columns]; of sparse columns it is asked for entries and common values only.</summary>
    public double[] Sums(Func<double, double> of, CancellationToken cancellation)
    {
        if (!SparseRows.IsSparse(Features))
        {
            return ByRow(
                (into, row, values) =>
                {
                    for (int j = 0; j < values.Length; j++)
                    {
                        into[j] += Weights[row] * of(values[j]);
                    }
                },
                cancellation);
        }

        int columns = ColumnCount;
        var sums = new double[ClassWeights.Length * columns];
        for (int j = 0; j < columns; j++)
        {
            cancellation.ThrowIfCancellationRequested();
            (int[]? rows, double[] values, double common) = Features.Columns[j] is SparseNumberColumn sparse ? (sparse.Rows, sparse.Values, of(sparse.Common)) : (null, NumberBlock.Of(Features.Columns[j]), 0);
            for (int code = 0; code < ClassWeights.Length; code++)
            {
                sums[code * columns + j] = common * ClassWeights[code];
            }

            for (int i = 0; i < values.Length; i++)
            {
                int row = rows is null ? i : rows[i];
                sums[Codes[row] * columns + j] += Weights[row] * (of(values[i]) - common);
            }
        }

        return sums;
    }

    /// <summary>The weighted sum of each column's values by class, row-major [classes, columns].</summary>
    public double[] ValueSums(CancellationToken cancellation) =>
        ByRow((into, row, values) => VectorKernels.AddScaled(values, Weights[row], into), cancellation);

    /// <summary>The weighted sum of each column's squared distances from the means of the row's class, row-major [classes, columns].</summary>
    /// <param name="means">Row-major [classes, columns].</param>
    /// <param name="cancellation">Looked at every few thousand rows.</param>
    public double[] Squares(double[] means, CancellationToken cancellation) => ByRow(
        (into, row, values) =>
        {
            ReadOnlySpan<double> mean = means.AsSpan(Codes[row] * values.Length, values.Length);
            double weight = Weights[row];
            for (int j = 0; j < values.Length; j++)
            {
                double distance = values[j] - mean[j];
                into[j] += weight * distance * distance;
            }
        },
        cancellation);

    private double[] ByRow(RowAddition add, CancellationToken cancellation)
    {
        int columns = ColumnCount;
        double[] values = Values, sums = new double[ClassWeights.Length * columns];
        for (int row = 0; row < Codes.Length; row++)
        {
            if (row % 4096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            add(sums.AsSpan(Codes[row] * columns, columns), row, values.AsSpan(row * columns, columns));
        }

        return sums;
    }

    private delegate void RowAddition(Span<double> sums, int row, ReadOnlySpan<double> values);
}
