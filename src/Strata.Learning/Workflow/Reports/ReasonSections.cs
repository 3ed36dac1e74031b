using Strata.Learning.Workflow.Plots;
using static Strata.Learning.Workflow.Reports.ReportFigure;

namespace Strata.Learning.Workflow.Reports;

/// <summary>A report's section on why the model says what it says.</summary>
internal sealed class ReasonSections(RunReport report, HtmlText html)
{
    private const int MostImportance = 20;

    public void Reasons()
    {
        ReportedReasons reasons = report.Reasons;
        if (reasons.Importance.Count > 0)
        {
            html.Part("What matters on the whole");
            html.Quiet("How much the main metric worsens when a column of the test rows is shuffled.");
            html.Pictures(Plot.Importance(reasons.Importance, most: MostImportance));
        }

        if (reasons.Outputs.Count == 0)
        {
            html.Part("What moves single predictions");
            html.Sentence(reasons.Without ?? "It was not asked for.");
            Effects(reasons.Effects);
            return;
        }

        html.Part("What moves single predictions");
        html.Quiet($"Exact contributions to the raw score of {Whole(reasons.RowCount)} test rows; with the bias they sum to it.");
        foreach ((int i, OutputReasons output) in reasons.Outputs.Index())
        {
            html.Pictures([BeeswarmPlot.Draw(output.Columns, output.Output, $"beeswarm-{i}"), .. i == 0 ? Dependences(output.Columns) : []]);
        }
    }

    private void Effects(IReadOnlyList<ReportedEffect> effects)
    {
        if (effects.Count > 0)
        {
            html.Part("What the model says along the most important columns");
            html.Quiet("Partial dependence: the mean over test rows when all have the same value, with single rows beside.");
            html.Pictures(effects.Select((effect, i) => EffectPlot.Draw(
                $"{SvgPicture.Short(effect.Output, 24)} by {SvgPicture.Short(effect.Column, 30)}",
                effect.Column, effect.Labels, effect.Numbers, effect.Means, "what the model says", [.. effect.Individual.Select(line => line.Select(value => (double)value).ToArray())], $"effect-{i}")));
        }
    }

    /// <summary>The two columns that do most, each coloured by the other.</summary>
    private static IEnumerable<string> Dependences(IReadOnlyList<ColumnReasons> columns) =>
        columns.Take(2).Select((column, i) => DependencePlot.Draw(column, columns.Count > 1 ? columns[1 - i] : null, $"dependence-{i}"));
}
