using Strata.Learning.Data;

namespace Strata.Learning.Explanation.Shapley;

/// <summary>Shapley values of any model's answers, in its own columns: what is not known of a row comes from background rows, each in turn.</summary>
internal sealed class SampledContributions(IModel model)
{
    public Contributions Contributions(Frame rows, ExplanationOptions options)
    {
        Schema features = model.Signature.Features;
        FitContext context = options.Context;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Evaluations, 1);
        var players = Players.Of(features, options.Groups);
        Frame explained = features.Conform(rows), background = features.Conform(options.BackgroundFor(rows));
        var outputs = new ModelOutputs(model, options.Output);
        if (players.Count == 0)
        {
            throw new DataException($"A '{model.Algorithm}' model without columns has nothing to explain.");
        }

        var game = new ShapleyGame(players.Count, outputs.Count, outputs.Of(background, context), outputs.Of(explained, context));
        IShapleyMethod method = Method(game, options);
        var mixtures = new Mixtures(outputs, explained, background, features, players, context);
        int width = outputs.Count * players.Count;
        double[] values = new double[checked(explained.RowCount * width)], errors = new double[values.Length];
        int blockRows = Math.Max(1, mixtures.BatchRows / Math.Max(1, method.Mixtures)), blocks = (explained.RowCount + blockRows - 1) / blockRows;
        var progress = new BlockProgress(context, blocks);
        for (int first = 0; first < explained.RowCount; first += blockRows)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var plans = new MixturePlan[Math.Min(blockRows, explained.RowCount - first)];
            Parallel.For(0, plans.Length, context.ParallelOptions, i => plans[i] = method.Plan(first + i));
            double[][] scores = mixtures.Scores(plans);
            Parallel.For(0, plans.Length, context.ParallelOptions, i =>
            {
                int at = plans[i].Row * width;
                method.Solve(plans[i], scores[i], values.AsSpan(at, width), errors.AsSpan(at, width));
            });
            progress.Finished();
        }

        return new Contributions(players.Names, outputs.Names, explained.RowCount, values, [.. Enumerable.Range(0, explained.RowCount).SelectMany(_ => game.Bias)])
        {
            Explained = options.Output,
            StandardErrors = method.IsExact ? null : errors,
        }.Checked(game.Rows);
    }

    private static IShapleyMethod Method(ShapleyGame game, ExplanationOptions options)
    {
        if (EveryCoalition.Fits(game, options.Evaluations))
        {
            return new EveryCoalition(game);
        }

        bool walks = options.Method == ExplanationMethod.Permutation;
        int most = walks ? PermutationWalks.MostPlayers : KernelRegression.MostPlayers;
        if (game.Players > most)
        {
            throw new DataException($"The method {(walks ? "permutation" : "kernel")} explains at most {most} columns, and there are {game.Players}; explain groups of columns{(walks ? string.Empty : ", or take the method permutation")}.");
        }

        return walks ? new PermutationWalks(game, options.Evaluations, options.Context.Seed) : new KernelRegression(game, options.Evaluations, options.Context.Seed);
    }
}
