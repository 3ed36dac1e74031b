using Strata.Learning.Data;
using Strata.Learning.Preparation;

namespace Strata.Learning.Catalog;

/// <summary>Every preparation step that a plan can name, straight from the table of steps.</summary>
public static class PreparationSteps
{
    public static IReadOnlyList<PreparationStep> All { get; } = [.. Steps.All.Select(kind => new PreparationStep(kind))];

    /// <exception cref="DataException">There is no such step; the message lists near names.</exception>
    public static PreparationStep Named(string name) => All.First(step => step.Name == Steps.Named(name).Name);

    /// <summary>The recipes of the steps that a plan asks for, in order.</summary>
    /// <exception cref="DataException">A step is unknown or a setting does not fit; all problems at once.</exception>
    public static IReadOnlyList<IStep> Of(IReadOnlyList<StepPlan> plans)
    {
        ArgumentNullException.ThrowIfNull(plans);
        var steps = new List<IStep>();
        var problems = new List<string>();
        foreach (StepPlan plan in plans)
        {
            try
            {
                steps.Add(Named(plan.Step).Recipe(plan.Settings));
            }
            catch (DataException e)
            {
                problems.AddRange(e.Problems);
            }
        }

        DataException.ThrowIfAny(problems);
        return steps;
    }
}
