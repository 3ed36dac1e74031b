using Strata.Learning.Trees;

namespace Strata.Learning.Tests.Ensembles;

/// <summary>A recipe that remembers what it was fitted on.</summary>
internal sealed class RowsSeen : IRecipe
{
    public List<TrainingTable> Tables { get; } = [];

    public string Algorithm => "decision_tree";

    public IModel Fit(TrainingTable table, FitContext context)
    {
        Tables.Add(table);
        return new DecisionTree { MaxDepth = 2 }.Fit(table, context);
    }
}
