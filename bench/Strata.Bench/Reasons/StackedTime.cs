using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Tensors;

namespace Strata.Bench.Reasons;

/// <summary>How long it takes to explain rows of a stacked ensemble.</summary>
/// <param name="Ensemble">Its members and what it predicts.</param>
/// <param name="Method">By which it is explained.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Seconds">On the clock.</param>
/// <param name="ProcessorSeconds">Of all threads together.</param>
/// <param name="StandardError">The mean standard error, as a share of the mean size of a value; null for exact methods.</param>
/// <param name="AdditivityError">By how much bias and values miss what the model says, at the most.</param>
internal sealed record StackedTime(string Ensemble, string Method, int Rows, double Seconds, double ProcessorSeconds, double? StandardError, double AdditivityError)
{
    private const int TrainingRows = 5000, Columns = 20;

    public static IReadOnlyList<StackedTime> Measure(int rows, FitContext context)
    {
        var told = new List<StackedTime>();
        Console.WriteLine($"\nExplaining {rows} rows of a stack learned from {TrainingRows} x {Columns}, {context.Threads} threads, 1000 evaluations a row");
        Console.WriteLine("| ensemble | method | seconds | processor seconds | standard error / mean size | additivity error |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach ((string name, LearningTask task, string members) in Ensembles)
        {
            TrainingTable table = TableOf(task, TrainingRows, seed: 1);
            Frame unseen = TableOf(task, rows, seed: 2).Features;
            IModel model = Algorithms.Named("stacking").Recipe(new Dictionary<string, JsonNode?> { ["members"] = members }).Fit(table, context);
            ExplanationMethod usual = Explainer.MethodFor(model);
            foreach (ExplanationMethod method in usual == ExplanationMethod.Path ? new[] { usual, ExplanationMethod.Interventional, ExplanationMethod.Kernel } : [usual, ExplanationMethod.Permutation])
            {
                StackedTime one = Measure(name, model, table.Features, unseen, method, context);
                told.Add(one);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {one.Ensemble} | {one.Method}{(method == usual ? " (by itself)" : string.Empty)} | {one.Seconds:0.00} | {one.ProcessorSeconds:0.00} | {one.StandardError:0.000} | {one.AdditivityError:0E+0} |"));
            }
        }

        return told;
    }

    private static readonly (string Name, LearningTask Task, string Members)[] Ensembles =
    [
        ("boosting, forest, logistic regression; two classes", LearningTask.BinaryClassification, "gradient_boosting, random_forest, logistic_regression"),
        ("boosting, forest, logistic regression; three classes", LearningTask.MulticlassClassification, "gradient_boosting, random_forest, logistic_regression"),
        ("forest, extra trees; two classes", LearningTask.BinaryClassification, "random_forest(max_depth=8), extra_trees(max_depth=8)"),
        ("boosting, forest, ridge; number", LearningTask.Regression, "gradient_boosting, random_forest(max_depth=8), ridge"),
    ];

    private static StackedTime Measure(string name, IModel model, Frame background, Frame rows, ExplanationMethod method, FitContext context)
    {
        Contributions told = null!;
        Timing timing = Timing.Of(1, () => told = Explainer.Explain(model, rows, new ExplanationOptions { Method = method, Background = background, Context = context }), isWarm: true);
        double? error = told.StandardErrors is double[] errors ? errors.Average() / told.Values.Average(Math.Abs) : null;
        return new StackedTime(name, method.ToString().ToLowerInvariant(), rows.RowCount, timing.MedianWall, timing.MedianProcessor, error, told.AdditivityError!.Value);
    }

    private static TrainingTable TableOf(LearningTask task, int rows, ulong seed)
    {
        var random = RandomSource.For(seed, "rows of a stack");
        double[][] x = [.. Enumerable.Range(0, Columns).Select(_ => new double[rows])];
        var score = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            for (int j = 0; j < Columns; j++)
            {
                double value = x[j][row] = random.NextGaussian();
                score[row] += j >= Columns / 2 ? 0 : j % 2 == 0 ? 0.7 * value : Math.Sin(2 * value);
            }

            score[row] += x[0][row] * x[1][row] + 0.5 * random.NextGaussian();
        }

        double[] cuts = task == LearningTask.MulticlassClassification ? [-0.8, 0.8] : [0];
        return new TrainingTable(new Frame(x.Select((values, j) => new Float64Column($"x{j}", values))), task == LearningTask.Regression
            ? new NumberTarget("y", score)
            : new ClassTarget("y", [.. score.Select(value => cuts.Count(cut => value > cut))], cuts.Length == 1 ? ["no", "yes"] : ["low", "middle", "high"]));
    }
}
