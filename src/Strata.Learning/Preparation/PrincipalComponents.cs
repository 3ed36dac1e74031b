using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>
/// Replaces complete number columns by the few directions in which the training rows vary most: principal components, or with <see cref="Center"/> off
/// a truncated singular value decomposition. Booleans count as numbers; categories and text pass untouched. Sparse columns are centred without being written out.
/// </summary>
public sealed record PrincipalComponents : IStep
{
    /// <summary>Of more columns than a matrix of all products is made of, so many components at the most where their number is not given.</summary>
    private const int MostUnaskedOfMany = 100;

    public string Name => "pca";

    [Hyperparameter("How many components; empty takes as many as the share of variance needs.", Min = 1, Max = 10_000)]
    public int? Components { get; init; }

    [Hyperparameter("The share of the variance that the components hold together, where their number is not given.", Min = 0.01, Max = 1)]
    public double Variance { get; init; } = 0.95;

    [Hyperparameter("Whether columns are moved to mean 0 first (PCA); off is a truncated singular value decomposition.")]
    public bool Center { get; init; } = true;

    [Hyperparameter("Whether components are scaled to standard deviation 1.", Advanced = true)]
    public bool Whiten { get; init; }

    [Hyperparameter("The number columns; none means all.")]
    public IReadOnlyList<string> Columns { get; init; } = [];

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        FiniteNumbers.Check(table.Features);
        string[] columns = NumberBlock.Chosen(table.Features, Columns, withBooleans: true);
        Check(table.Features, columns);
        (double[] values, double[][] vectors, double[] means, double all, double weight) = DirectionsOf(table, columns, context);
        int count = CountFor(values, all);
        // The sample's size is corrected for as scikit-learn's PCA does: whitened components have variance 1 by n - 1.
        double freedom = Math.Max(1, weight - 1);
        double[] widths = [.. values.Take(count).Select(value => Whiten && value > 1e-12 * all ? Math.Sqrt(value / freedom) : 1)];
        string[] names = [.. Enumerable.Range(1, count).Select(k => FreeName.For($"{(Center ? "pc" : "svd")}{k}", table.Features))];
        double held = all > 0 ? values.Take(count).Sum() / all : 1;
        string note = string.Create(CultureInfo.InvariantCulture, $"{count} component{(count == 1 ? " holds" : "s hold")} {100 * held:0.##}% of the {(Center ? "variance" : "squares")} of {columns.Length} columns.");
        return new Projection(
            Name, [.. table.Features.Names.Except(columns)], columns, means, [.. vectors.Take(count).Select((vector, k) => Array.ConvertAll(vector, value => value / widths[k]))], names, [note]);
    }

    private PrincipalDirections DirectionsOf(TrainingTable table, string[] columns, FitContext context) =>
        SparseRows.TryOf(table.Features.Select(columns)) is SparseRows sparse
            ? SparseDirections.Of(sparse.Distances(), table.Weights, Center, Components ?? MostUnaskedOfMany, context)
            : DenseDirections.Of(NumberBlock.Of(table.Features, columns), table.Weights, Center, CountFor, context);

    private int CountFor(double[] values, double all)
    {
        if (Components is int asked)
        {
            return Math.Min(asked, values.Length);
        }

        double held = 0;
        int count = 0;
        while (count < values.Length && (count == 0 || held < Variance * all))
        {
            held += Math.Max(0, values[count++]);
        }

        return count;
    }

    private static void Check(Frame rows, string[] columns)
    {
        string[] gaps = [.. columns.Where(name => rows[name].MissingCount > 0)];
        if (columns.Length == 0 || gaps.Length > 0)
        {
            throw new DataException(gaps.Length == 0
                ? "There is no number column to take components of."
                : $"Components need complete numbers, but these columns have missing values: {NearNames.List(gaps, 12)}. Fill them by a step before, such as impute.");
        }
    }
}
