using Strata.Learning.Losses;
using Strata.Learning.Metrics;
using Strata.Learning.Trees.Growth;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Boosting;

/// <summary>Rows whose scores a fit measures against the truth: those it learns from, those it stops by, those that are watched.</summary>
/// <param name="name">Stands before the metric's name in reports.</param>
/// <param name="scored">All rows of the table they belong to.</param>
/// <param name="table">That table.</param>
/// <param name="weights">A weight for each of the table's rows; zero for those that do not count.</param>
internal sealed unsafe class MeasuredRows(string name, LabelledRows scored, TrainingTable table, float[] weights)
{
    private readonly double weightSum = weights.Sum(weight => (double)weight);
    private (Target Target, double[]? Weights, int[]? Groups)? truth;
    private QueryRows? queries;
    private int[]? rows, all;

    public string Name => name;

    public int Count => Rows.Length;

    /// <summary>The rows that count.</summary>
    private int[] Rows => rows ??= BoostingInput.Weighty(weights, table.RowCount);

    /// <summary>All rows of the table.</summary>
    private int[] All => all ??= [.. Enumerable.Range(0, table.RowCount)];

    /// <summary>Adds a tree's values, unless the rows are those of the fit's own table, which it sees to itself.</summary>
    public void Add(GrownTree tree, int output, double scale, LabelledRows fitted, ThreadTeam team)
    {
        if (scored != fitted)
        {
            scored.AddByWalking(tree, output, All, scale, team);
        }
    }

    public void DisposeOwn(LabelledRows? fitted)
    {
        if (scored != fitted)
        {
            scored.Dispose();
        }
    }

    public double Loss(ILoss loss, ThreadTeam team)
    {
        if (!loss.TakesQueries)
        {
            return loss.Mean(scored.Sum(loss, weights, team), weightSum);
        }

        queries ??= QueryRows.Of(table.Groups!, Rows);
        var sums = new double[queries.Count];
        team.Run(sums.Length, (query, _) => sums[query] = loss.Sum(scored.QueryOf(queries.Of(query), weights, new float[3 * queries.Of(query).Length])));
        double all = 0;
        for (int query = 0; query < sums.Length; query++)
        {
            foreach (int row in queries.Of(query))
            {
                all += weights[row] / (double)queries.Of(query).Length;
            }
        }

        return loss.Mean(sums.Sum(), all);
    }

    /// <param name="metric">Any metric of the task.</param>
    /// <param name="signature">Of the model that is being fitted.</param>
    /// <param name="link">How its predictions come from raw scores.</param>
    /// <param name="centre">What was subtracted from the raw scores.</param>
    public double Of(Metric metric, ModelSignature signature, ScoreLink link, double centre)
    {
        int[] rows = Rows;
        truth ??= (table.Target.Take(rows), [.. rows.Select(row => (double)weights[row])], table.Groups is null ? null : [.. rows.Select(row => table.Groups[row])]);
        int outputs = scored.OutputCount;
        var scores = new double[rows.Length * outputs];
        for (int output = 0; output < outputs; output++)
        {
            float* from = scored.Scores(output);
            for (int i = 0; i < rows.Length; i++)
            {
                scores[i * outputs + output] = from[rows[i]] + centre;
            }
        }

        return metric.Of(link.Predict(signature, scores), truth.Value.Target, truth.Value.Weights, truth.Value.Groups);
    }
}
