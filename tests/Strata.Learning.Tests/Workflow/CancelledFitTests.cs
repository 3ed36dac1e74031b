using System.Diagnostics;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Learning.Validation;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Workflow;

/// <summary>Tests that measure time run while no others do.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class AloneTests;

/// <summary>Whatever is fitted ends soon after it is cancelled, wherever it is just then.</summary>
[Collection("alone")]
public sealed class CancelledFitTests(ITestOutputHelper output)
{
    private const int Rows = 60_000, Columns = 40;

    /// <summary>Generous, for machines that have other things to do; a quiet one takes less than 0.2 s.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Before = TimeSpan.FromMilliseconds(100);
    private static readonly Lazy<(Frame Features, double[] Amounts, int[] Codes)> Table = new(Generate);

    /// <summary>Algorithms that pass over the rows once or twice: they are done before anybody can cancel them.</summary>
    private static readonly string[] Quick =
    [
        "baseline", "ridge", "linear_regression", "k_nearest_neighbors", "gaussian_naive_bayes", "multinomial_naive_bayes", "bernoulli_naive_bayes", "linear_discriminant", "quadratic_discriminant", "decision_tree",
        "logistic_regression", "linear_svm", "lasso", "elastic_net", "poisson_regression", "gamma_regression", "tweedie_regression", "huber", "sgd_classifier", "sgd_regressor", "passive_aggressive", "passive_aggressive_regressor",
    ];

    /// <summary>Settings with which a fit goes on for many seconds.</summary>
    private static readonly Dictionary<string, string> Long = new()
    {
        ["gradient_boosting"] = "trees=10000", ["xgboost"] = "n_estimators=10000", ["lightgbm"] = "num_iterations=10000", ["random_forest"] = "trees=10000", ["extra_trees"] = "trees=10000", ["bagging"] = "trees=10000",
        ["adaboost"] = "trees=10000", ["isolation_forest"] = "trees=10000;rows_per_tree=60000", ["k_means"] = "clusters=200;starts=100", ["gaussian_mixture"] = "n_components=20", ["bagged"] = "models=1000",
        ["voting"] = "members=random_forest(trees=10000)", ["stacking"] = "members=random_forest(trees=10000)", ["blending"] = "members=random_forest(trees=10000)", ["blocks"] = "members=gradient_boosting(trees=10000)",
    };

    public static TheoryData<string, LearningTask> EveryAlgorithm =>
    [
        .. Algorithms.All.SelectMany(algorithm => new[] { LearningTask.BinaryClassification, LearningTask.Regression, LearningTask.OutlierDetection, LearningTask.Clustering }
            .Where(algorithm.Tasks.Contains).Select(task => new TheoryDataRow<string, LearningTask>(algorithm.Name, task))),
    ];

    public static TheoryData<string> EveryStep =>
    [
        .. PreparationSteps.All.Select(step => step.Name).Except(["derive", "select_columns", "drop_columns", "mark_missing", "fold_image"]).Concat(
            ["balance:method=smote", "select_by_model:method=elimination", "select_by_model:algorithm=k_nearest_neighbors", "select_best:score=anova_f", "ratios:both_ways=true", "bin:borders=k_means", "impute_neighbors:max_rows=60000"]),
    ];

    [Theory]
    [MemberData(nameof(EveryAlgorithm))]
    public async Task A_fit_ends_soon_after_it_is_cancelled(string name, LearningTask task)
    {
        Algorithm algorithm = Algorithms.Named(name);
        IRecipe recipe = algorithm.Recipe(Settings(name));
        TrainingTable table = algorithm.ArrayTypes.Count > 0 ? SampleArrays.Of(algorithm.ArrayTypes, task, rows: 5000) : Of(task, name == "gaussian_process" ? 2000 : Rows, isCount: name == "multinomial_naive_bayes");
        bool wasCancelled = await EndsSoon(context => recipe.Fit(table, context with { Watched = table.Take([.. Enumerable.Range(0, 200)]) }));
        (wasCancelled || Quick.Contains(name)).ShouldBeTrue("a fit that is done within a tenth of a second says nothing about cancelling; give it more to do");
    }

