using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Leaves out the columns of free text, which need a step of their own to become numbers.</summary>
public sealed record DropText : IStep
{
    public string Name => "drop_text";

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        string[] text = [.. table.Features.Columns.Where(column => column.Type == ColumnType.Text).Select(column => column.Name)];
        string note = $"{text.Length} column{(text.Length == 1 ? " of free text is" : "s of free text are")} left out: {NearNames.List(text, 12)}.";
        return KeepRule.Step(Name, table.Features.Drop(text).Names, text.Length == 0 ? [] : [note]);
    }
}
