using Strata.Learning.Data;
using Strata.Learning.Preparation;

namespace Strata.Learning.Neighbors;

/// <summary>
/// Predicts what the nearest training rows say: the shares of their classes, or the mean of their numbers. The search is exact. A row of weight two counts
/// as two neighbours; of equally far rows the first in the table is nearer. Takes complete numbers only.
/// </summary>
public sealed record NearestNeighbors : IRecipe<NearestNeighborsModel>
{
    internal const string AlgorithmName = "k_nearest_neighbors", Learner = "k nearest neighbours";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("How many of the nearest rows are asked.", Min = 1, Max = 100_000, SearchMin = 1, SearchMax = 100, LogScale = true, Aliases = ["n_neighbors", "k"])]
    public int Neighbors { get; init; } = 5;

    [Hyperparameter("Whether all neighbours count the same, or nearer ones more.")]
    public NeighborWeights Weights { get; init; } = NeighborWeights.Uniform;

    [Hyperparameter("How distances are measured.")]
    public NeighborMetric Metric { get; init; } = NeighborMetric.Euclidean;

    public NearestNeighborsModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        context.Cancellation.ThrowIfCancellationRequested();
        Target.Require(table.Target);
        table.RequireSomethingToLearn();
        CompleteNumbers.Check(table.Features, Learner, context.ParallelOptions);
        if (table.Target is NumberTarget numbers && FiniteNumbers.FirstBeyond(numbers.Values) is >= 0 and int row)
        {
            throw new DataException(FiniteNumbers.Problem(numbers.Name, row, numbers.Values[row]));
        }

        int[] counted = [.. Enumerable.Range(0, table.RowCount).Where(row => table.Weights is null || table.Weights[row] > 0)];
        TrainingTable rows = counted.Length == table.RowCount ? table : table.Take(counted);
        double total = rows.Weights?.Sum() ?? rows.RowCount;
        string[] notes = total < Neighbors ? [$"There are {total:0.###} rows, fewer than the {Neighbors} neighbours asked for: every prediction asks all of them."] : [];
        var model = new NearestNeighborsModel(ModelSignature.Of(table), this, NeighborRows.Of(rows), notes);
        context.Progress?.Report(new FitProgress(0, 1, new Dictionary<string, double> { ["rows"] = counted.Length }));
        context.Cancellation.ThrowIfCancellationRequested();
        return model;
    }
}
