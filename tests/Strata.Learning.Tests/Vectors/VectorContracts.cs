using Strata.Learning.ModelFiles;
using Strata.Learning.Vectors;
using Strata.Testing;

namespace Strata.Learning.Tests.Vectors;

public abstract class SvmContract(LearningTask task) : RecipeContract(task)
{
    /// <summary>Without internal folds, which are drawn by the places of rows.</summary>
    protected override IRecipe Recipe => new Svm { CalibrateProbabilities = false, Tolerance = 1e-8 };

    protected override bool NeedsCompleteNumbers => true;

    /// <summary>Kernel rows are kept in single precision, and coefficients stop within the tolerance.</summary>
    protected override double WeightTolerance => 1e-5;

    protected override double RowOrderTolerance => 1e-5;

    protected override IModel Read(ModelReader reader) => SvmModel.Read(reader);
}

public sealed class SvmOnTwoClasses() : SvmContract(LearningTask.BinaryClassification);

public sealed class SvmOnThreeClasses() : SvmContract(LearningTask.MulticlassClassification);

public sealed class CalibratedSvm() : SvmContract(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new Svm();

    /// <summary>Folds are drawn by the places of rows: other rows are held out.</summary>
    protected override double WeightTolerance => 0.1;

    protected override double RowOrderTolerance => 0.1;
}

public sealed class CalibratedPolynomialSvm() : SvmContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new Svm { Kernel = Kernel.Polynomial, Coef0 = 1, ClassWeight = ClassWeighting.Balanced };

    protected override double WeightTolerance => 0.15;

    protected override double RowOrderTolerance => 0.15;
}

public sealed class SvrOnNumbers() : RecipeContract(LearningTask.Regression)
{
    protected override IRecipe Recipe => new Svr { C = 10, Tolerance = 1e-7 };

    protected override bool NeedsCompleteNumbers => true;

    protected override double WeightTolerance => 1e-4;

    protected override double RowOrderTolerance => 1e-4;

    protected override IModel Read(ModelReader reader) => SvrModel.Read(reader);
}
