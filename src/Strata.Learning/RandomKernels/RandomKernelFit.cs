using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Preparation;
using Strata.Tensors;
using Strata.Tensors.Kernels;

namespace Strata.Learning.RandomKernels;

/// <summary>One fit: kernels drawn, series transformed, ridge regression solved, probabilities set right by rows that were left out.</summary>
internal static class RandomKernelFit
{
    /// <summary>Features of all rows that are held at once (1 GiB); more rows than fit get fewer kernels.</summary>
    private const int MostFeatures = 1 << 28;

    public static RandomKernelModel Run(RandomKernelRecipe recipe, TrainingTable table, FitContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        Target.Require(table.Target);
        table.RequireSomethingToLearn();
        if (table.Target is NumberTarget { Values: var values } && FiniteNumbers.FirstBeyond(values) is >= 0 and int at)
        {
            throw new DataException(FiniteNumbers.Problem(table.Target.Name, at, values[at]));
        }

        ModelSignature signature = ModelSignature.Of(table);
        SeriesLayout layout = SeriesLayout.Of(signature.Features);
        TrainingTable weighted = WithWeight(table), rows = WithSeries(weighted, layout);
        SeriesRows series = SeriesRows.Of(rows.Features, layout);
        ChannelScale scale = ChannelScale.Of(recipe.Scaling ?? (series.ChannelCount == 1 ? SeriesScaling.Series : SeriesScaling.Training), series);
        series.Scale(scale);
        BesideColumns beside = BesideColumns.Of(rows.Features, layout);
        KernelBank bank = recipe.Draw(series, MostFeatures / rows.RowCount, RandomSource.For(context.Seed, "random kernels"));
        using var team = new ThreadTeam(Math.Max(1, context.Threads));
        FeatureMatrix matrix = Transformed(rows, series, bank, beside, team, context.Cancellation);
        (double[] targets, int outputs) = Targets(rows.Target);
        int[] chosenBy = ChosenBy(rows.RowCount, context.Seed);
        RidgeSolution solution = new LeaveOneOutRidge(matrix, targets, outputs, team, context.Cancellation).Solve(recipe.Alpha, chosenBy);
        double sharpness = rows.Target is ClassTarget classes
            ? ScoreSharpness.Of(solution.LeftOut, [.. chosenBy.Select(row => classes.Codes[row])], [.. chosenBy.Select(row => matrix.Weights[row])], classes.Classes.Count)
            : 1;
        var model = new RandomKernelModel(recipe.Algorithm, signature, scale, bank, beside, solution, sharpness, Notes(rows.RowCount, weighted.RowCount, bank.IsReduced ? bank.FeatureCount : null));
        FinishedFit.Report(model, table, context);
        return model;
    }

    /// <summary>Rows that count; weights are brought to a mean of 1.</summary>
    private static TrainingTable WithWeight(TrainingTable table)
    {
        if (table.Weights is not double[] weights)
        {
            return table;
        }

        TrainingTable rows = table.Take([.. Enumerable.Range(0, weights.Length).Where(row => weights[row] > 0)]);
        double mean = rows.Weights!.Average();
        return new TrainingTable(rows.Features, rows.Target, [.. rows.Weights!.Select(weight => weight / mean)]);
    }

    /// <summary>Rows whose series has a step.</summary>
    private static TrainingTable WithSeries(TrainingTable table, SeriesLayout layout)
    {
        SeriesRows series = SeriesRows.Of(table.Features, layout);
        int[] rows = [.. Enumerable.Range(0, series.Count).Where(row => series.StepsOf(row) > 0)];
        return rows.Length == 0 ? throw new DataException("No series has a step, so that there is nothing to learn from.")
            : rows.Length == series.Count ? table
            : table.Take(rows);
    }

    private static FeatureMatrix Transformed(TrainingTable rows, SeriesRows series, KernelBank bank, BesideColumns beside, ThreadTeam team, CancellationToken cancellation)
    {
        double[] weights = rows.Weights ?? [.. Enumerable.Repeat(1.0, rows.RowCount)];
        var matrix = new FeatureMatrix(weights, bank.FeatureCount + beside.FeatureCount);
        int longest = series.LongestSteps;
        AlignedBuffer<float>[] scratch = [.. Enumerable.Range(0, team.Size).Select(_ => bank.Scratch(series.ChannelCount, longest))];
        try
        {
            for (int start = 0; start < rows.RowCount; start += FeatureMatrix.BlockRows)
            {
                cancellation.ThrowIfCancellationRequested();
                int first = start;
                matrix.MakeBlock(first);
                team.Run(Math.Min(FeatureMatrix.BlockRows, rows.RowCount - start), (item, member) =>
                {
                    Span<float> features = matrix.Row(first + item);
                    bank.Transform(series, first + item, longest, scratch[member], features[..bank.FeatureCount]);
                    beside.Fill(rows.Features, first + item, features[bank.FeatureCount..]);
                });
            }
        }
        finally
        {
            foreach (AlignedBuffer<float> one in scratch)
            {
                one.Dispose();
            }
        }

        matrix.Standardize(bank.FeatureCount, team, cancellation);
        return matrix;
    }

    /// <summary>[rows, outputs]: the numbers, or 1 for a row's class and -1 for the others; one output for two classes.</summary>
    private static (double[] Targets, int Outputs) Targets(Target target)
    {
        if (target is not ClassTarget classes)
        {
            return (((NumberTarget)target).Values, 1);
        }

        int outputs = target.Task.OutputCount(classes.Classes.Count);
        var targets = new double[classes.Count * outputs];
        for (int row = 0; row < classes.Count; row++)
        {
            for (int k = 0; k < outputs; k++)
            {
                targets[row * outputs + k] = classes.Codes[row] == (outputs == 1 ? 1 : k) ? 1 : -1;
            }
        }

        return (targets, outputs);
    }

    private static int[] ChosenBy(int rowCount, ulong seed)
    {
        int[] rows = [.. Enumerable.Range(0, rowCount)];
        if (rowCount > LeaveOneOutRidge.MostRowsToChoose)
        {
            RandomSource.For(seed, "rows left out").Shuffle<int>(rows);
            rows = [.. rows[..LeaveOneOutRidge.MostRowsToChoose].Order()];
        }

        return rows;
    }

    private static string[] Notes(int left, int all, int? reduced) =>
    [
        .. left == all ? Array.Empty<string>() : [$"{all - left} of {all} rows were left out, because their series has no step."],
        .. reduced is int features ? [$"There are so many rows that only {features} features of kernels were taken."] : Array.Empty<string>(),
    ];
}
