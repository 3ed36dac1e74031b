namespace Strata.Learning.Preparation;

/// <summary>An immutable description of one preparation step; fitting it on training rows returns what can be applied to any rows.</summary>
public interface IStep
{
    /// <summary>The name in the table of steps, such as <c>impute</c>.</summary>
    string Name { get; }

    /// <summary>Whether there is anything for it to do in such a table; where not, a pipeline goes on without it.</summary>
    bool AppliesTo(Data.Frame rows) => true;

    /// <exception cref="Data.DataException">The columns cannot be prepared this way; all problems at once.</exception>
    IFittedStep Fit(TrainingTable table, FitContext context);

    /// <summary>
    /// Fits the step and gives the training rows as the next one sees them. Steps that treat the rows they learn from unlike later ones (rows left out or
    /// added, encodings out of fold) say so here; for all others it is what the fitted step makes of the rows.
    /// </summary>
    (IFittedStep Fitted, TrainingTable Prepared) FitTransform(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        IFittedStep fitted = Fit(table, context);
        return (fitted, table.WithFeatures(fitted.Apply(table.Features, context)));
    }
}
