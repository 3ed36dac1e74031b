using Strata.Learning.Data;

namespace Strata.Learning.Linear;

/// <summary>The design matrix of a table that a linear model can be fitted on.</summary>
internal static class TrainingMatrix
{
    /// <exception cref="DataException">There is nothing to learn from, or a column is not of complete numbers.</exception>
    public static DesignMatrix Of(TrainingTable table, FitContext context)
    {
        string? problem = table.RowCount == 0 ? $"There is no row to learn '{table.Target.Name}' from."
            : table.Features.ColumnCount == 0 ? $"There is no column to learn '{table.Target.Name}' from."
            : table.Weights?.Sum() is double weight && !(weight > 0 && double.IsFinite(weight)) ? $"The weights sum to {weight}; a positive, finite sum is needed."
            : null;
        return problem is null ? DesignMatrix.Of(table.Features, context.ParallelOptions) : throw new DataException(problem);
    }
}
