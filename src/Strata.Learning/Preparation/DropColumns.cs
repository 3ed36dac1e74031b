using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Leaves out columns by name.</summary>
public sealed record DropColumns([property: Hyperparameter("The columns to leave out.")] IReadOnlyList<string> Columns) : IStep
{
    public string Name => "drop_columns";

    public IFittedStep Fit(TrainingTable table, FitContext context) =>
        KeepRule.Step(Name, table.Features.Drop(Columns).Names, Columns.Count == 0 ? [] : [$"Left out as asked: {NearNames.List(Columns, 12)}."]);
}
