using Strata.Learning;
using Strata.Learning.Workflow;

namespace Strata.Samples.Income;

/// <summary>From a table of people to a model that answers who earns much: prepare, select, train, evaluate, deploy.</summary>
public static class Walkthrough
{
    public static Predictions Run(string tablePath, string folder, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Directory.CreateDirectory(folder);

        // guide begins
        // 1. What is to be done with the table is written down, and done later, on training rows only.
        DataPreparation data = DataPreparation.Of(tablePath)
            .Predict("income", positiveClass: ">50K")
            .LeaveOut("name")
            .FillGaps()
            .SpreadCategories()
            .Scale()
            .SetAside(0.25)
            .Seeded(7);

        // 2. Which algorithm suits the data, by cross-validation of the training rows: the rows set aside have no say.
        Selection selection = new ModelSelector(data)
            .Try("gradient_boosting(trees=60)", "random_forest(trees=50)", "logistic_regression")
            .Select();
        foreach (ComparedAlgorithm algorithm in selection.Comparison.Algorithms)
        {
            output.WriteLine($"{algorithm.Name}: {selection.Comparison.Metric} {algorithm.Scores.Average():0.000}");
        }

        // 3. Train the best, and watch.
        TrainingDashboard training = TrainingDashboard.Train(selection.Best, watch: output);

        // 4. How good is it on the rows that nothing has seen? Numbers, and pictures as SVG files.
        ModelEvaluator evaluator = ModelEvaluator.Of(training);
        output.WriteLine($"ROC AUC {evaluator.Metrics["roc_auc"]:0.000}");
        evaluator.Save(Path.Combine(folder, "evaluation"));

        // 5. One file holds the model with its preparation; it answers in the columns of the table.
        string modelPath = Path.Combine(folder, "income.strata");
        ModelDeployment.Of(training, "Income").Save(modelPath);
        ModelDeployment deployed = ModelDeployment.Load(modelPath);
        Predictions answer = deployed.Predict(new Dictionary<string, object?> { ["age"] = 52, ["hours"] = 60, ["education"] = "college" });
        output.WriteLine($"{answer.Label(0)} with probability {answer.Probability(0, answer.ClassCode(0)):0.00}");
        // guide ends
        return answer;
    }
}
