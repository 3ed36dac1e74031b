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

/// <summary>Other objectives, drawn rows and dropped rounds keep the same promises.</summary>
public abstract class BoostingVariantContract(LearningTask task, GradientBoosting variant) : GradientBoostingContract(task)
{
    protected override IRecipe Recipe => variant with { Trees = 12, MinRowsPerLeaf = 5, LearningRate = 0.3 };

    /// <summary>The sample with targets of at least 0.1, which every loss of numbers takes.</summary>
    protected override TrainingTable Sample
    {
        get
        {
            TrainingTable plain = base.Sample;
            return plain.Target is NumberTarget numbers
                ? new TrainingTable(plain.Features, new NumberTarget("outcome", [.. numbers.Values.Select(value => Math.Max(value, 0.1))]))
                : plain;
        }
    }
}

public sealed class AbsoluteErrorContract() : BoostingVariantContract(LearningTask.Regression, new GradientBoosting { Objective = BoostingObjective.AbsoluteError });

public sealed class HuberContract() : BoostingVariantContract(LearningTask.Regression, new GradientBoosting { Objective = BoostingObjective.Huber, HuberDelta = 3 });

public sealed class QuantileContract() : BoostingVariantContract(LearningTask.Regression, new GradientBoosting { Objective = BoostingObjective.Quantile, Quantile = 0.6 });

public sealed class PoissonContract() : BoostingVariantContract(LearningTask.Regression, new GradientBoosting { Objective = BoostingObjective.Poisson });

public sealed class GammaContract() : BoostingVariantContract(LearningTask.Regression, new GradientBoosting { Objective = BoostingObjective.Gamma });

public sealed class TweedieContract() : BoostingVariantContract(LearningTask.Regression, new GradientBoosting { Objective = BoostingObjective.Tweedie });

public sealed class BalancedContract() : BoostingVariantContract(LearningTask.BinaryClassification, new GradientBoosting { ClassWeights = ClassBalance.Balanced, ScalePositive = 1.5 });

/// <summary>What is drawn goes by a row's place, so that its weight and order matter beyond what they mean.</summary>
public abstract class DrawingContract(LearningTask task, GradientBoosting variant) : BoostingVariantContract(task, variant)
{
    protected override double WeightTolerance => double.PositiveInfinity;

    protected override double RowOrderTolerance => double.PositiveInfinity;
}

public sealed class GradientSamplingContract() : DrawingContract(LearningTask.MulticlassClassification, new GradientBoosting { GradientSampling = true });

public sealed class GradientSamplingOfNumbersContract() : DrawingContract(LearningTask.Regression, new GradientBoosting { GradientSampling = true, Objective = BoostingObjective.Quantile, Quantile = 0.6, TopRate = 0.1 });

public sealed class RowBaggingContract() : DrawingContract(LearningTask.BinaryClassification, new GradientBoosting { RowFraction = 0.7, RowSamplingEvery = 3 });

public sealed class DropoutContract() : BoostingVariantContract(LearningTask.BinaryClassification, new GradientBoosting { DropRate = 0.3, SkipDrop = 0.2 });

public sealed class DropoutByLearningRateContract() : BoostingVariantContract(
    LearningTask.Regression, new GradientBoosting { DropRate = 0.3, SkipDrop = 0, UniformDrop = true, DropNormalization = DropNormalization.LearningRate, Objective = BoostingObjective.AbsoluteError });
