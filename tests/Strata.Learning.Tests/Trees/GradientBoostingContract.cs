using Strata.Learning.ModelFiles;
using Strata.Learning.Trees;
using Strata.Testing;

namespace Strata.Learning.Tests.Trees;

public abstract class GradientBoostingContract(LearningTask task) : RecipeContract(task)
{
    protected override IRecipe Recipe => new GradientBoosting { Trees = 10, MinRowsPerLeaf = 5, LearningRate = 0.3 };

    protected override IModel Read(ModelReader reader) => GradientBoostingModel.Read(reader);
}

public sealed class GradientBoostingBinaryContract() : GradientBoostingContract(LearningTask.BinaryClassification);

public sealed class GradientBoostingMulticlassContract() : GradientBoostingContract(LearningTask.MulticlassClassification);

public sealed class GradientBoostingRegressionContract() : GradientBoostingContract(LearningTask.Regression);
