using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Replaces each category by the share of training rows that have it: 0 for levels that were not seen, missing for missing.</summary>
public sealed record Frequency : IStep
{
    public string Name => "frequency";

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        double total = table.Weights?.Sum() ?? table.RowCount;
        return new ColumnwiseStep<LevelNumberRule>(
            Name,
            [.. table.Features.Columns.Select(column => column is CategoryColumn category
                ? LevelNumberRule.Of(column.Name, column.Name, LevelWeights.Of(category, table.Weights).ToDictionary(pair => pair.Key, pair => pair.Value / total), unseen: 0)
                : new LevelNumberRule(column.Name))],
            []);
    }
}
