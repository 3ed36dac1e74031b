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

public sealed class FillingAndMixingPipelineOnNumbers() : PipelineContract(LearningTask.Regression)
{
    // Rounds of regressions and powers end at a tolerance, where the order of sums shows.
    protected override double WeightTolerance => 1e-5;

    protected override double RowOrderTolerance => 1e-5;

    protected override IRecipe Recipe => new Pipeline(
        [
            new DropText(), new ImputeIterative { Indicators = false }, new Impute(), new Derive { Column = "bulk", Formula = "mass / (height / 100) ^ 2" }, new Polynomial { Columns = ["mass", "height"] }, new OneHot(),
            new Outliers { Rule = OutlierRule.ZScore }, new YeoJohnson(), new PrincipalComponents { Components = 3, Columns = ["mass", "height", "bulk"] },
        ],
        new Ridge());
}

public sealed class EncodingPipelineOnTwoClasses() : PipelineContract(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new Pipeline(
        [
            new ImputeNeighbors(), new Impute(), new DateParts(), new TextFrequencies { MaxTerms = 3 }, new HashCategories { Width = 4 }, new QuantileScale { Quantiles = 20 }, new Bin { Columns = ["mass"] },
        ],
        new LogisticRegression());
}

public sealed class HashingPipelineOnThreeClasses() : PipelineContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new Pipeline([new HashText { Width = 4, Unit = TextUnit.Characters, Longest = 2 }, new Frequency(), new Impute(), new Scale()], new LogisticRegression());
}
