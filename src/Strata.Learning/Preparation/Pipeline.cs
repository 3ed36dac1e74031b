using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>An immutable description of one preparation step; fitting it on training rows returns what can be applied to any rows.</summary>
public interface IStep
{
    /// <summary>The name in the catalog, such as <c>impute</c>.</summary>
    string Name { get; }

    IFittedStep Fit(TrainingTable table, FitContext context);
}

/// <summary>A step that has learned from training rows. Applying it keeps the number and order of rows.</summary>
public interface IFittedStep
{
    string Name { get; }

    Frame Apply(Frame rows);

    /// <summary>For each column that <see cref="Apply"/> returns, the name of the input column it was made from. Contributions are summed along this.</summary>
    IReadOnlyDictionary<string, string> Origins { get; }

    void Write(ModelWriter writer);
}
