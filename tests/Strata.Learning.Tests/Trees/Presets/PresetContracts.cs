using Strata.Learning.ModelFiles;
using Strata.Learning.Trees;
using Strata.Learning.Trees.Presets;
using Strata.Testing;

namespace Strata.Learning.Tests.Trees.Presets;

public abstract class XGBoostContract(LearningTask task) : RecipeContract(task)
{
    protected override IRecipe Recipe => new XGBoost { NEstimators = 10 };

    protected override IModel Read(ModelReader reader) => GradientBoostingModel.Read(reader);
}

public sealed class XGBoostBinaryContract() : XGBoostContract(LearningTask.BinaryClassification);

public sealed class XGBoostMulticlassContract() : XGBoostContract(LearningTask.MulticlassClassification);

public sealed class XGBoostRegressionContract() : XGBoostContract(LearningTask.Regression);

public abstract class LightGbmContract(LearningTask task) : RecipeContract(task)
{
    protected override IRecipe Recipe => new LightGbm { NEstimators = 20, MinChildSamples = 5 };

    protected override IModel Read(ModelReader reader) => GradientBoostingModel.Read(reader);
}

public sealed class LightGbmBinaryContract() : LightGbmContract(LearningTask.BinaryClassification);

public sealed class LightGbmMulticlassContract() : LightGbmContract(LearningTask.MulticlassClassification);

public sealed class LightGbmRegressionContract() : LightGbmContract(LearningTask.Regression);
