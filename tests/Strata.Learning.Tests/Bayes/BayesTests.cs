using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Bayes;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Xunit;

namespace Strata.Learning.Tests.Bayes;

public class BayesTests
{
    private static readonly FitContext Context = new() { Threads = 2 };
    private static readonly BayesCase[] Cases = JsonSerializer.Deserialize<BayesFixture>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Bayes", "Fixtures", "bayes.json")), ModelFileJson.Options)!.Cases;

    public static TheoryData<string> CaseNames => [.. Cases.Select(given => given.Name)];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Probabilities_are_those_of_scikit_learn(string name)
    {
        BayesCase given = Cases.Single(one => one.Name == name);
        string algorithm = given.Algorithm switch
        {
            "GaussianNB" => GaussianNaiveBayes.AlgorithmName,
            "MultinomialNB" => MultinomialNaiveBayes.AlgorithmName,
            "BernoulliNB" => BernoulliNaiveBayes.AlgorithmName,
            "LinearDiscriminantAnalysis" => LinearDiscriminant.AlgorithmName,
            _ => QuadraticDiscriminant.AlgorithmName,
        };
        string[] classes = given.Probabilities[0].Length == 2 ? ["a", "b"] : ["a", "b", "c"];
        var frame = new Frame(Enumerable.Range(0, given.X[0].Length).Select(j => new Float64Column($"x{j}", [.. given.X.Select(row => row[j])])));
        IRecipe recipe = Algorithms.Named(algorithm).Recipe(given.Settings);

        Predictions said = recipe.Fit(new TrainingTable(frame, new ClassTarget("y", given.Codes, classes), given.Weights), Context).Predict(frame);

        said.Values.Zip(given.Probabilities.SelectMany(row => row), (ours, theirs) => Math.Abs(ours - theirs)).Max().ShouldBeLessThan(1e-8);
    }

    [Fact]
    public void A_negative_count_is_named()
    {
        var frame = new Frame(new Float64Column("count", [1, -2, 3]));
        var table = new TrainingTable(frame, new ClassTarget("y", [0, 1, 0], ["a", "b"]));

        Should.Throw<DataException>(() => new MultinomialNaiveBayes().Fit(table, Context)).Message.ShouldContain("'count' is -2 in row 2");
    }

    [Fact]
    public void A_class_without_rows_is_noted_and_never_predicted()
    {
        var frame = new Frame(new Float64Column("x", [1, 2, 3, 5]));
        var table = new TrainingTable(frame, new ClassTarget("y", [0, 2, 0, 2], ["a", "b", "c"]));

        foreach (IRecipe recipe in new IRecipe[] { new GaussianNaiveBayes(), new MultinomialNaiveBayes(), new BernoulliNaiveBayes { Threshold = 2 } })
        {
            IModel model = recipe.Fit(table, Context);
            model.Notes.ShouldHaveSingleItem().ShouldContain("'b'");
            model.Predict(frame).Probability(0, 1).ShouldBe(0);
        }
    }

    private sealed record BayesFixture(BayesCase[] Cases);

    private sealed record BayesCase(string Name, string Algorithm, Dictionary<string, JsonNode?> Settings, double[][] X, int[] Codes, double[]? Weights, double[][] Probabilities);
}
