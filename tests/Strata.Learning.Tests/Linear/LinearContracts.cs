using Strata.Learning.Linear;
using Strata.Learning.ModelFiles;
using Strata.Testing;

namespace Strata.Learning.Tests.Linear;

public sealed class LogisticRegressionOnTwoClasses() : RecipeContract(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new LogisticRegression();

    protected override bool NeedsCompleteNumbers => true;

    protected override IModel Read(ModelReader reader) => LogisticRegressionModel.Read(reader);
}

public sealed class LogisticRegressionOnThreeClasses() : RecipeContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new LogisticRegression { ClassWeight = ClassWeighting.Balanced };

    protected override bool NeedsCompleteNumbers => true;

    protected override IModel Read(ModelReader reader) => LogisticRegressionModel.Read(reader);
}

public sealed class RidgeOnNumbers() : RecipeContract(LearningTask.Regression)
{
    protected override IRecipe Recipe => new Ridge();

    protected override bool NeedsCompleteNumbers => true;

    protected override IModel Read(ModelReader reader) => RidgeModel.Read(reader);
}
