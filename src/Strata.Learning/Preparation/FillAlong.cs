using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Which way values are carried into gaps.</summary>
public enum FillDirection
{
    /// <summary>From the row before.</summary>
    Forward,

    /// <summary>From the row after.</summary>
    Backward,
}

/// <summary>
/// Fills gaps of training rows with the nearest value before them (or after), in the order of the table's times or else of its rows, never across its groups;
/// gaps at the end from which values come take the nearest on the other side. Rows to predict stand alone: their gaps take the last value (going backward,
/// the first) of the training rows. Numbers become Float64; text passes; a column without any value in the training rows is left out, with a note.
/// </summary>
public sealed record FillAlong : IStep
{
    public string Name => "fill_along";

    [Hyperparameter("Which way values are carried into gaps.")]
    public FillDirection Direction { get; init; } = FillDirection.Forward;

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        FiniteNumbers.Check(table.Features);
        int[] order = InOrder(table);
        ImputeRule?[] rules = [.. table.Features.Columns.Select(column => RuleFor(column, order, table.Weights))];
        string[] empty = [.. table.Features.Columns.Where((_, i) => rules[i] is null).Select(column => column.Name)];
        return new ColumnwiseStep<ImputeRule>(Name, [.. rules.OfType<ImputeRule>()], empty.Length == 0 ? [] : [Impute.EmptyColumns(empty)]);
    }

    public (IFittedStep Fitted, TrainingTable Prepared) FitTransform(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        var fitted = (ColumnwiseStep<ImputeRule>)Fit(table, context);
        int[] order = InOrder(table);
        var carried = new Frame(fitted.Rules.Select(rule => table.Features[rule.Column]).Select(column =>
        {
            context.Cancellation.ThrowIfCancellationRequested();
            return !column.HasNumbers ? column : column.Take(Sources(column, order, table));
        }));
        return (fitted, table.WithFeatures(fitted.Apply(carried, context)));
    }

    /// <summary>Rows such that a value comes before the gaps it goes to.</summary>
    private int[] InOrder(TrainingTable table)
    {
        IEnumerable<int> rows = Enumerable.Range(0, table.RowCount);
        int[] order = [.. table.Times is double[] times ? rows.OrderBy(row => times[row]) : rows];
        if (Direction == FillDirection.Backward)
        {
            Array.Reverse(order);
        }

        return order;
    }

    private static ImputeRule? RuleFor(Column column, int[] order, double[]? weights)
    {
        if (column is TextColumn)
        {
            return new ImputeRule(column.Name);
        }

        int last = Array.FindLastIndex(order, row => !column.IsMissing(row) && (weights?[row] ?? 1) > 0);
        return last < 0 ? null
            : column is CategoryColumn category ? new ImputeRule(column.Name, Level: category.TextAt(order[last]))
            : new ImputeRule(column.Name, column.NumberAt(order[last]));
    }

    /// <summary>For each row, the row whose value it takes: itself where it has one.</summary>
    private static int[] Sources(Column column, int[] order, TrainingTable table)
    {
        int[] sources = [.. Enumerable.Range(0, table.RowCount)];
        Carry(order);
        Carry([.. order.Reverse()]);
        return sources;

        void Carry(IReadOnlyList<int> rows)
        {
            var latest = new Dictionary<int, int>();
            foreach (int row in rows)
            {
                int group = table.Groups?[row] ?? 0;
                if (column.IsMissing(sources[row]))
                {
                    sources[row] = latest.GetValueOrDefault(group, row);
                }
                else
                {
                    latest[group] = sources[row];
                }
            }
        }
    }
}
