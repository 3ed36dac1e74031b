using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Neural.Augmentation;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Neural.Optimizers;
using Strata.Learning.Neural.Transfer;
using Strata.Learning.Preparation;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Neural.Training;

/// <summary>One training of a network: epochs of batches, judged on rows kept aside after each, the best kept.</summary>
internal sealed class NetworkFit : IDisposable
{
    /// <summary>Epochs without improvement that the plateau schedule bears.</summary>
    private const int PlateauEpochs = 5;

    private readonly NetworkRecipe recipe;
    private readonly FitContext context;
    private readonly ModelSignature signature;
    private readonly NetworkTarget scale;
    private readonly NetworkObjective objective;
    private readonly InputEncoding encoding;
    private readonly LabelledRows train;
    private readonly LabelledRows? validation, watched;
    private readonly int batchSize, rowsAtOnce, outputs;
    private readonly Batch batch;
    private readonly BatchLabels labels, partners;
    private readonly Mixup? mixup;
    private readonly ThreadTeam team;
    private readonly CpuBackend backend;
    private readonly Tape<float> tape;
    private readonly Penalties penalties = new();
    private readonly Network network;
    private readonly Optimizer optimizer;
    private readonly WeightAverage? average;
    private readonly Plateau? plateau;
    private readonly BestWeights best;
    private readonly NetworkCheckpoints? checkpoints;
    private readonly BatchAugmentation? augmentation;
    private double batchWeight;
    private bool isHandedOver;

    public NetworkFit(NetworkRecipe recipe, TrainingTable table, FitContext context)
    {
        recipe = recipe.Start is null ? recipe with { Start = TransferStart.Of(recipe, table.Features.Schema) } : recipe;
        (this.recipe, this.context) = (recipe, context);
        context.Cancellation.ThrowIfCancellationRequested();
        Target.Require(table.Target);
        table.RequireSomethingToLearn();
        FiniteNumbers.Check(table.Features);
        signature = ModelSignature.Of(table);
        objective = new NetworkObjective(recipe, signature);
        outputs = NetworkObjective.Outputs(recipe.Loss, signature);
        int[] weighty = [.. Enumerable.Range(0, table.RowCount).Where(row => table.Weights is null || table.Weights[row] > 0)];
        TrainingTable rows = weighty.Length == table.RowCount ? table : table.Take(weighty);
        (TrainingTable learned, TrainingTable? aside) = Divide(rows);
        scale = NetworkTarget.Of(learned.Target, learned.Weights ?? Ones(learned.RowCount));
        encoding = InputEncoding.Of(recipe.Inputs, learned, context);
        augmentation = recipe.Augmentation is { IsEmpty: false } plan ? new BatchAugmentation(plan, encoding) : null;
        train = Labelled(learned);
        validation = aside is null ? null : Labelled(aside);
        watched = context is { Progress: not null, Watched: { RowCount: > 0 } others } ? Labelled(Conformed(others)) : null;
        batchSize = Math.Min(learned.RowCount, recipe.BatchSize ?? UsualBatch(learned.RowCount, encoding.Arrays.Count > 0));
        team = new ThreadTeam(Math.Max(1, context.Threads));
        backend = new CpuBackend(team);
        tape = new Tape<float>(backend) { Cancellation = context.Cancellation };
        network = recipe.Build(encoding, outputs, RandomSource.For(context.Seed, "weights"));
        recipe.Start?.Begin(network);
        optimizer = NewOptimizer();
        average = recipe.WeightAverage > 0 ? new WeightAverage(network.State, recipe.WeightAverage) : null;
        plateau = recipe.Schedule == RateSchedule.Plateau ? new Plateau(PlateauEpochs) : null;
        best = new BestWeights(network);
        rowsAtOnce = StepMemory.RowsWithin((long)recipe.StepMegabytes << 20, network, train.Rows, tape, batchSize);
        (batch, labels, partners) = (new Batch(train.Rows, rowsAtOnce), new BatchLabels(rowsAtOnce), new BatchLabels(rowsAtOnce));
        mixup = recipe.Mixup > 0 ? new Mixup(recipe.Mixup, rowsAtOnce) : null;
        checkpoints = context.Checkpoints is null ? null : new NetworkCheckpoints(recipe, table, context, network, optimizer, best, average, plateau);
    }

