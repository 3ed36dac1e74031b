using Strata.Learning.Workflow.Plots;

namespace Strata.Learning.Workflow;

/// <summary>Keeps every metric that a fit reports, over its iterations from 1.</summary>
/// <param name="further">Who else is told; null for nobody.</param>
public sealed class FitCurves(IProgress<FitProgress>? further = null) : IProgress<FitProgress>
{
    private readonly Dictionary<string, (List<double> Step, List<double> Value)> curves = new(StringComparer.Ordinal);

    /// <summary>A line a metric, in the order in which they were first reported; empty for algorithms that fit in one step.</summary>
    public IReadOnlyList<Series> Series => [.. curves.Select(curve => new Series(curve.Key, curve.Value.Step, curve.Value.Value))];

    public void Report(FitProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        further?.Report(value);
        foreach ((string name, double metric) in value.Metrics)
        {
            if (!curves.TryGetValue(name, out (List<double> Step, List<double> Value) curve))
            {
                curves[name] = curve = ([], []);
            }

            curve.Step.Add(value.Iteration + 1);
            curve.Value.Add(metric);
        }
    }
}
