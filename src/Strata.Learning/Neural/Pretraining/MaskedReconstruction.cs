using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Layers;
using Strata.Learning.Neural.Optimizers;
using Strata.Learning.Neural.Training;
using Strata.Learning.Neural.Transfer;
using Strata.Learning.Preparation;
using Strata.Tensors;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Neural.Pretraining;

/// <summary>
/// Learns from rows without a target: columns and spans of steps are hidden, and the network tells what was there. Its weights are where trainings on few rows with a target begin; only the head
/// is then new (masked modelling as in Devlin et al. 2019, for series Zerveas et al. 2021).
/// </summary>
public sealed class MaskedReconstruction : IDisposable
{
    private const double HeldBack = 0.1;

    private readonly NetworkRecipe recipe;
    private readonly FitContext context;
    private readonly double share;
    private readonly Schema features;
    private readonly EncodedRows rows;
    private readonly int[] learned, held;
    private readonly int batchSize;
    private readonly Batch batch;
    private readonly MaskedBatch masked;
    private readonly ThreadTeam team;
    private readonly CpuBackend backend;
    private readonly Tape<float> tape;
    private readonly Network network;
    private readonly Optimizer optimizer;
    private readonly BestWeights best;

    private MaskedReconstruction(NetworkRecipe recipe, Frame table, FitContext context, double share)
    {
        (this.recipe, this.context, this.share, features) = (recipe, context, share, table.Schema);
        context.Cancellation.ThrowIfCancellationRequested();
        FiniteNumbers.Check(table);
        int[] order = [.. Enumerable.Range(0, table.RowCount)];
        RandomSource.For(context.Seed, "held back").Shuffle(order.AsSpan());
        int heldCount = Math.Clamp((int)(HeldBack * order.Length), 1, order.Length - 1);
        (held, learned) = ([.. order[..heldCount].Order()], [.. order[heldCount..].Order()]);
        var encoding = InputEncoding.Of(recipe.Inputs, new TrainingTable(table, new NoTarget(table.RowCount)).Take(learned), context);
        rows = encoding.Encode(table);
        batchSize = Math.Min(learned.Length, recipe.BatchSize ?? Math.Clamp(learned.Length / 100, 32, 256));
        (batch, masked) = (new Batch(rows, batchSize), new MaskedBatch(rows, batchSize));
        team = new ThreadTeam(Math.Max(1, context.Threads));
        backend = new CpuBackend(team);
        tape = new Tape<float>(backend);
        network = recipe.Build(encoding, masked.Width, RandomSource.For(context.Seed, "weights"));
        optimizer = recipe.Optimizer.Of(ParameterGroup.Of(network.Parameters, recipe.WeightDecay));
        best = new BestWeights(network);
    }

    /// <param name="recipe">The network, and how long it learns.</param>
    /// <param name="table">Rows without what is later to be predicted; at least 20.</param>
    /// <param name="context">Seed, threads, cancellation, progress.</param>
    /// <param name="share">Of columns and steps that are hidden in each row.</param>
    /// <exception cref="DataException">The table cannot be learned from.</exception>
    public static PretrainedWeights Run(NetworkRecipe recipe, Frame table, FitContext context, double share = 0.3)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        const int fewest = 20;
        string? problem = table.RowCount < fewest ? $"The table has {table.RowCount} rows; pretraining needs at least {fewest}."
            : table.ColumnCount == 0 ? "The table has no column to learn from."
            : share is > 0 and < 1 ? null
            : $"The share that is hidden is {share}; expected a part between 0 and 1.";
        if (problem is not null)
        {
            throw new DataException(problem);
        }

