using Shouldly;
using Strata.Learning.Bayes;
using Strata.Learning.Data;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Bayes;

/// <summary>Naive Bayes learns from entries what it learns from the same table in full.</summary>
public class SparseBayesTests
{
    private static readonly FitContext Context = new();

    public static TheoryData<IRecipe<LogLinearBayesModel>, bool> Recipes => new()
    {
        { new MultinomialNaiveBayes(), true }, { new MultinomialNaiveBayes { Alpha = 0.1, FitPrior = false }, true },
        { new BernoulliNaiveBayes(), true }, { new BernoulliNaiveBayes { Threshold = 1.5 }, true }, { new BernoulliNaiveBayes { Threshold = -0.2 }, false }, { new BernoulliNaiveBayes { Threshold = -0.6 }, false },
    };

    [Theory]
    [MemberData(nameof(Recipes))]
    public void Densities_and_answers_are_those_of_the_table_in_full(IRecipe<LogLinearBayesModel> recipe, bool counts)
    {
        foreach (bool weighted in new[] { true, false })
        {
            SparseTables tables = SparseTables.Of(LearningTask.MulticlassClassification, weighted: weighted, counts: counts);
            LogLinearBayesModel sparse = recipe.Fit(tables.Sparse, Context), full = recipe.Fit(tables.Full, Context);

            sparse.Coefficients.ShouldBe(full.Coefficients, 1e-11);
            sparse.Intercepts.ShouldBe(full.Intercepts, 1e-10);
            sparse.Predict(tables.Sparse.Features, threads: 2).Values.ShouldBe(full.Predict(tables.Full.Features).Values, 1e-9);
            sparse.Predict(tables.Sparse.Features).Values.ShouldBe(sparse.Predict(tables.Full.Features).Values, 1e-9);
        }
    }

    [Fact]
    public void A_negative_entry_is_no_count()
    {
        SparseTables tables = SparseTables.Of(LearningTask.BinaryClassification);

        Should.Throw<DataException>(() => new MultinomialNaiveBayes().Fit(tables.Sparse, Context)).Problems
            .ShouldBe(Should.Throw<DataException>(() => new MultinomialNaiveBayes().Fit(tables.Full, Context)).Problems);
    }
}
