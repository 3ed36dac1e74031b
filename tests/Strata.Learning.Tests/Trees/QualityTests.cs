using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Learning.Trees;
using Xunit;

namespace Strata.Learning.Tests.Trees;

/// <summary>As good as scikit-learn's models of the same kind and settings on generated rows with a category and missing values.</summary>
public sealed class QualityTests
{
    private static readonly JsonNode Expected = JsonNode.Parse(File.ReadAllText(FixturePath("quality.json")))!;
    private static readonly Frame Rows = TableFile.Read(FixturePath("quality.csv")).Frame;

    private static string FixturePath(string name) => Path.Combine(AppContext.BaseDirectory, "Trees", "Fixtures", name);

    public static TheoryData<string, string> Cases => [.. from target in new[] { "two", "three", "number" } from recipe in Recipes.Keys select (recipe, target)];

    private static readonly Dictionary<string, IRecipe> Recipes = new()
    {
        ["gradient_boosting"] = new GradientBoosting { Trees = 100, LearningRate = 0.1 },
        ["random_forest"] = new RandomForest { Trees = 300 },
        ["decision_tree"] = new DecisionTree { MaxDepth = 8, MinRowsPerLeaf = 10 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Test_metrics_are_as_good_as_those_of_scikit_learn(string recipe, string target)
    {
        int train = (int)Expected["train_rows"]!;
        int[] all = [.. Enumerable.Range(0, Rows.RowCount)];
        TrainingTable table = Table(target), training = table.Take(all.AsSpan(0, train)), test = table.Take(all.AsSpan(train));

        Predictions predictions = Recipes[recipe].Fit(training, new FitContext { Threads = 2, Cancellation = TestContext.Current.CancellationToken }).Predict(test.Features);

        JsonNode expected = Expected[recipe]![target]!;
        if (test.Target is NumberTarget numbers)
        {
            double rmse = Math.Sqrt(numbers.Values.Zip(predictions.Values, (a, b) => (a - b) * (a - b)).Average());
            rmse.ShouldBeLessThan(1.02 * (double)expected["rmse"]!);
            return;
        }

        int[] codes = ((ClassTarget)test.Target).Codes;
        double loss = codes.Select((code, row) => -Math.Log(Math.Max(predictions.Probability(row, code), 1e-15))).Average();
        double accuracy = codes.Where((code, row) => predictions.ClassCode(row) == code).Count() / (double)codes.Length;
        loss.ShouldBeLessThan(1.03 * (double)expected["log_loss"]!);

        // One standard error on the 800 test rows is about 0.015.
        accuracy.ShouldBeGreaterThan((double)expected["accuracy"]! - 0.02);
    }

    private static TrainingTable Table(string target)
    {
        var features = Enumerable.Range(0, 6).Select(i => Rows[$"x{i}"])
            .Append(CategoryColumn.Of("level", [.. Enumerable.Range(0, Rows.RowCount).Select(Rows["level"].TextAt)]));
        double[] values = [.. Enumerable.Range(0, Rows.RowCount).Select(Rows[target].NumberAt)];
        return new TrainingTable(new Frame(features), target == "number"
            ? new NumberTarget(target, values)
            : new ClassTarget(target, [.. values.Select(value => (int)value)], target == "two" ? ["0", "1"] : ["0", "1", "2"]));
    }
}
