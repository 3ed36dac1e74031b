using System.Globalization;

namespace Strata.Learning.Preparation;

/// <summary>
/// Fills missing numbers by what the other number columns say of them: gaps start as means, then each column in turn is predicted from all others by Bayesian
/// ridge regression, over and over until little changes (chained equations, van Buuren and Groothuis-Oudshoorn 2011).
/// </summary>
public sealed record ImputeIterative : IStep
{
    public string Name => "impute_iterative";

    [Hyperparameter("The most times every column is predicted.", Min = 1, Max = 100)]
    public int Rounds { get; init; } = 10;

    [Hyperparameter("Rounds end when no filled value moves by more than this part of the largest value.", Min = 0, Max = 1, Advanced = true)]
    public double Tolerance { get; init; } = 1e-3;

    [Hyperparameter("Whether a column 'x was missing' is added for each number column with missing values in the training rows.")]
    public bool Indicators { get; init; } = true;

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        GapColumns columns = GapColumns.Of(table, Indicators);
        double[][] numbers = columns.Read(table.Features);
        bool[][] missing = [.. numbers.Select(column => Array.ConvertAll(column, double.IsNaN))];
        double largest = numbers.Max(column => column.Where(value => !double.IsNaN(value)).Max(Math.Abs));
        double[] means = [.. columns.Numbers.Select(name => WeightedNumbers.Of(table.Features[name], table.Weights).Mean())];
        ChainedEquation.Start(numbers, missing, means);
        int[] order = [.. Enumerable.Range(0, numbers.Length).OrderBy(j => missing[j].Select((gap, row) => gap ? table.Weights?[row] ?? 1 : 0).Sum())];
        var equations = new List<ChainedEquation>();
        double moved = 0;
        for (int round = 0; round < Rounds && numbers.Length > 1; round++)
        {
            double[][] before = [.. numbers.Select(column => (double[])column.Clone())];
            foreach (int j in order)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                var equation = ChainedEquation.Fit(j, numbers, missing[j], table.Weights, context.ParallelOptions);
                equation.Fill(numbers, missing[j]);
                equations.Add(equation);
            }

            moved = numbers.Zip(before).Max(pair => pair.First.Zip(pair.Second).Max(values => Math.Abs(values.First - values.Second)));
            if (moved < Tolerance * largest)
            {
                break;
            }
        }

        List<string> notes = [.. columns.NotesOn(table.Features)];
        if (moved >= Tolerance * largest && missing.Any(column => column.Contains(true)))
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"Filled values still moved by {moved:0.###} after {Rounds} rounds; more rounds may settle them."));
        }

        return new IterativeImputation(Name, columns, means, equations, notes);
    }
}
