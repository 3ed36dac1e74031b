using Strata.Learning.Data;
using Strata.Learning.Trees;

namespace Strata.Learning.Catalog;

/// <summary>The one table of algorithms. The command line, REST, the web form and model files know an algorithm by its row here.</summary>
public static class Algorithms
{
    public static IReadOnlyList<Algorithm> All { get; } =
    [
        new("Gradient boosting", "Many small trees, each lowering the error that those before it left. The first choice for tables; takes missing values and categories as they are.",
            needsCompleteNumbers: false, () => new GradientBoosting(), GradientBoostingModel.Read, LearningTask.BinaryClassification, LearningTask.MulticlassClassification, LearningTask.Regression),
    ];

    /// <exception cref="DataException">There is no such algorithm; the message lists them.</exception>
    public static Algorithm Named(string name) => All.FirstOrDefault(algorithm => algorithm.Name == name)
        ?? throw new DataException(NearNames.Nearest(name, All.Select(algorithm => algorithm.Name)) is string near
            ? $"There is no algorithm '{name}'. Did you mean '{near}'?"
            : $"There is no algorithm '{name}'. There are: {string.Join(", ", All.Select(algorithm => algorithm.Name))}.");
}