    [Theory]
    [MemberData(nameof(EveryAlgorithm))]
    public void A_fit_that_is_cancelled_before_it_starts_does_not_end_well(string name, LearningTask task)
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        Algorithm algorithm = Algorithms.Named(name);
        IRecipe recipe = algorithm.Recipe();
        TrainingTable table = algorithm.ArrayTypes.Count > 0 ? SampleArrays.Of(algorithm.ArrayTypes, task, rows: 50) : Of(task, 500, isCount: name == "multinomial_naive_bayes");
        Should.Throw<OperationCanceledException>(() => recipe.Fit(table, new FitContext { Cancellation = cancel.Token, Threads = 1 }));
    }

    [Theory]
    [MemberData(nameof(EveryStep))]
    public async Task A_preparation_step_ends_soon_after_it_is_cancelled(string text)
    {
        IStep step = PreparationSteps.Of([StepPlan.Parse(text)])[0];
        TrainingTable table = WithGapsAndText(Of(LearningTask.BinaryClassification, Rows), complete: text is "pca" or "balance:method=smote");
        await EndsSoon(context => step.FitTransform(table, context));
    }

    [Fact]
    public async Task Predicting_many_rows_by_a_slow_model_ends_soon_after_it_is_cancelled()
    {
        IModel slow = Algorithms.Named("k_nearest_neighbors").Recipe().Fit(Of(LearningTask.BinaryClassification, Rows), new FitContext());
        (await EndsSoon(context => slow.Predict(Table.Value.Features, context))).ShouldBeTrue();
    }

    [Fact]
    public async Task Cross_validation_ends_soon_after_it_is_cancelled()
    {
        TrainingTable table = Of(LearningTask.BinaryClassification, Rows);
        (await EndsSoon(context => CrossValidation.Run(Algorithms.Named("k_nearest_neighbors").Recipe(), table, 5, context))).ShouldBeTrue();
    }

    [Theory]
    [InlineData("logistic_regression")]
    [InlineData("k_nearest_neighbors")]
    [InlineData("gradient_boosting")]
    public void Predictions_that_can_be_cancelled_are_the_same_bits(string name)
    {
        TrainingTable table = Of(LearningTask.BinaryClassification, 3000);
        IModel model = Algorithms.Named(name).Recipe().Fit(table.Take([.. Enumerable.Range(0, 400)]), new FitContext { Threads = 2 });
        using var cancel = new CancellationTokenSource();
        Predictions inBlocks = model.Predict(table.Features, new FitContext { Threads = 2, Cancellation = cancel.Token });
        inBlocks.Values.ShouldBe(model.Predict(table.Features, 2).Values);
        inBlocks.RawScores.ShouldBe(model.Predict(table.Features, 2).RawScores);
    }

    /// <summary>Cancels the work after a while; whether it was still at work then.</summary>
    private async Task<bool> EndsSoon(Action<FitContext> work)
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var context = new FitContext { Seed = 1, Threads = 2, Cancellation = cancel.Token };
        Task task = Task.Factory.StartNew(() => work(context), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        if (await Task.WhenAny(task, Task.Delay(Before, TestContext.Current.CancellationToken)) == task)
        {
            await task;
            output.WriteLine("done before");
            return false;
        }

        long start = Stopwatch.GetTimestamp();
        await cancel.CancelAsync();
        try
        {
            await task;
            output.WriteLine("done before it saw");
        }
        catch (OperationCanceledException)
        {
        }

        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        output.WriteLine($"ended {taken.TotalMilliseconds:0} ms after it was cancelled");
        taken.ShouldBeLessThan(Soon);
        return true;
    }

    private static Dictionary<string, JsonNode?>? Settings(string algorithm) => Long.TryGetValue(algorithm, out string? text)
        ? text.Split(';').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => (JsonNode?)JsonValue.Create(pair[1]))
        : null;

    private static TrainingTable Of(LearningTask task, int rows, bool isCount = false)
    {
        (Frame features, double[] amounts, int[] codes) = Table.Value;
        Target target = task switch
        {
            LearningTask.BinaryClassification => new ClassTarget("class", codes, ["no", "yes"]),
            LearningTask.Regression => new NumberTarget("amount", amounts),
            _ => new NoTarget(Rows, task),
        };
        features = isCount ? new Frame(features.Columns.Select(column => new Float64Column(column.Name, Array.ConvertAll(((Float64Column)column).Values, Math.Abs)))) : features;
        var table = new TrainingTable(features, target);
        return rows == Rows ? table : table.Take([.. Enumerable.Range(0, rows)]);
    }

    private static TrainingTable WithGapsAndText(TrainingTable table, bool complete)
    {
        var random = RandomSource.For(2, "gaps");
        double[] Gappy(double[] values) => complete ? values : Array.ConvertAll(values, value => random.NextDouble() < 0.1 ? double.NaN : value);
        string[] words = [.. Enumerable.Range(0, 500).Select(i => $"word{i}")];
        string[] texts = [.. Enumerable.Range(0, table.RowCount).Select(_ => string.Join(' ', Enumerable.Range(0, 15).Select(_ => words[random.NextInt(words.Length)])))];
        int[] levels = [.. Enumerable.Range(0, table.RowCount).Select(_ => random.NextInt(words.Length))];
        long start = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        return table.WithFeatures(new Frame(
        [
            .. table.Features.Columns.Select(column => new Float64Column(column.Name, Gappy(((Float64Column)column).Values))),
            new CategoryColumn("word", levels, words),
            new TextColumn("text", texts),
            new DateColumn("day", [.. levels.Select(level => start + level * TimeSpan.TicksPerDay)]),
        ]));
    }

    private static (Frame Features, double[] Amounts, int[] Codes) Generate()
    {
        var random = RandomSource.For(1, "rows to be cancelled on");
        double[][] values = [.. Enumerable.Range(0, Columns).Select(_ => new double[Rows])];
        var (amounts, codes) = (new double[Rows], new int[Rows]);
        for (int row = 0; row < Rows; row++)
        {
            double score = 0;
            for (int j = 0; j < Columns; j++)
            {
                double value = values[j][row] = random.NextGaussian();
                score += j < 10 ? (j % 2 == 0 ? value : Math.Sin(3 * value)) : 0;
            }

            amounts[row] = Math.Exp(0.3 * (score + random.NextGaussian()));
            codes[row] = score + 3 * random.NextGaussian() > 1.5 ? 1 : 0;
        }

        return (new Frame(values.Select((column, j) => new Float64Column($"x{j}", column))), amounts, codes);
    }
}
