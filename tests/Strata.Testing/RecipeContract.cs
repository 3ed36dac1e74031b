using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Shouldly;
using Strata.Learning;
using Strata.Learning.ModelFiles;
using Xunit;

namespace Strata.Testing;

/// <summary>
/// What every recipe promises. Inherit it once per kind of task and give recipe and reader; a promise that a recipe makes only approximately gets a
/// tolerance, one that it makes differently is overridden by what it does promise.
/// </summary>
public abstract partial class RecipeContract(LearningTask task)
{
    private static readonly ConcurrentDictionary<Type, IModel> FittedOnce = new();

    protected LearningTask Task => task;

    /// <summary>The recipe under test, quick to fit on a few hundred rows.</summary>
    protected abstract IRecipe Recipe { get; }

    /// <summary>Reads back what the recipe's model wrote.</summary>
    protected abstract IModel Read(ModelReader reader);

    /// <summary>Whether the recipe refuses categories and missing values; its samples are complete numbers then.</summary>
    protected virtual bool NeedsCompleteNumbers => false;

    /// <summary>The table that most promises are tested on.</summary>
    protected virtual TrainingTable Sample => NeedsCompleteNumbers ? SampleTables.Numbers(task) : SampleTables.Mixed(task);

    /// <summary>Largest difference in predicted values (probabilities, or target units) between weight two and the row twice.</summary>
    protected virtual double WeightTolerance => 1e-9;

    /// <summary>Largest difference in predicted values after the training rows are shuffled.</summary>
    protected virtual double RowOrderTolerance => 1e-9;

    /// <summary>Largest difference in predicted values between thread counts; 0 means the same model file, bit for bit.</summary>
    protected virtual double ThreadTolerance => 0;

    protected static FitContext Context => new() { Seed = 7, Threads = 2, Cancellation = TestContext.Current.CancellationToken };

    protected IModel Fit(TrainingTable table) => Recipe.Fit(table, Context);

    /// <summary>The model of the sample, fitted once for all promises that only look at it: models do not change.</summary>
    protected IModel Fitted => FittedOnce.GetOrAdd(GetType(), _ => Fit(Sample));

    /// <summary>The model's file.</summary>
    protected static byte[] FileOf(IModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var writer = new ModelWriter();
        model.Write(writer);
        using var file = new MemoryStream();
        ModelContainer.Write(file, writer);
        return file.ToArray();
    }

    protected IModel ReadFile(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return Read(ModelContainer.Read(stream));
    }

    protected static void ShouldBeTheSameBits(Predictions actual, Predictions expected)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expected);
        Bits(actual.Values).ShouldBe(Bits(expected.Values));
        Bits(actual.RawScores).ShouldBe(Bits(expected.RawScores));
    }

    protected static void ShouldBeWithin(double tolerance, Predictions actual, Predictions expected)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expected);
        actual.Values.Length.ShouldBe(expected.Values.Length);
        actual.Values.Zip(expected.Values, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThanOrEqualTo(tolerance);
    }

    /// <summary>Every prediction is a finite number, and probabilities are probabilities.</summary>
    protected static void ShouldBeSound(Predictions predictions, int rowCount)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        predictions.RowCount.ShouldBe(rowCount);
        predictions.Values.ShouldAllBe(value => double.IsFinite(value));
        predictions.RawScores.ShouldAllBe(value => !double.IsNaN(value));
        if (predictions.Task.IsClassification())
        {
            predictions.Values.ShouldAllBe(probability => probability >= 0 && probability <= 1);
            for (int row = 0; row < rowCount; row++)
            {
                predictions.Probabilities(row).ToArray().Sum().ShouldBe(1, 1e-9);
            }
        }
    }

    private static long[] Bits(double[] values) => MemoryMarshal.Cast<double, long>(values).ToArray();

    private static int[] AllRows(TrainingTable table) => [.. Enumerable.Range(0, table.RowCount)];
}
