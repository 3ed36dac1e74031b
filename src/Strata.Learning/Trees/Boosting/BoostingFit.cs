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
    private readonly string algorithm;
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
    private readonly DerivativeWeights trainWeights;
    private readonly int[] trainRows, otherRows, scoredRows;
    private readonly RowSampler sampler;
    private readonly QueryRows? queries;
    private readonly MeasuredRows train;
    private readonly MeasuredRows? validation, watched;
    private readonly TreeDropout? dropout;
    private readonly EarlyStop? stop;
    private readonly BoostingCheckpoints? checkpoints;
    private readonly List<GrownTree> trees = [];
    private double[] bestScales = [];

    public BoostingFit(GradientBoosting recipe, string algorithm, TrainingTable table, FitContext context, GradientBoostingModel? start)
    {
        (this.recipe, this.algorithm, this.context, this.start) = (recipe, algorithm, context, start);
        context.Cancellation.ThrowIfCancellationRequested();
        RowSampler.Check(recipe);
        signature = start?.Signature ?? ModelSignature.Of(table);
        objective = BoostingLoss.ObjectiveOf(recipe, start, signature);
        loss = BoostingLoss.For(recipe, objective, signature);
        BoostingLoss.Check(recipe, loss, objective, table);
        Frame features = start is null ? table.Features : signature.Features.Conform(table.Features);
        int[] codeOf = TargetCodes.In(signature, table.Target);
        float[] weights = BoostingInput.Weights(table);
        float[]? factors = BoostingInput.ClassFactors(weights, table.Target, codeOf, recipe);
        RowSplit split = BoostingInput.Split(table, weights, recipe, context);
        (trainRows, otherRows, scoredRows) = (split.Train, split.Test, split.Test.Length == 0 ? split.Train : [.. split.Train, .. split.Test]);
        float[] learned = BoostingInput.Only(weights, split, trainRows), own = DerivativeWeights.Times(learned, factors);
        trainWeights = DerivativeWeights.Of(learned, factors);
        queries = loss.TakesQueries ? QueryRows.Of(table.Groups!, trainRows) : null;
        (centre, float[] targets) = BoostingInput.Targets(table.Target, codeOf, loss, own, start?.Trees.BaseScores);
        baseScores = start?.Trees.BaseScores ?? BoostingInput.BaseScores(recipe, loss, targets, own, centre);
        sampler = new RowSampler(recipe, context.Seed, trainRows, otherRows);
        dropout = recipe.DropRate > 0 ? new TreeDropout(recipe, context.Seed) : null;
        stop = recipe.EarlyStoppingRounds > 0 ? new EarlyStop(recipe, loss, signature.Task) : null;
        checkpoints = context.Checkpoints is null ? null : BoostingCheckpoints.For(recipe, algorithm, table, context, start);
        team = new ThreadTeam(context.Threads);
        try
        {
            bins = BinnedTable.FindBins(features, trainRows, table.Weights is null ? null : learned, recipe.MaxBins, context.Seed, team);
            constraints = GrowthConstraints.Of(recipe.Monotone, recipe.InteractionGroups, features, bins);
            rows = Labelled(features, targets);
            train = new MeasuredRows("train", rows, table, own);
            validation = otherRows.Length > 0 ? new MeasuredRows("validation", rows, table, DerivativeWeights.Times(BoostingInput.Only(weights, split, otherRows), factors)) : Beside("validation", context.Validation, stop is not null);
            watched = Beside("watched", context.Watched, isNeeded: false);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public GradientBoostingModel Run()
    {
        using var derivatives = new PackedDerivatives(rows, loss, trainWeights, queries, recipe.GradientSampling, team);
        using var grower = new TreeGrower(rows.Bins, trainWeights.RowWeights, recipe.Limits, constraints, team);
        int done = Resume();
        for (int round = done; round < recipe.Trees; round++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Boost(round, derivatives, grower);
            double? value = stop is null ? null : Measure(validation!);
            if (value is double measured && stop!.Enter(round, measured))
            {
                bestScales = [.. dropout?.Scales ?? []];
            }

            Report(round, value);
            if (stop?.IsOver(round) == true)
            {
                break;
            }

            checkpoints?.SaveIfDue(trees, loss.OutputCount, stop, bestScales);
        }

        context.Cancellation.ThrowIfCancellationRequested();
        if (stop?.BestRound < 0)
        {
            throw new DataException($"Metric '{stop.Metric?.Name ?? loss.Metric}' is undefined on the {validation!.Count} rows to stop early by; choose another metric or other rows.");
        }

        return new GradientBoostingModel(signature, Ensemble(), objective, start?.Algorithm ?? algorithm);
    }

    public void Dispose()
    {
        rows?.Dispose();
        validation?.DisposeOwn(rows);
        watched?.DisposeOwn(rows);
        team?.Dispose();
    }

    /// <summary>One round: a tree for each output, all from the same scores.</summary>
    private void Boost(int round, PackedDerivatives derivatives, TreeGrower grower)
    {
        int[] dropped = LeaveOut(round);
        derivatives.Update();
        RowDraw draw = sampler.Draw(round, derivatives);
        derivatives.Pack(draw.Factors);
        double scale = dropout?.NewScale(dropped.Length) ?? 1;
        for (int output = 0; output < loss.OutputCount; output++)
        {
            var columns = RandomSource.For(context.Seed, $"columns of tree {round}.{output}");
            GrownTree tree = grower.Grow(draw.Drawn, derivatives.Words(output), derivatives.Packing, columns, context.Cancellation);
            if (loss.RenewedQuantile is double quantile)
            {
                LeafRenewal.Renew(tree, grower, rows, trainWeights, draw.Factors, quantile, recipe.LearningRate, team);
            }

            rows.AddByLeaf(tree, grower, output, scale, team);
            rows.AddByWalking(tree, output, draw.Others, scale, team);
            AddBeside(tree, output, scale);
            trees.Add(tree);
        }

        PutBack(dropped);
    }

    /// <summary>Takes up what an interrupted fit of the same kind left: the same sums in the same order, only that the trees are known. Returns how many rounds that are.</summary>
    private int Resume()
    {
        if (checkpoints?.Load(loss.OutputCount) is not BoostingState state)
        {
            return 0;
        }

        int rounds = Math.Min(recipe.Trees, state.Trees.Count / loss.OutputCount);
        for (int round = 0; round < rounds; round++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            int[] dropped = LeaveOut(round);
            double scale = dropout?.NewScale(dropped.Length) ?? 1;
            for (int output = 0; output < loss.OutputCount; output++)
            {
                GrownTree tree = state.Trees[round * loss.OutputCount + output];
                rows.AddByWalking(tree, output, scoredRows, scale, team);
                AddBeside(tree, output, scale);
                trees.Add(tree);
            }

            PutBack(dropped);
        }

        stop?.Resume(state.BestValue, state.BestRound);
        bestScales = state.BestScales;
        return rounds;
    }

    /// <summary>Takes the rounds that the dropout draws out of the scores.</summary>
    private int[] LeaveOut(int round)
    {
        int[] dropped = dropout?.Draw(round) ?? [];
        AddRounds(dropped, -1);
        return dropped;
    }

    /// <summary>Enters the round that was just learned, and adds the dropped ones again with their new scales.</summary>
    private void PutBack(int[] dropped)
    {
        dropout?.Enter(dropped);
        AddRounds(dropped, 1);
    }

    private void AddRounds(int[] rounds, int sign)
    {
        foreach (int round in rounds)
        {
            for (int output = 0; output < loss.OutputCount; output++)
            {
                GrownTree tree = trees[round * loss.OutputCount + output];
                rows.AddByWalking(tree, output, scoredRows, sign * dropout!.Scales[round], team);
                AddBeside(tree, output, sign * dropout.Scales[round]);
            }
        }
    }

    /// <summary>Adds a tree to the scores of rows of other tables.</summary>
    private void AddBeside(GrownTree tree, int output, double scale)
    {
        validation?.Add(tree, output, scale, rows, team);
        watched?.Add(tree, output, scale, rows, team);
    }

    private double Measure(MeasuredRows measured) =>
        stop?.Metric is Metrics.Metric metric ? measured.Of(metric, signature, objective.Link(), centre) : measured.Loss(loss, team);

    private void Report(int round, double? stopValue)
    {
        if (context.Progress is null)
        {
            return;
        }

        var metrics = new Dictionary<string, double>();
        foreach (MeasuredRows measured in (IEnumerable<MeasuredRows>)[train, .. new[] { validation, watched }.OfType<MeasuredRows>()])
        {
            metrics[$"{measured.Name}_{loss.Metric}"] = measured == validation && stop?.Metric is null && stopValue is double known ? known : measured.Loss(loss, team);
        }

        if (stop?.Metric is Metrics.Metric metric && stopValue is double value && double.IsFinite(value))
        {
            metrics[$"validation_{metric.Name}"] = value;
        }

        context.Progress.Report(new FitProgress(round, recipe.Trees, metrics));
    }

    /// <summary>The model's trees: up to the best round, as they counted then.</summary>
    private TreeEnsemble Ensemble()
    {
        var builder = new TreeEnsembleBuilder(signature.Features.Columns.Count, baseScores);
        if (start is not null)
        {
            builder.AddTrees(start.Trees);
        }

        int outputs = loss.OutputCount, kept = stop is null ? trees.Count : (stop.BestRound + 1) * outputs;
        IReadOnlyList<double> scales = stop is null ? dropout?.Scales ?? [] : bestScales;
        for (int tree = 0; tree < kept; tree++)
        {
            trees[tree].AddTo(builder, bins, tree % outputs, scales.Count > 0 ? scales[tree / outputs] : 1);
        }

        return builder.Build();
    }

    /// <summary>Rows of another table, brought to the signature; null where there are none or nobody asks.</summary>
    private MeasuredRows? Beside(string name, TrainingTable? table, bool isNeeded)
    {
        if (table is not { RowCount: > 0 } || !(isNeeded || context.Progress is not null))
        {
            return null;
        }

        if (loss.TakesQueries && table.Groups is null)
        {
            return isNeeded ? throw new DataException("The rows to stop early by have no queries: give the column that names them as the group.") : null;
        }

        int[] codeOf = TargetCodes.In(signature, table.Target);
        float[] weights = BoostingInput.Weights(table);
        LabelledRows labelled = Labelled(signature.Features.Conform(table.Features), LabelledRows.PaddedTargets(table.Target, codeOf, centre));
        return new MeasuredRows(name, labelled, table, weights);
    }

    /// <summary>Binned rows whose scores are those of the starting model, or the base scores.</summary>
    private LabelledRows Labelled(Frame features, float[] targets)
    {
        var labelled = new LabelledRows(BinnedTable.Of(features, bins, team, maySparse: true), targets, loss.OutputCount);
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
