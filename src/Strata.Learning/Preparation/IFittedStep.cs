using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>A step that has learned from training rows. Applying it keeps the number and order of rows.</summary>
public interface IFittedStep
{
    string Name { get; }

    /// <exception cref="DataException">A column that the step was fitted on is not there or is of another kind.</exception>
    Frame Apply(Frame rows);

    /// <summary>For each column that <see cref="Apply"/> returns, the name of the input column it was made from. Contributions are summed along this.</summary>
    IReadOnlyDictionary<string, string> Origins { get; }

    /// <summary>What was left out or pooled and why, one sentence each.</summary>
    IReadOnlyList<string> Notes { get; }

    void Write(ModelWriter writer);
}
