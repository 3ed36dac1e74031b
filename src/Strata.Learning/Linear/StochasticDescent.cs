using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Linear;

/// <summary>How long a step is.</summary>
public enum StepSchedule
{
    /// <summary>1 / (alpha (t + t0)), t0 from a guess of how large coefficients are (Bottou 2012); without a penalty as <see cref="InverseRoot"/>.</summary>
    Optimal,

    /// <summary>The first step over the fourth root of the step's number.</summary>
    InverseRoot,

    /// <summary>Always the first.</summary>
    Constant,
}

/// <summary>How <see cref="StochasticDescent"/> goes about it.</summary>
internal sealed record StochasticSettings
{
    public required string Title { get; init; }

    public required StochasticLoss Loss { get; init; }

    public double Width { get; init; }

    public double Alpha { get; init; }

    public double L1Ratio { get; init; }

    public StepSchedule Schedule { get; init; }

    public double FirstStep { get; init; } = 0.01;

    /// <summary>Where set, steps are passive-aggressive: just long enough to mend the row's loss, up to this times its weight (Crammer et al. 2006, PA-I; for squared losses PA-II).</summary>
    public double? Aggressiveness { get; init; }

    public bool Average { get; init; }

    public int MaxEpochs { get; init; }

    public double Tolerance { get; init; }

    public int Patience { get; init; }

    public bool EarlyStopping { get; init; }
}

/// <summary>
/// Lowers the mean loss of a linear model row by row in a random order (Robbins and Monro 1951; Bottou 2012), in standardised columns and with weights of mean one. The
/// same seed gives the same model, for any number of threads.
/// </summary>
internal sealed class StochasticDescent
{
    private const double ValidationShare = 0.1;

    /// <summary>Columns and targets are standardised: a mean loss of this is no model.</summary>
    private const double RanAway = 1e6;

    private readonly StochasticSettings settings;
    private readonly FitContext context;
    private readonly StochasticRows rows;
    private readonly double[] weights;
    private readonly int[] training, held;

    /// <param name="table">Complete numbers.</param>
    /// <param name="rowWeights">One a row, or null for one each.</param>
    /// <param name="hasIntercept">Whether scores have one.</param>
    /// <param name="settings">How to go about it.</param>
    /// <param name="context">Seed, progress and cancellation.</param>
    public StochasticDescent(TrainingTable table, double[]? rowWeights, bool hasIntercept, StochasticSettings settings, FitContext context)
    {
        (this.settings, this.context, HasIntercept) = (settings, context, hasIntercept);
        context.Cancellation.ThrowIfCancellationRequested();
        DesignMatrix matrix = DesignMatrix.Of(table.Features, context.ParallelOptions);
        Scaling = Standardization.Of(matrix, rowWeights, hasIntercept, context.ParallelOptions);
        rows = StochasticRows.Of(table, matrix, Scaling);
        double mean = Scaling.TotalWeight / Math.Max(1, rowWeights?.Count(weight => weight > 0) ?? table.RowCount);
        weights = [.. Enumerable.Range(0, table.RowCount).Select(row => (rowWeights?[row] ?? 1) / mean)];
        (training, held) = Split(table);
    }

    public Standardization Scaling { get; }

    public bool HasIntercept { get; }

    /// <summary>Coefficients of standardised columns and then the intercept there, for each output.</summary>
    /// <param name="targets">[outputs][rows]</param>
    /// <param name="notes">Gets one where the epochs ran out.</param>
    public double[][] Fit(double[][] targets, List<string> notes)
    {
        Output[] outputs = [.. targets.Select((target, k) => new Output(this, target, k))];
        double best = double.PositiveInfinity;
        int fruitless = 0;
        double[][]? kept = null;
        for (int epoch = 0; epoch < settings.MaxEpochs; epoch++)
        {
            Parallel.ForEach(outputs, context.ParallelOptions, output => output.Epoch());
            double loss = outputs.Average(output => settings.EarlyStopping ? output.HeldLoss() : output.LastLoss);
            Report(epoch, loss);
            if (!(loss <= best - settings.Tolerance))
            {
                fruitless++;
            }
            else
            {
                fruitless = 0;
            }

            if (loss < best)
            {
                best = loss;
                kept = settings.EarlyStopping ? [.. outputs.Select(output => output.Solution())] : kept;
            }

            if (fruitless >= settings.Patience)
            {
                return kept ?? [.. outputs.Select(output => output.Solution())];
            }
        }

        notes.Add($"{settings.Title} ran all {settings.MaxEpochs} epochs and was still improving; allow more epochs or longer steps.");
        return kept ?? [.. outputs.Select(output => output.Solution())];
    }

