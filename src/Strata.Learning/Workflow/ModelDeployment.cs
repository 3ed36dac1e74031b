using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Explanation;

namespace Strata.Learning.Workflow;

/// <summary>A model ready to answer: kept as one file, loaded anywhere, asked with tables or single rows in the columns that it was trained on.</summary>
public sealed class ModelDeployment
{
    private readonly ModelFile file;

    private ModelDeployment(ModelFile file) => this.file = file;

    /// <summary>What the model is, from what it learned and how good it was.</summary>
    public ModelCard Card => file.Card;

    public IModel Model => file.Model;

    public static ModelDeployment Of(TrainingDashboard training, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new ModelDeployment(training.Outcome.ToModelFile(title));
    }

    /// <exception cref="ModelFiles.ModelFileException">The file is damaged, of a later version, or no model file.</exception>
    public static ModelDeployment Load(string path) => new(ModelFile.Load(path));

    /// <summary>Writes the model file, whole or not at all.</summary>
    public void Save(string path) => file.Save(path);

    /// <summary>Predicts every row; columns are found by name.</summary>
    /// <exception cref="DataException">A column is missing or holds values of another kind.</exception>
    public Predictions Predict(Frame rows, int threads = 1) => file.Model.Predict(rows, threads);

    /// <summary>Predicts one row given by column name; values are numbers, true or false, text, dates, or null for missing.</summary>
    /// <exception cref="DataException">A column is missing, not known, or holds a value of another kind; all names at once.</exception>
    public Predictions Predict(IReadOnlyDictionary<string, object?> row) => Predict(RowFrame.Of(row, file.Model.Signature.Features));

    /// <summary>How far each column moved each row's raw score.</summary>
    /// <exception cref="DataException">There is no exact way for this kind of model.</exception>
    public Contributions Explain(Frame rows, int threads = 1) => Explainer.Explain(file.Model, rows, threads);
}
