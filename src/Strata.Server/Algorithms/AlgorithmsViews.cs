using Strata.Client.Contracts;
using Strata.Learning.Catalog;
using Strata.Server.Jobs;

namespace Strata.Server.Algorithms;

internal static class AlgorithmsViews
{
    public static AlgorithmView View(this Algorithm algorithm) => new(
        algorithm.Name,
        algorithm.Title,
        algorithm.Summary,
        [.. algorithm.Tasks.Select(task => task.To<LearningTask>())],
        [.. algorithm.Hyperparameters.Select(View)],
        algorithm.NeedsCompleteNumbers,
        [.. algorithm.DefaultSteps.Select(step => step.Name)],
        [.. algorithm.ArrayTypes.Select(type => type.To<ColumnType>())]);

    public static StepView View(this PreparationStep step) => new(step.Name, step.Summary, [.. step.Hyperparameters.Select(View)]);

    private static HyperparameterView View(Hyperparameter hyperparameter) => new(
        hyperparameter.Name,
        hyperparameter.Type.To<Client.Contracts.HyperparameterType>(),
        hyperparameter.DefaultJson.Element(),
        Bound(hyperparameter.Declared.Min),
        Bound(hyperparameter.Declared.Max),
        hyperparameter.Choices.Count > 0 ? hyperparameter.Choices : null,
        hyperparameter.Description,
        hyperparameter.Declared.Advanced,
        hyperparameter.Declared.LogScale);

    private static double? Bound(double value) => double.IsFinite(value) ? value : null;
}
