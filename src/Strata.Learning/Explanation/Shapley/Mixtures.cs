using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Shapley;

/// <summary>The mixtures of one explained row with background rows that a method asks the model for.</summary>
/// <param name="Row">The explained row.</param>
/// <param name="Known">[mixtures, players]: whose values come from the explained row.</param>
/// <param name="Others">By mixture: the background row that the other values come from.</param>
internal sealed record MixturePlan(int Row, bool[] Known, int[] Others);

/// <summary>Predicts mixtures, as many at a time as a bound on memory allows.</summary>
internal sealed class Mixtures
{
    private const int MostRows = 1 << 16, FewestRows = 64;
    private const long MostCells = 16L << 20;

    private readonly Frame both;
    private readonly Players players;
    private readonly ModelOutputs outputs;
    private readonly FitContext context;

    /// <param name="outputs">What is asked of the model.</param>
    /// <param name="rows">The explained rows, as the model's signature has them.</param>
    /// <param name="background">The background rows, likewise.</param>
    /// <param name="features">The model's columns.</param>
    /// <param name="players">Which columns go together.</param>
    /// <param name="context">Threads and cancellation.</param>
    public Mixtures(ModelOutputs outputs, Frame rows, Frame background, Schema features, Players players, FitContext context)
    {
        (this.outputs, this.players, this.context) = (outputs, players, context);
        both = features.Conform(JoinedFrames.Of(background, rows));
        BackgroundCount = background.RowCount;
        BatchRows = (int)Math.Clamp(MostCells / Math.Max(1, both.Columns.Sum(CellsOf)), FewestRows, MostRows);
    }

    /// <summary>How many rows the model is asked for at a time.</summary>
    public int BatchRows { get; }

    public int BackgroundCount { get; }

    /// <summary>By plan: what the model says of its mixtures, [mixtures, outputs].</summary>
    public double[][] Scores(IReadOnlyList<MixturePlan> plans)
    {
        double[][] scores = [.. plans.Select(plan => new double[plan.Others.Length * outputs.Count])];
        var batch = new List<(int Plan, int First, int Count)>();
        int waiting = 0;
        for (int plan = 0; plan < plans.Count; plan++)
        {
            for (int first = 0; first < plans[plan].Others.Length;)
            {
                int count = Math.Min(plans[plan].Others.Length - first, BatchRows - waiting);
                batch.Add((plan, first, count));
                (first, waiting) = (first + count, waiting + count);
                if (waiting == BatchRows)
                {
                    Predict(plans, batch, waiting, scores);
                    batch.Clear();
                    waiting = 0;
                }
            }
        }

        if (waiting > 0)
        {
            Predict(plans, batch, waiting, scores);
        }

        return scores;
    }

    private void Predict(IReadOnlyList<MixturePlan> plans, List<(int Plan, int First, int Count)> batch, int count, double[][] scores)
    {
        var columns = new Column[both.ColumnCount];
        Parallel.For(0, columns.Length, context.ParallelOptions, () => new int[count], (column, _, sources) =>
        {
            int player = players.OfColumns[column], at = 0;
            foreach ((int plan, int first, int length) in batch)
            {
                MixturePlan own = plans[plan];
                for (int mixture = first; mixture < first + length; mixture++)
                {
                    sources[at++] = own.Known[mixture * players.Count + player] ? BackgroundCount + own.Row : own.Others[mixture];
                }
            }

            columns[column] = both.Columns[column].Take(sources);
            return sources;
        }, _ => { });

        double[] said = outputs.Of(new Frame(columns), context);
        int from = 0;
        foreach ((int plan, int first, int length) in batch)
        {
            said.AsSpan(from * outputs.Count, length * outputs.Count).CopyTo(scores[plan].AsSpan(first * outputs.Count));
            from += length;
        }
    }

    /// <summary>Numbers of one row of a column, on average.</summary>
    private static long CellsOf(Column column) => column is ArrayColumn arrays ? 1 + arrays.Values.Sum(cell => (long)(cell?.Length ?? 0)) / Math.Max(1, arrays.Count) : 1;
}
