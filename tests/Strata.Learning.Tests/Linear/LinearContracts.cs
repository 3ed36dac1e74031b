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

/// <summary>Tables whose targets are counts or positive amounts.</summary>
internal static class Amounts
{
    public static TrainingTable Counts(TrainingTable table) => With(table, value => Math.Round(Math.Exp(value / 5 - 1.5)));

    public static TrainingTable Positive(TrainingTable table) => With(table, value => Math.Exp(value / 5));

    private static TrainingTable With(TrainingTable table, Func<double, double> change) =>
        new(table.Features, new NumberTarget(table.Target.Name, [.. ((NumberTarget)table.Target).Values.Select(change)]), table.Weights);
}
