using System.Globalization;
using Strata.Learning;
using Strata.Learning.Bayes;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Learning.Linear;
using Strata.Tensors.Kernels;

namespace Strata.Bench;

/// <summary>Times one fit on the rows of an svmlight file, such as <c>peers/sparse.py</c> writes.</summary>
internal static class SparseBench
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        string kind = options.Text("kind") ?? "logistic", path = options.Text("data") ?? throw new ArgumentException("--data names the file.");
        double alpha = double.Parse(options.Text("alpha") ?? "0.001", CultureInfo.InvariantCulture);
        Frame frame = TableFile.Read(path).Frame;
        Frame features = frame.Drop(["label"]);
        Column label = frame["label"];
        Target target = kind == "lasso"
            ? new NumberTarget("label", NumbersOf(label))
            : new ClassTarget("label", [.. NumbersOf(label).Select(value => (int)value)], ["0", "1"]);
        var table = new TrainingTable(features, target);
        var context = new FitContext { Threads = options.Number("threads", 1) };
        IRecipe recipe = kind switch
        {
            "logistic" => new LogisticRegression { Tolerance = 1e-5 },
            "multinomial-nb" => new MultinomialNaiveBayes(),
            "svm-squared" => new LinearSvm { CalibrateProbabilities = false, Tolerance = 1e-5 },
            "lasso" => new Lasso { Alpha = alpha, Tolerance = 1e-4 },
            _ => throw new ArgumentException($"There is no kind '{kind}'."),
        };
        IModel? model = null;
        Timing timing = Timing.Of(options.Number("repeats", 3), () => model = recipe.Fit(table, context));
        double objective = model switch
        {
            LogisticRegressionModel logistic => table.RowCount * MeanLogLoss(logistic, table) + VectorKernels.Dot(logistic.Coefficients, logistic.Coefficients) / 2,
            LinearMarginModel margin => Margin(margin, table),
            LinearNumberModel lasso => Penalized(lasso, table, alpha),
            _ => MeanLogLoss(model!, table),
        };
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"strata {kind} {table.RowCount} x {features.ColumnCount}, {context.Threads} threads: {timing.MedianProcessor:F3} s processor, {timing.MedianWall:F3} s wall; objective {objective:R}"));
        return 0;
    }

    private static double MeanLogLoss(IModel model, TrainingTable table)
    {
        Predictions predictions = model.Predict(table.Features);
        return -Enumerable.Range(0, table.RowCount).Average(row => Math.Log(Math.Max(1e-300, predictions.Probability(row, ((ClassTarget)table.Target).Codes[row]))));
    }

    private static double Margin(LinearMarginModel model, TrainingTable table)
    {
        double[] scores = model.Predict(table.Features).RawScores;
        int[] codes = ((ClassTarget)table.Target).Codes;
        double cost = scores.Select((score, row) => Math.Max(0, 1 - (2 * codes[row] - 1) * score)).Sum(miss => miss * miss);
        return cost + model.Coefficients.Concat(model.Intercepts).Sum(value => value * value) / 2;
    }

    private static double Penalized(LinearNumberModel model, TrainingTable table, double alpha)
    {
        double[] fitted = model.Predict(table.Features).Values, truth = ((NumberTarget)table.Target).Values;
        return fitted.Select((value, row) => (value - truth[row]) * (value - truth[row])).Average() / 2 + alpha * model.Coefficients.Sum(Math.Abs);
    }

    private static double[] NumbersOf(Column column)
    {
        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        return numbers;
    }
}
