using Strata.Learning.Data;

namespace Strata.Learning.Workflow.Plots;

/// <summary>Every picture of contributions that there is something for, by the name of its file without the ending.</summary>
public static class ReasonPlots
{
    private const int MostDependences = 3;

    /// <summary>Of one row a waterfall and a force bar, of several a swarm and how the strongest columns' contributions depend on their values; of the first output, or another.</summary>
    /// <param name="contributions">Of the rows.</param>
    /// <param name="rows">The rows, in the original columns.</param>
    /// <param name="output">Index of the output.</param>
    public static IReadOnlyDictionary<string, string> Of(Contributions contributions, Frame rows, int output = 0)
    {
        ArgumentNullException.ThrowIfNull(contributions);
        ArgumentNullException.ThrowIfNull(rows);
        var pictures = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        if (contributions.RowCount == 1)
        {
            RowReasons only = RowReasons.Of(contributions, rows, row: 0, output);
            pictures.Add("waterfall", WaterfallPlot.Draw(only));
            pictures.Add("force", ForcePlot.Draw(only));
            return pictures;
        }

        IReadOnlyList<ColumnReasons> columns = ColumnReasons.Of(contributions, rows, output);
        pictures.Add("beeswarm", BeeswarmPlot.Draw(columns, contributions.Outputs[output]));
        foreach ((int i, ColumnReasons column) in columns.Take(MostDependences).Index())
        {
            pictures.Add($"dependence_{i + 1}", DependencePlot.Draw(column, columns.Count > 1 ? columns[i == 0 ? 1 : 0] : null));
        }

        return pictures;
    }
}
