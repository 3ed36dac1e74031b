using Strata.Learning.ModelFiles;
using Strata.Learning.RandomKernels;
using Strata.Testing;

namespace Strata.Learning.Tests.RandomKernels;

/// <summary>
/// Random kernels on wide tables of gaps, categories and numbers. A row that weighs two is left out as one when the penalty is chosen and biases are drawn from rows, so weights, copies and the
/// order of rows change a little; all else they promise as every recipe does.
/// </summary>
public abstract class RandomKernelContract(LearningTask task) : RecipeContract(task)
{
    protected override double WeightTolerance => Task == LearningTask.Regression ? 6 : 0.6;

    protected override double RowOrderTolerance => WeightTolerance;
}

public abstract class MiniRocketContract(LearningTask task) : RandomKernelContract(task)
{
    protected override IRecipe Recipe => new MiniRocket { Features = 168 };

    protected override IModel Read(ModelReader reader) => MiniRocket.Read(reader);
}

public sealed class MiniRocketBinaryContract() : MiniRocketContract(LearningTask.BinaryClassification);

public sealed class MiniRocketMulticlassContract() : MiniRocketContract(LearningTask.MulticlassClassification);

public sealed class MiniRocketRegressionContract() : MiniRocketContract(LearningTask.Regression);

public abstract class RocketContract(LearningTask task) : RandomKernelContract(task)
{
    protected override IRecipe Recipe => new Rocket { Kernels = 50, Scaling = SeriesScaling.Training };

    protected override IModel Read(ModelReader reader) => Rocket.Read(reader);
}

public sealed class RocketMulticlassContract() : RocketContract(LearningTask.MulticlassClassification);

public sealed class RocketRegressionContract() : RocketContract(LearningTask.Regression);

public sealed class MultiRocketMulticlassContract() : RandomKernelContract(LearningTask.MulticlassClassification)
{
    /// <summary>So few biases hang more on which rows they are drawn from.</summary>
    protected override double WeightTolerance => 0.7;

    protected override IRecipe Recipe => new MultiRocket { Features = 672 };

    protected override IModel Read(ModelReader reader) => MultiRocket.Read(reader);
}
