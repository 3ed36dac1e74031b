using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Leaves out the training rows in which a value is missing. Rows to predict are never left out: what fills their gaps comes after it.</summary>
public sealed record DropIncomplete : IStep
{
    public string Name => "drop_incomplete";

    [Hyperparameter("The columns in which no value may be missing; none means all.")]
    public IReadOnlyList<string> Columns { get; init; } = [];

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        return KeepRule.Step(Name, table.Features.Names);
    }

    public (IFittedStep Fitted, TrainingTable Prepared) FitTransform(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        var whole = new bool[table.RowCount];
        Array.Fill(whole, true);
        Frame looked = Columns.Count == 0 ? table.Features : table.Features.Select(Columns.Distinct(StringComparer.Ordinal));
        foreach (Column column in looked.Columns.Where(column => column.MissingCount > 0))
        {
            context.Cancellation.ThrowIfCancellationRequested();
            for (int row = 0; row < whole.Length; row++)
            {
                whole[row] &= !column.IsMissing(row);
            }
        }

        (TrainingTable kept, IReadOnlyList<string> notes) = RowsKept.Of(Name, table, whole);
        return (KeepRule.Step(Name, table.Features.Names, notes), kept);
    }
}
