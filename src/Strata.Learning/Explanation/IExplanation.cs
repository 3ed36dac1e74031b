using Strata.Learning.Data;
using Strata.Learning.Preparation;

namespace Strata.Learning.Explanation;

/// <summary>How one kind of model is explained.</summary>
internal interface IExplanation
{
    Contributions Contributions(Frame rows, ExplanationOptions options);

    Interactions Interactions(Frame rows, FitContext context);
}

/// <summary>Explains the learner behind a preparation, in the columns before it.</summary>
internal sealed class PipelineExplanation(PipelineModel pipeline, IExplanation learner) : IExplanation
{
    public Contributions Contributions(Frame rows, ExplanationOptions options)
    {
        Frame? background = options.Method == ExplanationMethod.Interventional ? pipeline.Prepare(options.BackgroundFor(rows)) : null;
        return pipeline.InOriginalColumns(learner.Contributions(pipeline.Prepare(rows), options with { Background = background }));
    }

    public Interactions Interactions(Frame rows, FitContext context) => pipeline.InOriginalColumns(learner.Interactions(pipeline.Prepare(rows), context));
}
