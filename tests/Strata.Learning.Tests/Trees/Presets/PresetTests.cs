using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Trees;
using Strata.Learning.Trees.Presets;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Trees.Presets;

public sealed class PresetTests
{
    private static IRecipe Recipe(string algorithm, params (string Name, JsonNode? Value)[] values) =>
        Algorithms.Named(algorithm).Recipe(values.ToDictionary(pair => pair.Name, pair => pair.Value));

    private static string Problem(string algorithm, params (string Name, JsonNode? Value)[] values) =>
        Should.Throw<DataException>(() => Recipe(algorithm, values)).Message;

    [Fact]
    public void Settings_go_by_any_of_their_names()
    {
        Recipe("xgboost", ("eta", 0.1)).ShouldBe(new XGBoost { LearningRate = 0.1 });
        Recipe("xgboost", ("learning_rate", 0.1), ("lambda", 2), ("min_split_loss", 0.5)).ShouldBe(new XGBoost { LearningRate = 0.1, RegLambda = 2, Gamma = 0.5 });
        Recipe("lightgbm", ("num_iterations", 50), ("min_data_in_leaf", 5), ("subsample", 0.7), ("subsample_freq", 1), ("metric", "auc"))
            .ShouldBe(new LightGbm { NEstimators = 50, MinChildSamples = 5, BaggingFraction = 0.7, BaggingFreq = 1, Metric = "auc" });
    }

    [Fact]
    public void Two_names_of_one_setting_are_refused_together()
    {
        Problem("xgboost", ("eta", 0.1), ("learning_rate", 0.1)).ShouldBe("'eta' and 'learning_rate' are one setting of XGBoost settings; give one of them.");
    }

    [Fact]
    public void Settings_without_a_counterpart_are_named_with_the_reason()
    {
        Problem("xgboost", ("num_parallel_tree", 4)).ShouldContain("'num_parallel_tree': a round is one tree; use algorithm random_forest");
        Problem("lightgbm", ("linear_tree", true)).ShouldContain("'linear_tree': leaves hold constants");
        Problem("lightgbm", ("num_leafs", 3)).ShouldContain("Did you mean 'num_leaf'?");
        Problem("xgboost", ("objective", "reg:pseudohubererror")).ShouldContain("reg:squarederror");
        Problem("xgboost", ("booster", "gblinear")).ShouldContain("gbtree, dart");
    }

    [Fact]
    public void No_refused_name_is_one_that_is_taken()
    {
        foreach (string name in new[] { "xgboost", "lightgbm" })
        {
            Algorithm algorithm = Algorithms.Named(name);
            string[] taken = [.. algorithm.Hyperparameters.SelectMany(one => one.Declared.Aliases.Prepend(one.Name))];

            taken.ShouldBeUnique();
            taken.Intersect(((IPreset)algorithm.Recipe()).Refused.Keys).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Translations_keep_the_peers_defaults()
    {
        GradientBoosting xgboost = new XGBoost().Translated, lightgbm = new LightGbm().Translated;

        (xgboost.Trees, xgboost.LearningRate, xgboost.MaxDepth, xgboost.MaxLeaves, xgboost.L2, xgboost.MinChildHessian, xgboost.MinRowsPerLeaf, xgboost.Growth)
            .ShouldBe((100, 0.3, 6, 0, 1.0, 1.0, 0.0, GrowthPolicy.LevelWise));
        (lightgbm.Trees, lightgbm.LearningRate, lightgbm.MaxDepth, lightgbm.MaxLeaves, lightgbm.L2, lightgbm.MinChildHessian, lightgbm.MinRowsPerLeaf, lightgbm.Growth)
            .ShouldBe((100, 0.1, 0, 31, 0.0, 1e-3, 20.0, GrowthPolicy.LeafWise));
        new LightGbm { BaggingFraction = 0.5 }.Translated.RowFraction.ShouldBe(1);
        new LightGbm { BaggingFraction = 0.5, BaggingFreq = 3 }.Translated.RowFraction.ShouldBe(0.5);
        new LightGbm { Boosting = "dart" }.Translated.DropRate.ShouldBe(0.1);
        new LightGbm { Boosting = "goss" }.Translated.GradientSampling.ShouldBeTrue();
        new XGBoost { Booster = "dart", RateDrop = 0.2 }.Translated.DropRate.ShouldBe(0.2);
        new XGBoost { EvalMetric = "aucpr" }.Translated.EarlyStoppingMetric.ShouldBe("average_precision");
    }

    [Fact]
    public void A_base_score_is_a_prediction_of_the_objective()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);
        var context = new FitContext { Threads = 1 };

        new XGBoost { Objective = "binary:logistic", BaseScore = 0.2, NEstimators = 1 }.Fit(table, context).Trees.BaseScores[0].ShouldBe(Math.Log(0.25), 1e-12);
        new XGBoost { Objective = "count:poisson", BaseScore = 3 }.Translated.BaseScore!.Value.ShouldBe(Math.Log(3), 1e-12);
        Should.Throw<DataException>(() => new XGBoost { Objective = "binary:logistic", BaseScore = 1 }.Translated).Message.ShouldContain("between 0 and 1");
        Should.Throw<DataException>(() => new XGBoost { BaseScore = 1 }.Translated).Message.ShouldContain("objective");
        new LightGbm { BoostFromAverage = false, NEstimators = 1 }.Fit(table, context).Trees.BaseScores.ShouldBe([0.0]);
    }

    [Fact]
    public void Constraints_in_the_peers_spelling_reach_the_trees()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, columns: 3);
        var context = new FitContext { Threads = 1 };
        double[] low = [-1, 0, 0], high = [1, 0, 0];

        TreeEnsemble trees = new XGBoost { MonotoneConstraints = "(-1,0,0)", InteractionConstraints = "[[0,1],[2]]" }.Fit(table, context).Trees;

        double[] score = [0, 0];
        trees.Score(low, score.AsSpan(0, 1));
        trees.Score(high, score.AsSpan(1, 1));
        score[1].ShouldBeLessThanOrEqualTo(score[0]);
    }
}
