using System.Text.Json;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Workflow;

/// <summary>Which rows of a table a model file was tested on, told by splitting the table as its card says.</summary>
public static class HeldBackRows
{
    /// <summary>The 0-based rows, none where all were learned from; null where the table is not the one that it learned from, as far as columns and the number of rows tell.</summary>
    /// <param name="file">A model that was trained here.</param>
    /// <param name="table">Rows as its preset makes them ready.</param>
    public static int[]? Of(ModelFile file, Frame table)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(table);
        if (file.Card.Plan?.Deserialize<TrainingPlan>(ModelFileJson.Options) is not TrainingPlan plan || !NamesOf(plan).All(table.Contains))
        {
            return null;
        }

        PlannedTable planned = Training.Planned(plan, Algorithms.Named(plan.Algorithm).Recipe(plan.Hyperparameters), table).Planned;
        if (planned.Table.RowCount == file.Card.TrainingRows)
        {
            return [];
        }

        return planned.Table.RowCount == file.Card.TrainingRows + file.Card.TestRows
            ? [.. RowSplits.HoldOut(planned.Table, plan.TestSize, plan.Seed).Split.Test.Select(row => planned.RowNumbers[row])]
            : null;
    }

    private static IEnumerable<string> NamesOf(TrainingPlan plan) => [.. new[] { plan.Target, plan.Group, plan.Time, plan.Weight }.OfType<string>(), .. plan.Drop];
}
