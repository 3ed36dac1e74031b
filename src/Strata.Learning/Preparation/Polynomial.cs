using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Adds the products of number columns up to a degree, named such as <c>a * b</c> and <c>a ^ 2</c>: what lets a weighted sum bend.</summary>
public sealed record Polynomial : IStep
{
    internal const int MostNewColumns = 5000;

    public string Name => "polynomial";

    [Hyperparameter("The most factors in a product.", Min = 2, Max = 4)]
    public int Degree { get; init; } = 2;

    [Hyperparameter("Whether only products of different columns are added, no powers.")]
    public bool OnlyDifferent { get; init; }

    [Hyperparameter("The number columns to multiply; none means all.")]
    public IReadOnlyList<string> Columns { get; init; } = [];

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        FiniteNumbers.Check(table.Features);
        string[] columns = NumberBlock.Chosen(table.Features, Columns);
        var derived = new List<DerivedColumn>();
        for (int degree = 2; degree <= Degree; degree++)
        {
            foreach (int[] factors in Products(columns.Length, degree))
            {
                if (derived.Count == MostNewColumns)
                {
                    throw new DataException($"Products of {columns.Length} columns up to degree {Degree} are more than {MostNewColumns} new columns; name fewer columns or take a lower degree.");
                }

                derived.Add(Product(factors, columns, table.Features));
            }
        }

        return new DerivedColumnsStep(Name, [.. table.Features.Names], derived, []);
    }

    /// <summary>All ways to choose factors in ascending order, in the order of scikit-learn's PolynomialFeatures.</summary>
    private IEnumerable<int[]> Products(int columns, int degree, int least = 0) => degree == 0
        ? Enumerable.Repeat(Array.Empty<int>(), 1)
        : from first in Enumerable.Range(least, Math.Max(0, columns - least))
          from rest in Products(columns, degree - 1, OnlyDifferent ? first + 1 : first)
          select rest.Prepend(first).ToArray();

    private static DerivedColumn Product(int[] factors, string[] columns, Frame rows)
    {
        (string Column, int Power)[] powers = [.. factors.CountBy(factor => factor).Select(pair => (columns[pair.Key], pair.Value))];
        string Text(Func<string, string> shown) => string.Join(" * ", powers.Select(power => shown(power.Column) + (power.Power == 1 ? string.Empty : $" ^ {power.Power}")));
        return new DerivedColumn(FreeName.For(Text(column => column), rows), Text(Formula.Quote));
    }
}
