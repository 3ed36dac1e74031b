using Strata.Learning.Data;
using Strata.Learning.Losses;
using Strata.Learning.Trees.Binning;
using Strata.Learning.Trees.Growth;
using Strata.Tensors;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees.Boosting;

/// <summary>One run of gradient boosting, from the table to the model.</summary>
internal sealed unsafe class BoostingFit : IDisposable
{
    private readonly GradientBoosting recipe;
    private readonly FitContext context;
    private readonly GradientBoostingModel? start;
    private readonly ModelSignature signature;
    private readonly BoostingObjective objective;
    private readonly ILoss loss;
    private readonly ThreadTeam team;
    private readonly IReadOnlyList<FeatureBins> bins;
    private readonly GrowthConstraints constraints;
    private readonly double[] baseScores;
    private readonly double centre;
    private readonly LabelledRows rows;
    private readonly LabelledRows? watched;
    private readonly float[] trainWeights;
    private readonly float[]? validationWeights, watchedWeights;
    private readonly int[] trainRows, otherRows;
    private readonly List<GrownTree> trees = [];

    public BoostingFit(GradientBoosting recipe, TrainingTable table, FitContext context, GradientBoostingModel? start)
    {
        (this.recipe, this.context, this.start) = (recipe, context, start);
        context.Cancellation.ThrowIfCancellationRequested();
        signature = start?.Signature ?? ModelSignature.Of(table);
        Frame features = start is null ? table.Features : signature.Features.Conform(table.Features);
        int[] codeOf = TargetCodes.In(signature, table.Target);
        objective = ObjectiveOf(recipe.Objective, start, signature);
        loss = Loss.For(signature);
        float[] weights = BoostingInput.Weights(table);
        RowSplit split = BoostingInput.Split(table, weights, recipe, context.Seed);
        (trainRows, otherRows) = (split.Train, split.Test);
        trainWeights = BoostingInput.Only(weights, trainRows);
        validationWeights = otherRows.Length > 0 ? BoostingInput.Only(weights, otherRows) : null;
        (centre, float[] targets) = BoostingInput.Targets(table.Target, codeOf, loss, trainWeights, start?.Trees.BaseScores);
        baseScores = start?.Trees.BaseScores ?? BoostingInput.BaseScores(loss, targets, trainWeights, centre);
        team = new ThreadTeam(context.Threads);
        try
        {
            bins = BinnedTable.FindBins(features, trainRows, table.Weights is null ? null : trainWeights, recipe.MaxBins, context.Seed, team);
            constraints = GrowthConstraints.Of(recipe.Monotone, recipe.InteractionGroups, features, bins);
            rows = Labelled(features, targets);
            if (context is { Watched: { RowCount: > 0 } table2, Progress: not null })
            {
                Frame watchedFeatures = signature.Features.Conform(table2.Features);
                watched = Labelled(watchedFeatures, LabelledRows.PaddedTargets(table2.Target, TargetCodes.In(signature, table2.Target), centre));
                watchedWeights = BoostingInput.Weights(table2);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public GradientBoostingModel Run()
    {
        DerivativeWeights weights = DerivativeWeights.Of(trainWeights);
        using var derivatives = new PackedDerivatives(rows, loss, weights, team);
        using var grower = new TreeGrower(rows.Bins, weights.RowWeights, recipe.Limits, constraints, team);
        var (bestMetric, bestRound) = (double.PositiveInfinity, -1);
        for (int round = 0; round < recipe.Trees; round++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Boost(round, derivatives, grower);
            double? validation = validationWeights is null ? null : rows.Metric(loss, validationWeights, team);
            Report(round, validation);
            if (validation is not double metric)
            {
                continue;
            }

            if (metric < bestMetric)
            {
                (bestMetric, bestRound) = (metric, round);
            }
            else if (round - bestRound >= recipe.EarlyStoppingRounds)
            {
                break;
            }
        }

        context.Cancellation.ThrowIfCancellationRequested();
        int kept = validationWeights is null ? trees.Count : (bestRound + 1) * loss.OutputCount;
        return new GradientBoostingModel(signature, Ensemble(kept), objective, start?.Algorithm ?? recipe.Algorithm);
    }

    public void Dispose()
    {
        rows?.Dispose();
        watched?.Dispose();
        team?.Dispose();
    }

    /// <summary>One round: a tree for each output, all from the same scores.</summary>
    private void Boost(int round, PackedDerivatives derivatives, TreeGrower grower)
    {
        derivatives.Update();
        var (drawn, others) = DrawRows(round);
        for (int output = 0; output < loss.OutputCount; output++)
        {
            var columns = RandomSource.For(context.Seed, $"columns of tree {round}.{output}");
            GrownTree tree = grower.Grow(drawn, derivatives.Words(output), derivatives.Packing, columns, context.Cancellation);
            rows.AddByLeaf(tree, grower, output, team);
            rows.AddByWalking(tree, output, others, team);
            watched?.AddByWalking(tree, output, BoostingInput.AllRows(watched.RowCount), team);
            trees.Add(tree);
        }
    }

    private (int[] Drawn, int[] Others) DrawRows(int round)
    {
        if (recipe.RowFraction >= 1)
        {
            return (trainRows, otherRows);
        }

        var random = RandomSource.For(context.Seed, $"rows of round {round}");
        var (drawn, others) = (new List<int>(), new List<int>(otherRows));
        foreach (int row in trainRows)
        {
            (random.NextDouble() < recipe.RowFraction ? drawn : others).Add(row);
        }

        return drawn.Count > 0 ? ([.. drawn], [.. others]) : (trainRows, otherRows);
    }

    private void Report(int round, double? validation)
    {
        if (context.Progress is null)
        {
            return;
        }

        var metrics = new Dictionary<string, double> { [$"train_{loss.Metric}"] = rows.Metric(loss, trainWeights, team) };
        if (validation is double value)
        {
            metrics[$"validation_{loss.Metric}"] = value;
        }

        if (watched is not null)
        {
            metrics[$"watched_{loss.Metric}"] = watched.Metric(loss, watchedWeights!, team);
        }

        context.Progress.Report(new FitProgress(round, recipe.Trees, metrics));
    }

    /// <summary>The recipe's objective where it says one, else the starting model's, else the task's.</summary>
    private static BoostingObjective ObjectiveOf(BoostingObjective asked, GradientBoostingModel? start, ModelSignature signature)
    {
        BoostingObjective objective = asked != BoostingObjective.Automatic ? asked : start?.Objective ?? BoostingObjectives.For(signature.Task);
        return objective == BoostingObjectives.For(signature.Task)
            ? objective
            : throw new DataException($"Objective {objective} does not learn {signature.Task}; this one learns by {BoostingObjectives.For(signature.Task)}.");
    }

    private TreeEnsemble Ensemble(int kept)
    {
        var builder = new TreeEnsembleBuilder(signature.Features.Columns.Count, baseScores);
        if (start is not null)
        {
            builder.AddTrees(start.Trees);
        }

        for (int tree = 0; tree < kept; tree++)
        {
            trees[tree].AddTo(builder, bins, tree % loss.OutputCount);
        }

        return builder.Build();
    }

    /// <summary>Binned rows whose scores are those of the starting model, or the base scores.</summary>
    private LabelledRows Labelled(Frame features, float[] targets)
    {
        var labelled = new LabelledRows(BinnedTable.Of(features, bins, team), targets, loss.OutputCount);
        double[]? started = start?.Trees.TreeCount > 0 ? EnsembleScorer.Score(start.Trees, features, context.Threads) : null;
        for (int output = 0; output < loss.OutputCount; output++)
        {
            float* scores = labelled.Scores(output);
            for (int row = 0; row < labelled.RowCount; row++)
            {
                scores[row] = (float)((started is null ? baseScores[output] : started[row * loss.OutputCount + output]) - centre);
            }
        }

        return labelled;
    }
}
