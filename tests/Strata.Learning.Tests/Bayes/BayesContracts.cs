using Strata.Learning.Bayes;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Testing;

namespace Strata.Learning.Tests.Bayes;

public abstract class BayesContract(LearningTask task) : RecipeContract(task)
{
    protected override bool NeedsCompleteNumbers => true;

    protected override IModel Read(ModelReader reader) => Catalog.Algorithms.Named(Recipe.Algorithm).ReadModel(reader);
}

public sealed class GaussianNaiveBayesOnTwoClasses() : BayesContract(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new GaussianNaiveBayes();
}

public sealed class GaussianNaiveBayesOnThreeClasses() : BayesContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new GaussianNaiveBayes { FitPrior = false };
}

public sealed class BernoulliNaiveBayesOnTwoClasses() : BayesContract(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new BernoulliNaiveBayes();
}

public sealed class MultinomialNaiveBayesOnThreeClasses() : BayesContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new MultinomialNaiveBayes();

    /// <summary>Numbers of at least 0.</summary>
    protected override TrainingTable Sample
    {
        get
        {
            TrainingTable table = base.Sample;
            return table.WithFeatures(new Frame(table.Features.Columns.Cast<Float64Column>().Select(column => new Float64Column(column.Name, [.. column.Values.Select(value => Math.Exp(2 * value))]))));
        }
    }
}

public sealed class LinearDiscriminantOnTwoClasses() : BayesContract(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new LinearDiscriminant();
}

public sealed class LinearDiscriminantOnThreeClasses() : BayesContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new LinearDiscriminant { AutomaticShrinkage = true };
}

public sealed class QuadraticDiscriminantOnTwoClasses() : BayesContract(LearningTask.BinaryClassification)
{
    protected override IRecipe Recipe => new QuadraticDiscriminant();
}

public sealed class QuadraticDiscriminantOnThreeClasses() : BayesContract(LearningTask.MulticlassClassification)
{
    protected override IRecipe Recipe => new QuadraticDiscriminant { Regularization = 0.1 };
}
