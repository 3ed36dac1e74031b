using Strata.Learning.ModelFiles;
using Strata.Learning.Trees;
using Strata.Testing;

namespace Strata.Learning.Tests.Trees;

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
