using Strata.Learning.ModelFiles;
using Strata.Learning.Neighbors;
using Strata.Testing;

namespace Strata.Learning.Tests.Neighbors;

public abstract class NeighborContract(LearningTask task) : RecipeContract(task)
{
    protected override IRecipe Recipe => new NearestNeighbors { Neighbors = 9 };

    protected override bool NeedsCompleteNumbers => true;

    protected override IModel Read(ModelReader reader) => NearestNeighborsModel.Read(reader);
}

public sealed class NearestNeighborsOnTwoClasses() : NeighborContract(LearningTask.BinaryClassification);

public sealed class NearestNeighborsOnThreeClasses() : NeighborContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new NearestNeighbors { Neighbors = 9, Weights = NeighborWeights.Distance, Metric = NeighborMetric.Manhattan };
}

public sealed class NearestNeighborsOnNumbers() : NeighborContract(LearningTask.Regression);

public sealed class NearestNeighborsByAngle() : NeighborContract(LearningTask.Regression)
{
    protected override IRecipe Recipe => new NearestNeighbors { Neighbors = 9, Metric = NeighborMetric.Cosine };
}
