using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Trees;
using Strata.Testing;

namespace Strata.Learning.Tests.Trees.Forests;

public abstract class DecisionTreeContract(LearningTask task) : RecipeContract(task)
{
    protected override IRecipe Recipe => new DecisionTree { MaxDepth = 6 };

    protected override IModel Read(ModelReader reader) => DecisionTreeModel.Read(reader);
}

public sealed class DecisionTreeBinaryContract() : DecisionTreeContract(LearningTask.BinaryClassification);

public sealed class DecisionTreeMulticlassContract() : DecisionTreeContract(LearningTask.MulticlassClassification);

public sealed class DecisionTreeRegressionContract() : DecisionTreeContract(LearningTask.Regression);

public abstract class RandomForestContract(LearningTask task) : RecipeContract(task)
{
    protected override IRecipe Recipe => new RandomForest { Trees = 60 };

    /// <summary>Rows are drawn by their position, so another order or the row twice is another draw: what stays is the average of many trees, within chance.</summary>
    protected override double WeightTolerance => Tolerance;

    protected override double RowOrderTolerance => Tolerance;

    private double Tolerance => Task == LearningTask.Regression ? 3 : 0.4;

    protected override IModel Read(ModelReader reader) => RandomForestModel.Read(reader);
}

public sealed class RandomForestBinaryContract() : RandomForestContract(LearningTask.BinaryClassification);

public sealed class RandomForestMulticlassContract() : RandomForestContract(LearningTask.MulticlassClassification);

public sealed class RandomForestRegressionContract() : RandomForestContract(LearningTask.Regression);

/// <summary>Without drawing rows a forest keeps the promises about weights and order exactly.</summary>
public sealed class RandomForestOfAllRowsContract() : RecipeContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new RandomForest { Trees = 6, Bootstrap = false };

    protected override IModel Read(ModelReader reader) => RandomForestModel.Read(reader);
}

public abstract class ExtraTreesContract(LearningTask task) : RecipeContract(task)
{
    protected override IRecipe Recipe => new ExtraTrees { Trees = 40 };

    /// <summary>Thresholds are drawn, so that weights and copies, which differ in the number of rows only, still give the same trees.</summary>
    protected override IModel Read(ModelReader reader) => ExtraTreesModel.Read(reader);
}

public sealed class ExtraTreesBinaryContract() : ExtraTreesContract(LearningTask.BinaryClassification);

public sealed class ExtraTreesMulticlassContract() : ExtraTreesContract(LearningTask.MulticlassClassification);

public sealed class ExtraTreesRegressionContract() : ExtraTreesContract(LearningTask.Regression);

public abstract class BaggingContract(LearningTask task) : RecipeContract(task)
{
    protected override IRecipe Recipe => new Bagging { Trees = 40, RowFraction = 0.7, Replacement = Task == LearningTask.Regression };

    protected override double WeightTolerance => Tolerance;

    protected override double RowOrderTolerance => Tolerance;

    private double Tolerance => Task == LearningTask.Regression ? 3 : 0.4;

    protected override IModel Read(ModelReader reader) => BaggingModel.Read(reader);
}

public sealed class BaggingBinaryContract() : BaggingContract(LearningTask.BinaryClassification);

public sealed class BaggingMulticlassContract() : BaggingContract(LearningTask.MulticlassClassification);

public sealed class BaggingRegressionContract() : BaggingContract(LearningTask.Regression);

/// <summary>Rows are drawn by position, so that order, copies and weights give another draw; the mean over trees stays.</summary>
public sealed class IsolationForestContract() : RecipeContract(LearningTask.OutlierDetection)
{
    protected override IRecipe Recipe => new IsolationForest { Trees = 60, RowsPerTree = 128, Contamination = 0.05 };

    protected override double WeightTolerance => 0.1;

    protected override double RowOrderTolerance => 0.1;

    protected override IModel Read(ModelReader reader) => IsolationForestModel.Read(reader);

    /// <summary>What it learns is the crowd: rows far from it score higher than nearly all of it.</summary>
    public override void It_learns_more_than_the_best_constant()
    {
        TrainingTable table = Sample;
        Frame far = table.Features.With(new Float64Column("height", [.. Enumerable.Repeat(300.0, table.RowCount)])).With(new Float32Column("mass", [.. Enumerable.Repeat(200f, table.RowCount)]));

        IModel model = Fit(table);

        double[] usual = [.. model.Predict(table.Features).Values.Order()];
        model.Predict(far).Values.Average().ShouldBeGreaterThan(usual[(int)(0.95 * usual.Length)]);
    }
}

public abstract class AdaBoostContract(LearningTask task) : RecipeContract(task)
{
    protected override IRecipe Recipe => new AdaBoost { Trees = 15 };

    /// <summary>Weights are rounded to a grid, once for the row twice and twice for two rows; for numbers rows are drawn by position.</summary>
    protected override double WeightTolerance => Task == LearningTask.Regression ? 6 : 1e-6;

    protected override double RowOrderTolerance => Task == LearningTask.Regression ? 6 : 1e-6;

    protected override IModel Read(ModelReader reader) => AdaBoostModel.Read(reader);
}

public sealed class AdaBoostBinaryContract() : AdaBoostContract(LearningTask.BinaryClassification);

public sealed class AdaBoostMulticlassContract() : AdaBoostContract(LearningTask.MulticlassClassification);

public sealed class AdaBoostRegressionContract() : AdaBoostContract(LearningTask.Regression);

/// <summary>Class factors and entropy keep the promises too.</summary>
public sealed class BalancedEntropyTreesContract() : RecipeContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new RandomForest { Trees = 6, Bootstrap = false, Criterion = ImpurityCriterion.Entropy, ClassWeights = ForestClassWeights.Balanced };

    protected override IModel Read(ModelReader reader) => RandomForestModel.Read(reader);
}
