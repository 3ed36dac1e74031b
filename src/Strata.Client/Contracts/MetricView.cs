namespace Strata.Client.Contracts;

/// <summary>A metric that models are judged by.</summary>
/// <param name="Name">The name that requests use, such as <c>roc_auc</c>.</param>
/// <param name="Title">The name for people.</param>
/// <param name="HigherIsBetter">Whether large values are good.</param>
/// <param name="Tasks">What it measures.</param>
/// <param name="Meaning">One sentence.</param>
public sealed record MetricView(string Name, string Title, bool HigherIsBetter, IReadOnlyList<LearningTask> Tasks, string Meaning);
