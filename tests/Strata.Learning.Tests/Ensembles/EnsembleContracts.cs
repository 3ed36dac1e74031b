using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Ensembles;
using Strata.Learning.Linear;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Learning.Validation;
using Strata.Testing;

namespace Strata.Learning.Tests.Ensembles;

/// <summary>Small members that learn fast: a tree that takes the table as it is, and a line that needs it prepared.</summary>
internal static class FewMembers
{
    public static IReadOnlyList<IRecipe> For(LearningTask task) =>
    [
        new Pipeline([new DropText()], new DecisionTree { MaxDepth = 3 }),
        new Pipeline(DefaultPreparation.CompleteNumbers, task.IsClassification() ? new LogisticRegression() : new Ridge()),
    ];

    public static IModel Read(ModelReader reader, string algorithm) => Algorithms.Named(algorithm).ReadModel(reader);
}

public abstract class VotingContract(LearningTask task) : RecipeContract(task)
{
    protected override double RowOrderTolerance => 1e-6;

    protected override double WeightTolerance => 1e-6;

    protected override IRecipe Recipe => new Voting { Recipes = FewMembers.For(Task), Weights = "1, 2" };

    protected override IModel Read(ModelReader reader) => FewMembers.Read(reader, Voting.AlgorithmName);
}

public sealed class VotingOnTwoClasses() : VotingContract(LearningTask.BinaryClassification);

public sealed class VotingOnThreeClasses() : VotingContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new Voting { Recipes = FewMembers.For(Task), Vote = VoteKind.LogOdds };
}

public sealed class VotingOnNumbers() : VotingContract(LearningTask.Regression);

/// <summary>Folds and draws are of rows, not of weights, and by their place: weight two and another order give other parts, so that only nearness is promised.</summary>
public abstract class DrawnRowsContract(LearningTask task) : RecipeContract(task)
{
    protected override double RowOrderTolerance => Task == LearningTask.Regression ? 8 : 0.6;

    protected override double WeightTolerance => Task == LearningTask.Regression ? 8 : 0.6;

    protected override IModel Read(ModelReader reader) => FewMembers.Read(reader, Recipe.Algorithm);
}

public sealed class StackingOnTwoClasses() : DrawnRowsContract(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new Stacking { Recipes = FewMembers.For(Task), MetaRecipe = new LogisticRegression(), Folds = 3 };
}

public sealed class StackingOnThreeClasses() : DrawnRowsContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new Stacking
    {
        Recipes = FewMembers.For(Task),
        MetaRecipe = new Pipeline(DefaultPreparation.CompleteNumbers, new LogisticRegression()),
        PassThrough = true,
        Folds = 3,
    };
}

public sealed class StackingOnNumbers() : DrawnRowsContract(LearningTask.Regression)
{
    protected override IRecipe Recipe => new Stacking { Recipes = FewMembers.For(Task), MetaRecipe = new Ridge(), Folds = 3 };
}

public sealed class BlendingOnTwoClasses() : DrawnRowsContract(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new Blending { Recipes = FewMembers.For(Task), MetaRecipe = new LogisticRegression(), HeldBack = 0.3 };
}

public sealed class BlendingOnNumbers() : DrawnRowsContract(LearningTask.Regression)
{
    protected override IRecipe Recipe => new Blending { Recipes = FewMembers.For(Task), MetaRecipe = new Ridge(), HeldBack = 0.3 };
}

public sealed class BaggedOnTwoClasses() : DrawnRowsContract(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new Bagged { Recipes = [FewMembers.For(Task)[1]], Models = 4 };
}

public sealed class BaggedOnNumbers() : DrawnRowsContract(LearningTask.Regression)
{
    protected override IRecipe Recipe => new Bagged { Recipes = FewMembers.For(Task), Models = 3, Replacement = false, RowFraction = 0.7 };
}

public sealed class BlocksOnTwoClasses() : DrawnRowsContract(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new BlockEnsemble { Recipes = FewMembers.For(Task), Folds = 3 };
}

public sealed class BlocksOnNumbers() : DrawnRowsContract(LearningTask.Regression)
{
    protected override IRecipe Recipe => new BlockEnsemble { Recipes = FewMembers.For(Task), Folds = 3 };
}

/// <summary>A baseline learns nothing but a constant, which is its purpose.</summary>
public abstract class BaselineContract(LearningTask task) : RecipeContract(task)
{
    protected override IRecipe Recipe => new Baseline();

    protected override IModel Read(ModelReader reader) => BaselineModel.Read(reader);

    public override void It_learns_more_than_the_best_constant()
    {
        TrainingTable table = Sample;
        Predictions answers = Fit(table).Predict(table.Features);
        double[] expected = table.Target is NumberTarget numbers
            ? [numbers.Values.Average()]
            : [.. table.Target.Classes.Select((_, code) => ((ClassTarget)table.Target).Codes.Count(other => other == code) / (double)table.RowCount)];
        answers.Values[..expected.Length].ShouldBe(expected, 1e-12);
        answers.Values[^expected.Length..].ShouldBe(expected, 1e-12);
    }
}

public sealed class BaselineOnTwoClasses() : BaselineContract(LearningTask.BinaryClassification);

public sealed class BaselineOnThreeClasses() : BaselineContract(LearningTask.MulticlassClassification);

public sealed class BaselineOnNumbers() : BaselineContract(LearningTask.Regression);
