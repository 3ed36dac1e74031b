using Strata.Learning.Automl;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Preparation;

namespace Strata.Learning.Workflow;

/// <summary>One row of an automatic model's leaderboard as a model file of its own, made without rows to test it on.</summary>
public static class CandidateFile
{
    /// <param name="automatic">The file of an automatic model.</param>
    /// <param name="candidate">The row's name.</param>
    /// <param name="title">For the card.</param>
    /// <param name="metrics">What is known of it on test rows.</param>
    /// <exception cref="DataException">The model is no automatic one, there is no such row, or its model was not kept.</exception>
    public static ModelFile Of(ModelFile automatic, string candidate, string title, IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(automatic);
        AutomlModel whole = AutomlModel.Of(automatic.Model) ?? throw new DataException($"A '{automatic.Model.Algorithm}' model has no candidates; one of automl has.");
        IModel model = whole.Candidate(candidate);
        model = Importance.PipelineOf(automatic.Model) is PipelineModel pipeline ? new PipelineModel(pipeline.Signature, pipeline.Steps, model) : model;
        return new ModelFile(model, automatic.Card with { Title = title, Metrics = metrics, Notes = [$"This is '{candidate}' of an automatic training.", .. automatic.Card.Notes.Except(automatic.Model.Notes), .. model.Notes] });
    }
}
