namespace Strata.Learning.Preparation;

/// <summary>An immutable description of one preparation step; fitting it on training rows returns what can be applied to any rows.</summary>
public interface IStep
{
    /// <summary>The name in the table of steps, such as <c>impute</c>.</summary>
    string Name { get; }

    /// <exception cref="Data.DataException">The columns cannot be prepared this way; all problems at once.</exception>
    IFittedStep Fit(TrainingTable table, FitContext context);
}