    /// <summary>How many steps an epoch has.</summary>
    private int Steps => (train.Rows.Count + batchSize - 1) / batchSize;

    public NetworkModel Run()
    {
        string[] notes = [];
        double learningRate = recipe.LearningRate;
        if (recipe.FindLearningRate)
        {
            learningRate = FindRate().Suggested;
            notes = [string.Create(CultureInfo.InvariantCulture, $"The learning rate was found by a sweep: {learningRate:g3}.")];
        }

        for (int epoch = checkpoints?.Load() ?? 0; epoch < recipe.Epochs; epoch++)
        {
            recipe.Start?.BeginEpoch(network, epoch);
            var random = RandomSource.For(context.Seed, $"epoch {epoch}");
            int[] order = Order(random);
            double loss = 0, weight = 0;
            for (int step = 0; step < Steps; step++)
            {
                double factor = plateau?.Factor ?? recipe.Schedule.Factor((long)epoch * Steps + step, (long)recipe.Epochs * Steps);
                loss += AddGradients(RowsOf(order, step), random);
                weight += batchWeight;
                optimizer.Step(learningRate * factor, Limits);
                average?.Enter();
            }

            // The mean of the weights is judged and kept, and learning goes on from the weights.
            average?.Exchange();
            double? judged = validation is null ? null : MeanLoss(validation);
            bool isOver = best.Enter(epoch, judged) && recipe.EarlyStoppingEpochs > 0 && epoch - best.Epoch >= recipe.EarlyStoppingEpochs;
            Report(epoch, loss / weight, judged);
            average?.Exchange();
            plateau?.Enter(judged ?? loss / weight);
            if (isOver)
            {
                break;
            }

            checkpoints?.SaveIfDue(epoch + 1);
        }

        context.Cancellation.ThrowIfCancellationRequested();
        average?.Exchange();
        best.PutBack();
        if (network.State.Any(parameter => parameter.Values.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)))
        {
            throw new DataException($"The network's numbers grew beyond all bounds; take a smaller learning_rate than {learningRate} or a max_gradient_norm.");
        }

