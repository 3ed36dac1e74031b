using System.Text.Json;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Learning.Workflow.Plots;

namespace Strata.Learning.Workflow;

/// <summary>How good a model is on rows it never saw, as numbers, pictures and a file.</summary>
public sealed class ModelEvaluator
{
    private ModelEvaluator(Evaluation evaluation, IReadOnlyList<ColumnImportance> importance) => (Evaluation, Importance) = (evaluation, importance);

    public Evaluation Evaluation { get; }

    /// <summary>How much the main metric falls when a column is shuffled; empty where it was not measured.</summary>
    public IReadOnlyList<ColumnImportance> Importance { get; }

    public IReadOnlyDictionary<string, double> Metrics => Evaluation.Metrics;

    /// <summary>Judged by the rows that the training set aside.</summary>
    public static ModelEvaluator Of(TrainingDashboard training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new ModelEvaluator(training.Outcome.Evaluation, training.Outcome.Importance);
    }

    /// <summary>Judged by a further table whose targets are known. It must not be one that the model learned from.</summary>
    /// <exception cref="DataException">A column or the target is missing, or a class is not known to the model.</exception>
    public static ModelEvaluator Of(IModel model, Frame table, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        PlannedTable rows = PlannedTable.Like(new TrainingPlan { Target = model.Signature.Target }, table, model.Signature);
        return new ModelEvaluator(rows.Judge(model.Predict(rows.Table.Features, threads), model), []);
    }

    /// <summary>Writes every picture there is something for, and <c>evaluation.json</c>, into a folder.</summary>
    /// <returns>The paths written.</returns>
    public IReadOnlyList<string> Save(string folder)
    {
        IReadOnlyList<string> pictures = Plot.Save(Plot.Of(Evaluation, Importance), folder);
        string path = Path.Combine(folder, "evaluation.json");
        WholeFile.Write(path, stream => JsonSerializer.Serialize(stream, Evaluation, ModelFileJson.Options));
        return [.. pictures, path];
    }
}
