using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Preparation steps and a learner, fitted together on the same training rows: no step ever learns from a row that the learner does not.</summary>
/// <param name="Steps">In order; each is fitted on what the one before it returns.</param>
/// <param name="Learner">Learns from what the last step returns.</param>
public sealed record Pipeline(IReadOnlyList<IStep> Steps, IRecipe Learner) : IRecipe<PipelineModel>
{
    public string Algorithm => Learner.Algorithm;

    public PipelineModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        ModelSignature signature = ModelSignature.Of(table);
        (IReadOnlyList<IFittedStep> fitted, TrainingTable prepared, FitContext within) = Prepare(table, signature, context);
        return PipelineModel.Of(signature, fitted, Learner.Fit(prepared, within));
    }

    /// <summary>The steps fitted, and what the learner meets of the rows and of those that the context holds.</summary>
    internal (IReadOnlyList<IFittedStep> Fitted, TrainingTable Table, FitContext Context) Prepare(TrainingTable table, ModelSignature signature, FitContext context)
    {
        table.RequireSomethingToLearn();
        TrainingTable? watched = Conformed(context.Watched, signature), validation = Conformed(context.Validation, signature);
        var fitted = new List<IFittedStep>();
        foreach (IStep step in Steps)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (!step.AppliesTo(table.Features))
            {
                continue;
            }

            (IFittedStep next, table) = Prepared(step, table, context);
            watched = watched?.WithFeatures(next.Apply(watched.Features, context));
            validation = validation?.WithFeatures(next.Apply(validation.Features, context));
            fitted.Add(next);
        }

        return (fitted, table, context with { Watched = watched, Validation = validation });
    }

    private static TrainingTable? Conformed(TrainingTable? other, ModelSignature signature) => other?.WithFeatures(signature.Features.Conform(other.Features));

    private static (IFittedStep Fitted, TrainingTable Table) Prepared(IStep step, TrainingTable table, FitContext context)
    {
        (IFittedStep fitted, TrainingTable prepared) = step.FitTransform(table, context);
        return prepared.Features.ColumnCount > 0
            ? (fitted, prepared)
            : throw new DataException($"Step '{step.Name}' leaves no column to learn '{table.Target.Name}' from. {string.Join(" ", fitted.Notes)}".TrimEnd());
    }
}
