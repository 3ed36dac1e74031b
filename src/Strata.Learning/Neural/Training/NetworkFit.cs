using Strata.Learning.Data;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Neural.Optimizers;
using Strata.Learning.Preparation;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Neural.Training;

/// <summary>One training of a network: epochs of batches, judged on rows kept aside after each, the best kept.</summary>
internal sealed class NetworkFit : IDisposable
{
    private readonly NetworkRecipe recipe;
    private readonly FitContext context;
    private readonly ModelSignature signature;
    private readonly NetworkTarget scale;
    private readonly InputEncoding encoding;
    private readonly LabelledRows train;
    private readonly LabelledRows? validation, watched;
    private readonly int[] trainRows;
    private readonly int batchSize, rowsAtOnce;
    private readonly ThreadTeam team;
    private readonly CpuBackend backend;
    private readonly Tape<float> tape;
    private readonly Network network;
    private readonly Optimizer optimizer;
    private readonly BestWeights best;
    private readonly NetworkCheckpoints? checkpoints;
    private bool isHandedOver;

    public NetworkFit(NetworkRecipe recipe, TrainingTable table, FitContext context)
    {
        (this.recipe, this.context) = (recipe, context);
        context.Cancellation.ThrowIfCancellationRequested();
        Target.Require(table.Target);
        table.RequireSomethingToLearn();
        FiniteNumbers.Check(table.Features);
        signature = ModelSignature.Of(table);
        int[] weighty = [.. Enumerable.Range(0, table.RowCount).Where(row => table.Weights is null || table.Weights[row] > 0)];
        TrainingTable rows = weighty.Length == table.RowCount ? table : table.Take(weighty);
        (TrainingTable learned, TrainingTable? aside) = Divide(rows);
        scale = NetworkTarget.Of(learned.Target, learned.Weights ?? Ones(learned.RowCount));
        encoding = InputEncoding.Of(recipe.Inputs, learned, context);
        train = Labelled(learned);
        validation = aside is null ? null : Labelled(aside);
        watched = context is { Progress: not null, Watched: { RowCount: > 0 } others } ? Labelled(Conformed(others)) : null;
        trainRows = [.. Enumerable.Range(0, learned.RowCount)];
        batchSize = Math.Min(learned.RowCount, recipe.BatchSize ?? UsualBatch(learned.RowCount));
        team = new ThreadTeam(Math.Max(1, context.Threads));
        backend = new CpuBackend(team);
        tape = new Tape<float>(backend);
        network = recipe.Build(encoding, signature.OutputCount, RandomSource.For(context.Seed, "weights"));
        recipe.Start?.Begin(network);
        optimizer = recipe.Optimizer.Of(recipe.Start?.Groups(network, recipe.WeightDecay) ?? ParameterGroup.Of(network.Parameters, recipe.WeightDecay));
        best = new BestWeights(network);
        rowsAtOnce = StepMemory.RowsWithin((long)recipe.StepMegabytes << 20, network, train.Rows, tape, batchSize);
        checkpoints = context.Checkpoints is null ? null : new NetworkCheckpoints(recipe, table, context, network, optimizer, best);
    }

    public NetworkModel Run()
    {
        var batch = new Batch(train.Rows, rowsAtOnce);
        var labels = new BatchLabels(rowsAtOnce);
        int steps = (trainRows.Length + batchSize - 1) / batchSize;
        for (int epoch = checkpoints?.Load() ?? 0; epoch < recipe.Epochs; epoch++)
        {
            recipe.Start?.BeginEpoch(network, epoch);
            var random = RandomSource.For(context.Seed, $"epoch {epoch}");
            int[] order = [.. trainRows];
            random.Shuffle(order.AsSpan());
            double loss = 0, weight = 0;
            for (int step = 0; step < steps; step++)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                ReadOnlySpan<int> some = order.AsSpan(step * batchSize, Math.Min(batchSize, order.Length - step * batchSize));
                double rate = recipe.LearningRate * recipe.Schedule.Factor((long)epoch * steps + step, (long)recipe.Epochs * steps);
                for (int start = 0; start < some.Length; start += rowsAtOnce)
                {
                    context.Cancellation.ThrowIfCancellationRequested();
                    ReadOnlySpan<int> part = some.Slice(start, Math.Min(rowsAtOnce, some.Length - start));
                    batch.Fill(train.Rows, part, random);
                    labels.Fill(train, part);
                    loss += labels.WeightSum * AddGradients(batch, labels, random, some.Length);
                    weight += labels.WeightSum;
                }

                GradientNorm.Limit(network.Parameters, recipe.MaxGradientNorm);
                optimizer.Step(rate);
            }

            double? judged = validation is null ? null : MeanLoss(validation);
            bool isOver = best.Enter(epoch, judged) && recipe.EarlyStoppingEpochs > 0 && epoch - best.Epoch >= recipe.EarlyStoppingEpochs;
            Report(epoch, loss / weight, judged);
            if (isOver)
            {
                break;
            }

            checkpoints?.SaveIfDue(epoch + 1);
        }

        context.Cancellation.ThrowIfCancellationRequested();
        best.PutBack();
        if (network.State.Any(parameter => parameter.Values.ContainsAnyExceptInRange(float.MinValue, float.MaxValue)))
        {
            throw new DataException($"The network's numbers grew beyond all bounds; take a smaller learning_rate than {recipe.LearningRate} or a max_gradient_norm.");
        }

        isHandedOver = true;
        return new NetworkModel(recipe, signature, encoding, network, scale, recipe.Start?.Notes ?? []);
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

    /// <summary>32 rows up to 512, about a hundredth of the table.</summary>
    private static int UsualBatch(int rows) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(rows / 100, 32, 512));

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }

    /// <summary>Adds the gradients of a batch, or a part of one; returns its mean loss.</summary>
    private double AddGradients(Batch batch, BatchLabels labels, RandomSource random, int batchRows)
    {
        tape.Reset();
        tape.IsRecording = true;
        Variable<float> loss = NetworkTarget.Loss(network.Apply(batch, new Pass(tape, random)), signature.Task, labels.Targets, labels.Codes, labels.Weights, recipe.LabelSmoothing);

        // A batch counts for the weight that its rows have among all, so that weights mean the same whatever rows they meet.
        tape.Backward(tape.Scale(loss, labels.WeightSum / (batchRows * train.MeanWeight)));
        return loss.Values[0];
    }

    private double MeanLoss(LabelledRows rows)
    {
        float[] scores = NetworkScores.Of(network, rows.Rows, signature.OutputCount, tape, context.Cancellation);
        Shape shape = signature.OutputCount == 1 ? new Shape(rows.Rows.Count) : new Shape(rows.Rows.Count, signature.OutputCount);
        return NetworkTarget.Loss(tape.Constant(scores, shape), signature.Task, rows.Targets, rows.Codes, rows.Weights, smoothing: 0).Values[0];
    }

    private void Report(int epoch, double trainLoss, double? validationLoss)
    {
        if (context.Progress is null)
        {
            return;
        }

        string metric = NetworkTarget.Metric(signature.Task);
        var metrics = new Dictionary<string, double> { [$"train_{metric}"] = scale.Reported(signature.Task, trainLoss) };
        if (validationLoss is double value)
        {
            metrics[$"validation_{metric}"] = scale.Reported(signature.Task, value);
        }

        if (watched is not null)
        {
            metrics[$"watched_{metric}"] = scale.Reported(signature.Task, MeanLoss(watched));
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

    private LabelledRows Labelled(TrainingTable table) => new(encoding.Encode(table.Features), scale.Values(table.Target, signature), table.Weights);
}
