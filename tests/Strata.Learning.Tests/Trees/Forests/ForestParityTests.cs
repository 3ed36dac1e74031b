using Shouldly;
using Strata.Learning.Metrics;
using Strata.Learning.Trees;
using Xunit;

namespace Strata.Learning.Tests.Trees.Forests;

public sealed class ForestParityTests
{
    /// <summary>scikit-learn counts a row once however often it was drawn: its 10 are as many of ours as are drawn for 10 different ones.</summary>
    private const double RowsPerLeaf = 10 / 0.632;

    /// <summary>For each case of the fixture the target, the recipe and the metric; out-of-bag where the metric starts with it.</summary>
    private static readonly Dictionary<string, (string Target, IRecipe Recipe, string Metric)> Cases = new()
    {
        ["random_forest_auc"] = ("two", new RandomForest { Trees = 100 }, "roc_auc"),
        ["random_forest_entropy_auc"] = ("two", new RandomForest { Trees = 100, Criterion = ImpurityCriterion.Entropy }, "roc_auc"),
        ["random_forest_accuracy"] = ("three", new RandomForest { Trees = 100 }, "accuracy"),
        ["random_forest_oob_accuracy"] = ("three", new RandomForest { Trees = 100 }, "oob accuracy"),
        ["random_forest_balanced_accuracy"] = ("rare", new RandomForest { Trees = 100, MinRowsPerLeaf = RowsPerLeaf, ClassWeights = ForestClassWeights.Balanced }, "balanced_accuracy"),
        ["random_forest_balanced_per_tree_accuracy"] = ("rare", new RandomForest { Trees = 100, MinRowsPerLeaf = RowsPerLeaf, ClassWeights = ForestClassWeights.BalancedPerTree }, "balanced_accuracy"),
        ["random_forest_r2"] = ("number", new RandomForest { Trees = 100 }, "r2"),
        ["random_forest_oob_r2"] = ("number", new RandomForest { Trees = 100 }, "oob r2"),
        ["extra_trees_auc"] = ("two", new ExtraTrees { Trees = 100 }, "roc_auc"),
        ["extra_trees_accuracy"] = ("three", new ExtraTrees { Trees = 100 }, "accuracy"),
        ["extra_trees_r2"] = ("number", new ExtraTrees { Trees = 100 }, "r2"),
        ["bagging_auc"] = ("two", new Bagging { Trees = 100, RowFraction = 0.5, Replacement = false }, "roc_auc"),
        ["adaboost_stumps_auc"] = ("two", new AdaBoost { MaxDepth = 1 }, "roc_auc"),
        ["adaboost_slow_accuracy_of_three"] = ("three", new AdaBoost { Trees = 100, LearningRate = 0.1 }, "accuracy"),
        ["adaboost_slow_auc"] = ("two", new AdaBoost { Trees = 100, LearningRate = 0.1 }, "roc_auc"),
        ["adaboost_stumps_accuracy"] = ("two", new AdaBoost { MaxDepth = 1 }, "accuracy"),
        ["adaboost_r2"] = ("number", new AdaBoost(), "r2"),
        ["bagging_r2"] = ("number", new Bagging { Trees = 100 }, "r2"),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    /// <summary>The mean of four seeds lies within three and a half standard deviations (of the difference of the two means) of scikit-learn's mean of ten; half a point is let pass in any case.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Scores_are_scikit_learns_within_the_noise_of_seeds(string name)
    {
        var (target, recipe, metric) = Cases[name];
        var (training, test) = ForestFixture.Split(target);

        double[] scores = [.. Enumerable.Range(0, 4).Select(seed =>
        {
            IModel model = recipe.Fit(training, new FitContext { Seed = (ulong)seed, Threads = 2, Cancellation = TestContext.Current.CancellationToken });
            return metric.StartsWith("oob ", StringComparison.Ordinal)
                ? ((AveragingModel)model).OutOfBag!.Metrics[metric[4..]]
                : Metric.Named(metric).Of(model.Predict(test.Features), test.Target);
        })];

        ForestFixture.PeerScore peer = ForestFixture.Peer[name];
        scores.Average().ShouldBe(peer.Mean, Math.Max(0.005, 3.5 * peer.Sd * Math.Sqrt((1 / 4.0) + (1 / 10.0))), $"{string.Join(", ", scores.Select(score => score.ToString("0.000")))} beside {peer.Mean:0.000} ± {peer.Sd:0.000}");
    }
}
