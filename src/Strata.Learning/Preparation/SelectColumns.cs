namespace Strata.Learning.Preparation;

/// <summary>Keeps these columns, in this order, and leaves out all others.</summary>
public sealed record SelectColumns([property: Hyperparameter("The columns to keep, in this order.")] IReadOnlyList<string> Columns) : IStep
{
    public string Name => "select_columns";

    public IFittedStep Fit(TrainingTable table, FitContext context) => KeepRule.Step(Name, table.Features.Select(Columns).Names);
}
