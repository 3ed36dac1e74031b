using Strata.Learning.Linear;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;
using Strata.Testing;

namespace Strata.Learning.Tests.Preparation;

/// <summary>Tables as people have them, with text and dates, through the default preparation of a linear learner.</summary>
public abstract class PipelineContract(LearningTask task) : RecipeContract(task)
{
    protected override TrainingTable Sample => SampleTables.WithTextAndDates(Task);

    protected override IModel Read(ModelReader reader) => PipelineModel.Read(reader, (algorithm, learner) => algorithm switch
    {
        "logistic_regression" => LogisticRegressionModel.Read(learner),
        "ridge" => RidgeModel.Read(learner),
        _ => throw new ModelFileException($"There is no algorithm '{algorithm}'."),
    });
}

public sealed class LogisticPipelineOnTwoClasses() : PipelineContract(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => DefaultPreparation.For(new LogisticRegression(), needsCompleteNumbers: true);
}

public sealed class LogisticPipelineOnThreeClasses() : PipelineContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new Pipeline(
        [new DropText(), new Impute { Numbers = NumberFill.Mean, Categories = CategoryFill.MostFrequent, Indicators = false }, new OneHot { Drop = OneHotDrop.First, MaxLevels = 3 }, new Scale { Method = ScaleMethod.Robust }],
        new LogisticRegression());
}

public sealed class RidgePipelineOnNumbers() : PipelineContract(LearningTask.Regression)
{
    protected override IRecipe Recipe => DefaultPreparation.For(new Ridge(), needsCompleteNumbers: true);
}

public sealed class OrdinalPipelineOnNumbers() : PipelineContract(LearningTask.Regression)
{
    protected override IRecipe Recipe => new Pipeline(
        [new DropText(), new Ordinal(), new Impute { Numbers = NumberFill.MostFrequent }, new Scale { Method = ScaleMethod.MinMax }],
        new Ridge { Alpha = 0.1 });
}