    private (int[] Training, int[] Held) Split(TrainingTable table)
    {
        int[] all = [.. Enumerable.Range(0, table.RowCount).Where(row => weights[row] > 0)];
        if (!settings.EarlyStopping)
        {
            return (all, []);
        }

        RowSplit split = RowSplits.HoldOut(table.Take(all), ValidationShare, context.Seed).Split;
        return ([.. split.Train.Select(place => all[place])], [.. split.Test.Select(place => all[place])]);
    }

    private void Report(int epoch, double loss)
    {
        if (double.IsFinite(loss))
        {
            context.Progress?.Report(new FitProgress(epoch, settings.MaxEpochs, new Dictionary<string, double> { [settings.EarlyStopping ? "held_out_loss" : "train_loss"] = loss }));
        }

        context.Cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>One score on its way.</summary>
    private sealed class Output
    {
        private readonly StochasticDescent descent;
        private readonly double[] targets;
        private readonly StochasticRows.Plane plane;
        private readonly int[] order;
        private readonly RandomSource random;
        private readonly double firstTime;
        private double step, averaged, owed;

        public Output(StochasticDescent descent, double[] targets, int number)
        {
            (this.descent, this.targets) = (descent, targets);
            plane = descent.rows.Start();
            order = [.. descent.training];
            random = RandomSource.For(descent.context.Seed, $"stochastic descent {number}");
            StochasticSettings settings = descent.settings;
            if (settings.Alpha > 0)
            {
                double typical = Math.Sqrt(1 / Math.Sqrt(settings.Alpha)), slope = Math.Abs(settings.Loss.Derivative(-typical, 1, settings.Width));
                firstTime = 1 / (typical / Math.Max(1, slope) * settings.Alpha);
            }
        }

        /// <summary>The mean loss of the rows of the last epoch, each before its step.</summary>
        public double LastLoss { get; private set; }

        public double[] Solution()
        {
            double[] solution = descent.settings.Average && averaged > 0 ? [.. plane.Sums().Select(value => value / averaged)] : plane.At();
            return Array.TrueForAll(solution, double.IsFinite) && LastLoss < RanAway
                ? solution
                : throw new DataException($"{descent.settings.Title} ran away: steps are too long. Take a smaller first step, another schedule or a stronger penalty.");
        }

        public void Epoch()
        {
            random.Shuffle(order.AsSpan());
            double losses = 0, total = 0;
            // The way there is not averaged: the first epoch finds the region.
            bool isAveraging = descent.settings.Average && step >= order.Length;
            for (int i = 0; i < order.Length; i++)
            {
                if ((i & 4095) == 0)
                {
                    descent.context.Cancellation.ThrowIfCancellationRequested();
                }

                int row = order[i];
                losses += descent.weights[row] * Step(row);
                total += descent.weights[row];
                if (isAveraging)
                {
                    plane.Sum();
                    averaged++;
                }
            }

            LastLoss = losses / total;
        }

        public double HeldLoss()
        {
            double[] solution = Solution();
            double losses = 0, total = 0;
            foreach (int row in descent.held)
            {
                double score = descent.rows.Score(row, solution);
                losses += descent.weights[row] * descent.settings.Loss.Value(score, targets[row], descent.settings.Width);
                total += descent.weights[row];
            }

            return losses / total;
        }

        private double Step(int row)
        {
            StochasticSettings settings = descent.settings;
            double score = plane.Score(row), loss = settings.Loss.Value(score, targets[row], settings.Width), slope = settings.Loss.Derivative(score, targets[row], settings.Width);
            step++;
            double change;
            if (settings.Aggressiveness is double most)
            {
                bool isSquared = settings.Loss is StochasticLoss.SquaredHinge or StochasticLoss.SquaredTube;
                double miss = isSquared ? Math.Sqrt(loss) : loss, square = descent.rows.Square(row), cost = most * descent.weights[row];
                double length = isSquared ? miss / (square + 1 / (2 * cost)) : Math.Min(cost, square > 0 ? miss / square : cost);
                change = -Math.Sign(slope) * length;
            }
            else
            {
                double rate = Rate();
                // As in scikit-learn: one row may not throw the model farther than arithmetic can carry.
                change = -rate * descent.weights[row] * Math.Clamp(slope, -1e12, 1e12);
                plane.Shrink(Math.Max(0, 1 - rate * settings.Alpha * (1 - settings.L1Ratio)));
                owed += rate * settings.Alpha * settings.L1Ratio;
            }

            plane.Move(row, change);
            if (owed > 0)
            {
                plane.PayAbsolute(owed);
            }

            if (descent.HasIntercept)
            {
                plane.Intercept += change;
            }

            return loss;
        }

        private double Rate() => descent.settings.Schedule switch
        {
            StepSchedule.Optimal when descent.settings.Alpha > 0 => 1 / (descent.settings.Alpha * (firstTime + step - 1)),
            StepSchedule.Constant => descent.settings.FirstStep,
            _ => descent.settings.FirstStep / Math.Sqrt(Math.Sqrt(step)),
        };
    }
}
