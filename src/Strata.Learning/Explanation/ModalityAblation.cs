using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Neural;
using Strata.Learning.Preparation;

namespace Strata.Learning.Explanation;

/// <summary>What a network that joins several modalities is worth without one of them: its cells counted as missing in every row.</summary>
/// <param name="Modality">An array column, or <c>table</c> for all other columns together.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="With">Its value with all modalities.</param>
/// <param name="Without">Its value without this one.</param>
public sealed record ModalityAblation(string Modality, string Metric, double With, double Without)
{
    /// <summary>Measures each modality on rows that the model has not learned from; empty for a model of one modality.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">Rows with truth; its weights weigh in the metric.</param>
    /// <param name="context">Threads and cancellation.</param>
    /// <param name="metric">What to measure; null for the task's default.</param>
    public static IReadOnlyList<ModalityAblation> Of(IModel model, TrainingTable table, FitContext context, Metric? metric = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        PipelineModel? pipeline = Explanation.Importance.PipelineOf(model);
        if ((pipeline?.Learner ?? model) is not NetworkModel { Modalities.Count: > 1 } network)
        {
            return [];
        }

        metric ??= Metrics.Metric.DefaultFor(table.Target.Task);
        Frame rows = pipeline?.Prepare(table.Features) ?? table.Features;
        double Score(string? without) => metric.Of(network.PredictWithout(without, rows, context), table.Target, table.Weights);
        double with = Score(null);
        return [.. network.Modalities.Select(modality => new ModalityAblation(modality, metric.Name, with, Score(modality)))];
    }
}
