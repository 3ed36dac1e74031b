using Strata.Learning.Preparation;
using Strata.Learning.Trees;

namespace Strata.Learning.Catalog;

/// <summary>Scores rows by an isolation forest fitted on them.</summary>
internal sealed class IsolationScorer : IOutlierScorer
{
    public double[] Scores(TrainingTable table, int trees, FitContext context) =>
        new IsolationForest { Trees = trees }.Fit(new TrainingTable(table.Features, new NoTarget(table.RowCount), table.Weights), context).Predict(table.Features, context).RawScores;
}