        isHandedOver = true;
        return new NetworkModel(recipe with { Start = null, InitialWeights = null }, signature, encoding, network, scale, [], [.. notes, .. recipe.Start?.Notes ?? []]);
    }

    /// <summary>The loss over learning rates that grow from step to step; the weights are put back.</summary>
    public LearningRateCurve FindRate()
    {
        recipe.Start?.BeginEpoch(network, 0);
        float[][] start = [.. network.State.Select(parameter => parameter.Values.ToArray())];
        Optimizer trial = NewOptimizer();
        var sweep = new LearningRateSweep();
        var random = RandomSource.For(context.Seed, "learning rate");
        int[] order = Order(random);
        for (int step = 0; sweep.Next is double rate; step++)
        {
            sweep.Enter(AddGradients(RowsOf(order, step % Steps), random) / batchWeight);
            trial.Step(rate, Limits);
        }

        foreach ((Parameter<float> parameter, float[] values) in network.State.Zip(start))
        {
            values.CopyTo(parameter.Values);
        }

        return sweep.Curve;
    }

    public void Dispose()
    {
        tape.Dispose();
        backend.Dispose();
        team.Dispose();
        if (!isHandedOver)
        {
            network.Dispose();
        }
    }

    private GradientLimits Limits => new(recipe.MaxGradientNorm, recipe.MaxGradient);

    /// <summary>Of a table 32 rows up to 512, about a hundredth of it; of arrays, of which there are fewer and which say more each, 16 up to 128 and a fiftieth.</summary>
    private static int UsualBatch(int rows, bool hasArrays) =>
        (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(hasArrays ? Math.Clamp(rows / 50, 16, 128) : Math.Clamp(rows / 100, 32, 512)));

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }

    private Optimizer NewOptimizer() => recipe.Optimizer.Of(recipe.Start?.Groups(network, recipe.WeightDecay) ?? ParameterGroup.Of(network.Parameters, recipe.WeightDecay), team, recipe.Momentum, recipe.Nesterov);

    /// <summary>The order in which an epoch meets the training rows.</summary>
    private int[] Order(RandomSource random) =>
        recipe.BalancedBatches && signature.Task.IsClassification() ? EpochOrder.Balanced(train.Codes, random) : EpochOrder.Shuffled(train.Rows.Count, random);

    private ReadOnlySpan<int> RowsOf(int[] order, int step) => order.AsSpan(step * batchSize, Math.Min(batchSize, order.Length - step * batchSize));

    /// <summary>Adds the gradients of a step's rows, in parts where memory asks for it; returns their summed loss and sets <see cref="batchWeight"/>.</summary>
    private double AddGradients(ReadOnlySpan<int> rows, RandomSource random)
    {
        double loss = 0;
        batchWeight = 0;
        for (int start = 0; start < rows.Length; start += rowsAtOnce)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            ReadOnlySpan<int> part = rows.Slice(start, Math.Min(rowsAtOnce, rows.Length - start));
            batch.Fill(train.Rows, part, random);
            augmentation?.Apply(batch, random);
            labels.Fill(train, part);
            loss += labels.WeightSum * AddGradients(part, random, rows.Length);
            batchWeight += labels.WeightSum;
        }

        return loss;
    }

    /// <summary>Adds the gradients of the gathered rows; returns their mean loss.</summary>
    private double AddGradients(ReadOnlySpan<int> part, RandomSource random, int stepRows)
    {
        tape.Reset();
        tape.IsRecording = true;
        double own = mixup?.Mix(batch, random) ?? augmentation?.Cut(batch, random) ?? 1;
        Variable<float> scores = network.Apply(batch, new Pass(tape, random) { Penalties = penalties });
        Variable<float> loss = objective.Loss(scores, labels.Targets, labels.Codes, labels.Weights, isLearning: true);
        ReadOnlySpan<int> others = mixup is not null ? mixup.PartnersOf(part) : augmentation is not null ? augmentation.PartnersOf(part) : [];
        if (!others.IsEmpty)
        {
            partners.Fill(train, others);
            loss = tape.Scale(loss, own) + tape.Scale(objective.Loss(scores, partners.Targets, partners.Codes, partners.Weights, isLearning: true), 1 - own);
        }

        // A batch counts for the weight that its rows have among all, so that weights mean the same whatever rows they meet.
        tape.Backward(tape.Scale(penalties.AddTo(loss), labels.WeightSum / (stepRows * train.MeanWeight)));
        return loss.Values[0];
    }

    private double MeanLoss(LabelledRows rows)
    {
        float[] scores = NetworkScores.Of(network, rows.Rows, outputs, tape, cancellation: context.Cancellation);
        Shape shape = outputs == 1 ? new Shape(rows.Rows.Count) : new Shape(rows.Rows.Count, outputs);
        return objective.Loss(tape.Constant(scores, shape), rows.Targets, rows.Codes, rows.Weights, isLearning: false).Values[0];
    }

    private void Report(int epoch, double trainLoss, double? validationLoss)
    {
        if (context.Progress is null)
        {
            return;
        }

        string metric = objective.Metric;
        var metrics = new Dictionary<string, double> { [$"train_{metric}"] = objective.Reported(trainLoss, scale.Deviation) };
        if (validationLoss is double value)
        {
            metrics[$"validation_{metric}"] = objective.Reported(value, scale.Deviation);
        }

        if (watched is not null)
        {
            metrics[$"watched_{metric}"] = objective.Reported(MeanLoss(watched), scale.Deviation);
        }

        context.Progress.Report(new FitProgress(epoch, recipe.Epochs, metrics));
    }

    /// <summary>Rows to learn from, and rows to stop early by.</summary>
    private (TrainingTable Learned, TrainingTable? Aside) Divide(TrainingTable rows)
    {
        const int fewest = 20;
        if (context.Validation is { RowCount: > 0 } given)
        {
            return (rows, Conformed(given));
        }

        if (recipe.EarlyStoppingEpochs == 0 || rows.RowCount < fewest)
        {
            return (rows, null);
        }

        RowSplit split = RowSplits.HoldOut(rows, recipe.ValidationFraction, context.Seed).Split;
        return (rows.Take(split.Train), rows.Take(split.Test));
    }

    private TrainingTable Conformed(TrainingTable table) => table.WithFeatures(signature.Features.Conform(table.Features));

    private LabelledRows Labelled(TrainingTable table) => new(
        encoding.Encode(table.Features),
        scale.Values(table.Target, signature),
        table.Target is ClassTarget classes ? recipe.ClassWeights.OfRows(classes, table.Weights) : table.Weights);
}
