using System.Globalization;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Trees;
using Strata.Tensors;

namespace Strata.Bench.Reasons;

/// <summary>How many sampled Shapley values lie within so many of their own standard errors of the exact ones, against the same background.</summary>
/// <param name="Model">The trees that are explained.</param>
/// <param name="Method">The method that samples.</param>
/// <param name="Values">How many values were compared, over all seeds.</param>
/// <param name="Within1">Their share within one standard error; 0.683 were the distances normal.</param>
/// <param name="Within2">Within two; 0.954.</param>
/// <param name="Within3">Within three; 0.997.</param>
/// <param name="RootMeanSquare">Of the distances in standard errors; 1 were the errors neither cautious nor bold.</param>
/// <param name="Largest">The largest of them.</param>
/// <param name="Error">The root mean square distance as a share of that of the exact values from 0.</param>
/// <param name="AdditivityError">By how much bias and values miss what the model says, at the most.</param>
internal sealed record Agreement(string Model, string Method, int Values, double Within1, double Within2, double Within3, double RootMeanSquare, double Largest, double Error, double AdditivityError)
{
    private const int TrainingRows = 2000, Columns = 12, ExplainedRows = 100, BackgroundRows = 100;

    public static IReadOnlyList<Agreement> Measure(int seeds, FitContext context)
    {
        var told = new List<Agreement>();
        Console.WriteLine($"Distance of sampled from exact values in standard errors: {seeds} seeds, {ExplainedRows} rows, {Columns} columns, {BackgroundRows} background rows, 1000 evaluations");
        Console.WriteLine("| model | method | values | within 1 | within 2 | within 3 | root mean square | largest | error / size | additivity error |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach ((string name, LearningTask task, Func<TrainingTable, FitContext, IModel> fit) in Models)
        {
            foreach (ExplanationMethod method in new[] { ExplanationMethod.Kernel, ExplanationMethod.Permutation })
            {
                Agreement one = Measure(name, task, fit, method, seeds, context);
                told.Add(one);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {one.Model} | {one.Method} | {one.Values} | {one.Within1:0.000} | {one.Within2:0.000} | {one.Within3:0.0000} | {one.RootMeanSquare:0.00} | {one.Largest:0.0} | {one.Error:0.000} | {one.AdditivityError:0E+0} |"));
            }
        }

        return told;
    }

    private static readonly (string Name, LearningTask Task, Func<TrainingTable, FitContext, IModel> Fit)[] Models =
    [
        ("boosting, number", LearningTask.Regression, (table, context) => new GradientBoosting { Trees = 100 }.Fit(table, context)),
        ("boosting, two classes", LearningTask.BinaryClassification, (table, context) => new GradientBoosting { Trees = 100 }.Fit(table, context)),
        ("boosting, three classes", LearningTask.MulticlassClassification, (table, context) => new GradientBoosting { Trees = 50 }.Fit(table, context)),
        ("forest, two classes", LearningTask.BinaryClassification, (table, context) => new RandomForest { Trees = 50, MaxDepth = 8 }.Fit(table, context)),
        ("one deep tree, number", LearningTask.Regression, (table, context) => new DecisionTree { MaxDepth = 10 }.Fit(table, context)),
    ];

    private static Agreement Measure(string name, LearningTask task, Func<TrainingTable, FitContext, IModel> fit, ExplanationMethod method, int seeds, FitContext context)
    {
        var away = new List<double>();
        double additivity = 0, squares = 0, whole = 0;
        for (int seed = 1; seed <= seeds; seed++)
        {
            FitContext own = context with { Seed = context.Seed * 1000 + (ulong)seed };
            TrainingTable table = TableOf(task, own.Seed);
            IModel model = fit(table, own);
            Frame rows = table.Features.Take([.. Enumerable.Range(0, ExplainedRows)]);
            var options = new ExplanationOptions { Method = method, Background = table.Features, MostBackgroundRows = BackgroundRows, Output = ExplainedOutput.RawScore, Context = own };
            Contributions sampled = Explainer.Explain(model, rows, options), exact = Explainer.Explain(model, rows, options with { Method = ExplanationMethod.Interventional });

            // A value that is the same to rounding is within any error, also one of 0.
            double unit = exact.Values.Max(Math.Abs) * 1e-9;
            away.AddRange(sampled.Values.Select((value, i) => Math.Abs(value - exact.Values[i]) is double distance && distance <= unit ? 0 : distance / sampled.StandardErrors![i]));
            squares += sampled.Values.Zip(exact.Values, (one, other) => (one - other) * (one - other)).Sum();
            whole += exact.Values.Sum(value => value * value);
            additivity = Math.Max(additivity, sampled.AdditivityError!.Value);
        }

        double Share(double most) => away.Count(z => z <= most) / (double)away.Count;
        return new Agreement(name, method.ToString().ToLowerInvariant(), away.Count, Share(1), Share(2), Share(3), Math.Sqrt(away.Average(z => z * z)), away.Max(), Math.Sqrt(squares / whole), additivity);
    }

    /// <summary>Bent, joined and idle columns, two of them going together.</summary>
    private static TrainingTable TableOf(LearningTask task, ulong seed)
    {
        var random = RandomSource.For(seed, "rows to agree on");
        double[][] x = [.. Enumerable.Range(0, Columns).Select(_ => new double[TrainingRows])];
        var score = new double[TrainingRows];
        for (int row = 0; row < TrainingRows; row++)
        {
            for (int j = 0; j < Columns; j++)
            {
                x[j][row] = (j == 1 ? 0.7 * x[0][row] : 0) + random.NextGaussian();
            }

            score[row] = x[0][row] + Math.Sin(2 * x[2][row]) + 0.8 * x[3][row] * x[4][row] + (x[5][row] > 0.5 ? 1 : 0) * x[6][row] + 0.3 * random.NextGaussian();
        }

        var features = new Frame(x.Select((values, j) => new Float64Column($"x{j}", values)));
        double[] cuts = task == LearningTask.MulticlassClassification ? [-0.7, 0.7] : [0];
        return new TrainingTable(features, task == LearningTask.Regression
            ? new NumberTarget("y", score)
            : new ClassTarget("y", [.. score.Select(value => cuts.Count(cut => value > cut))], cuts.Length == 1 ? ["no", "yes"] : ["low", "middle", "high"]));
    }
}
