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

public sealed class SparseLogisticRegressionOnThreeClasses() : RecipeContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new LogisticRegression { L1Ratio = 0.7, InverseRegularization = 0.3, Tolerance = 1e-8 };

    protected override bool NeedsCompleteNumbers => true;

    protected override IModel Read(ModelReader reader) => LogisticRegressionModel.Read(reader);
}

public sealed class RidgeOnNumbers() : RecipeContract(LearningTask.Regression)
{
    protected override IRecipe Recipe => new Ridge();

    protected override bool NeedsCompleteNumbers => true;

    protected override IModel Read(ModelReader reader) => RidgeModel.Read(reader);
}

public abstract class LinearNumberContract() : RecipeContract(LearningTask.Regression)
{
    protected override bool NeedsCompleteNumbers => true;

    protected override IModel Read(ModelReader reader) => LinearNumberModel.Read(reader, Recipe.Algorithm);
}

public sealed class LinearRegressionOnNumbers : LinearNumberContract
{
    protected override IRecipe Recipe => new LinearRegression();
}

public sealed class LassoOnNumbers : LinearNumberContract
{
    protected override IRecipe Recipe => new Lasso { Alpha = 0.1 };
}

public sealed class ElasticNetOnNumbers : LinearNumberContract
{
    protected override IRecipe Recipe => new ElasticNet { Alpha = 0.1 };
}

public sealed class HuberOnNumbers : LinearNumberContract
{
    protected override IRecipe Recipe => new HuberRegression { Tolerance = 1e-11 };
}

public sealed class PoissonOnCounts : LinearNumberContract
{
    protected override IRecipe Recipe => new PoissonRegression { Alpha = 1e-3, Tolerance = 1e-11 };

    protected override TrainingTable Sample => Amounts.Counts(base.Sample);
}

public sealed class GammaOnAmounts : LinearNumberContract
{
    protected override IRecipe Recipe => new GammaRegression { Alpha = 1e-3, Tolerance = 1e-11 };

    protected override TrainingTable Sample => Amounts.Positive(base.Sample);
}

public sealed class TweedieOnAmounts : LinearNumberContract
{
    protected override IRecipe Recipe => new TweedieRegression { Alpha = 1e-3, Tolerance = 1e-11 };

    protected override TrainingTable Sample => Amounts.Counts(base.Sample);
}

public sealed class MedianOnNumbers : LinearNumberContract
{
    protected override IRecipe Recipe => new QuantileRegression { Alpha = 1e-3 };

    /// <summary>Where several corners are equally good another one may be found.</summary>
    protected override double RowOrderTolerance => 1e-6;

    protected override double WeightTolerance => 1e-6;
}

public abstract class LinearSvrContract : LinearNumberContract
{
    protected override double RowOrderTolerance => 1e-5;

    protected override double WeightTolerance => 1e-5;
}

public sealed class LinearSvrOnNumbers : LinearSvrContract
{
    protected override IRecipe Recipe => new LinearSvr { Epsilon = 0.2 };
}

public sealed class SquaredLinearSvrOnNumbers : LinearSvrContract
{
    protected override IRecipe Recipe => new LinearSvr { Loss = MarginLoss.Squared, PenalizeIntercept = false };
}

public abstract class LinearSvmContract(LearningTask task) : RecipeContract(task)
{
    protected override bool NeedsCompleteNumbers => true;

    protected override double RowOrderTolerance => 1e-5;

    protected override double WeightTolerance => 1e-5;

    protected override IModel Read(ModelReader reader) => LinearMarginModel.Read(reader, "linear_svm");
}

public sealed class LinearSvmOnTwoClasses() : LinearSvmContract(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new LinearSvm { CalibrateProbabilities = false, Tolerance = 1e-10 };
}

public sealed class HingeSvmOnThreeClasses() : LinearSvmContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new LinearSvm { CalibrateProbabilities = false, Loss = MarginLoss.Absolute, ClassWeight = ClassWeighting.Balanced };
}

public sealed class CalibratedLinearSvmOnThreeClasses() : LinearSvmContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new LinearSvm();

    /// <summary>Folds are drawn by the places of rows: other rows are held out.</summary>
    protected override double RowOrderTolerance => 0.1;

    protected override double WeightTolerance => 0.1;
}

/// <summary>Tables whose targets are counts or positive amounts.</summary>
internal static class Amounts
{
    public static TrainingTable Counts(TrainingTable table) => With(table, value => Math.Round(Math.Exp(value / 5 - 1.5)));

    public static TrainingTable Positive(TrainingTable table) => With(table, value => Math.Exp(value / 5));

    private static TrainingTable With(TrainingTable table, Func<double, double> change) =>
        new(table.Features, new NumberTarget(table.Target.Name, [.. ((NumberTarget)table.Target).Values.Select(change)]), table.Weights);
}
