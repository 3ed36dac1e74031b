using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>A step that has learned from training rows. Applying it keeps the number and order of rows, and what comes of a row depends on no other row given with it.</summary>
public interface IFittedStep
{
    string Name { get; }

    /// <exception cref="DataException">A column that the step was fitted on is not there or is of another kind.</exception>
    Frame Apply(Frame rows);

    /// <summary>As the other, as part of a fit: with the context's threads and under its cancellation where a step takes long.</summary>
    /// <exception cref="OperationCanceledException">The context's token was cancelled.</exception>
    Frame Apply(Frame rows, FitContext context) => Apply(rows);

    /// <summary>For each column that <see cref="Apply(Frame)"/> returns, the names of the input columns it was made from, at least one. Contributions are summed along this, in equal parts where there are several.</summary>
    IReadOnlyDictionary<string, IReadOnlyList<string>> Origins { get; }

    /// <summary>Why contributions of its columns cannot be told as contributions of the input columns, one sentence; null where they can.</summary>
    string? MixesColumns => null;

    /// <summary>Whether each column that it returns depends on no input column but its origins; not so where one column's gaps are filled by what the others say.</summary>
    bool DependsOnOriginsOnly => true;

    /// <summary>What was left out or pooled and why, one sentence each.</summary>
    IReadOnlyList<string> Notes { get; }

    void Write(ModelWriter writer);
}