        using var pretraining = new MaskedReconstruction(recipe, table, context, share);
        return pretraining.Run();
    }

    public void Dispose()
    {
        tape.Dispose();
        backend.Dispose();
        team.Dispose();
        network.Dispose();
    }

    private PretrainedWeights Run()
    {
        int steps = (learned.Length + batchSize - 1) / batchSize;
        float[] means = Means();
        for (int epoch = 0; epoch < recipe.Epochs; epoch++)
        {
            var random = RandomSource.For(context.Seed, $"epoch {epoch}");
            int[] order = [.. learned];
            random.Shuffle(order.AsSpan());
            double sum = 0;
            for (int step = 0; step < steps; step++)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                double rate = recipe.LearningRate * recipe.Schedule.Factor((long)epoch * steps + step, (long)recipe.Epochs * steps);
                sum += Step(order.AsSpan(step * batchSize, Math.Min(batchSize, order.Length - step * batchSize)), random, rate);
            }

            (double loss, _) = Judge(means);
            context.Progress?.Report(new FitProgress(epoch, recipe.Epochs, new Dictionary<string, double> { ["train_reconstruction"] = sum / steps, ["validation_reconstruction"] = loss }));
            if (best.Enter(epoch, loss) && recipe.EarlyStoppingEpochs > 0 && epoch - best.Epoch >= recipe.EarlyStoppingEpochs)
            {
                break;
            }
        }

        context.Cancellation.ThrowIfCancellationRequested();
        best.PutBack();
        (double error, double ofMeans) = Judge(means);
        double explained = ofMeans > 0 ? 1 - error / ofMeans : 0;
        Dictionary<string, string> metadata = WeightsMetadata.Of(recipe, features, ("strata_pretraining", "masked_reconstruction"), ("strata_explained_share", explained.ToString("R", CultureInfo.InvariantCulture)));
        return new PretrainedWeights(NetworkWeights.Of(network, metadata), learned.Length, held.Length, explained);
    }

    /// <summary>One step; returns the mean squared error of what was hidden.</summary>
    private double Step(ReadOnlySpan<int> some, RandomSource random, double rate)
    {
        batch.Fill(rows, some, random);
        masked.Hide(batch, share, random);
        if (!masked.Weights.Contains(1f))
        {
            return 0;
        }

        tape.Reset();
        tape.IsRecording = true;
        Variable<float> loss = tape.Loss(network.Apply(batch, new Pass(tape, random)), masked.Targets, PointLoss.SquaredError, weights: masked.Weights);
        tape.Backward(loss);
        optimizer.Step(rate, new GradientLimits(recipe.MaxGradientNorm, 0));
        return loss.Values[0];
    }

    /// <summary>Mean squared errors on rows held back, the same parts hidden each time: the network's, and those of each number's mean.</summary>
    private (double Error, double OfMeans) Judge(float[] means)
    {
        tape.IsRecording = false;
        var random = RandomSource.For(context.Seed, "judged");
        double error = 0, ofMeans = 0, count = 0;
        for (int start = 0; start < held.Length; start += batchSize)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            batch.Fill(rows, held.AsSpan(start, Math.Min(batchSize, held.Length - start)), random: null);
            masked.Hide(batch, share, random);
            tape.Reset();
            ReadOnlySpan<float> told = network.Apply(batch, new Pass(tape, null)).Values, targets = masked.Targets, weights = masked.Weights;
            for (int i = 0; i < told.Length; i++)
            {
                double missed = told[i] - targets[i], byMean = means[i % masked.Width] - targets[i];
                error += weights[i] * missed * missed;
                ofMeans += weights[i] * byMean * byMean;
                count += weights[i];
            }
        }

        tape.Reset();
        return (error / Math.Max(1, count), ofMeans / Math.Max(1, count));
    }

    /// <summary>Of each number over the rows that are learned from, where it is known.</summary>
    private float[] Means()
    {
        var random = RandomSource.For(context.Seed, "means");
        double[] sums = new double[masked.Width], counts = new double[masked.Width];
        for (int start = 0; start < learned.Length; start += batchSize)
        {
            batch.Fill(rows, learned.AsSpan(start, Math.Min(batchSize, learned.Length - start)), random: null);
            masked.Hide(batch, share, random);
            for (int i = 0; i < masked.Targets.Length; i++)
            {
                sums[i % masked.Width] += masked.Weights[i] * masked.Targets[i];
                counts[i % masked.Width] += masked.Weights[i];
            }
        }

        return [.. sums.Zip(counts, (sum, count) => (float)(sum / Math.Max(1, count)))];
    }
}

/// <summary>What a pretraining gave.</summary>
/// <param name="Weights">Of the network, its head telling what was hidden.</param>
/// <param name="LearnedRows">Rows that it learned from.</param>
/// <param name="HeldRows">Rows that it was judged by.</param>
/// <param name="ExplainedShare">Of the variance of what was hidden in rows held back: 1 for all of it told rightly, 0 for no better than the means.</param>
public sealed record PretrainedWeights(Safetensors Weights, int LearnedRows, int HeldRows, double ExplainedShare);
