using System.Text.Json;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Server.Surfaces.TrainingPlatform;
using Xunit;

namespace Strata.Server.Tests.Surfaces;

public sealed class KnownNamesTests
{
    [Theory]
    [InlineData("random_forest", false, "random_forest")]
    [InlineData("RandomForestClassifier", false, "random_forest")]
    [InlineData("XGBoost", false, "xgboost")]
    [InlineData("lgbm", true, "lightgbm")]
    [InlineData("logistic_regression", false, "logistic_regression")]
    [InlineData("svm", false, "svm")]
    [InlineData("svm", true, "svr")]
    [InlineData("SVC", false, "svm")]
    [InlineData("knn", true, "k_nearest_neighbors")]
    [InlineData("neural_network", false, "mlp")]
    [InlineData("naive_bayes", false, "gaussian_naive_bayes")]
    [InlineData("linear", true, "linear_regression")]
    [InlineData("gradient boosting", true, "gradient_boosting")]
    [InlineData("ElasticNet", true, "elastic_net")]
    [InlineData("AdaBoost", true, "adaboost")]
    public void Algorithms_are_known_by_the_names_that_are_usual_elsewhere(string asked, bool isOfNumbers, string own)
    {
        var notes = new List<string>();
        KnownNames.AlgorithmOf(asked, isOfNumbers, notes).Name.ShouldBe(own);
        (notes.Count > 0).ShouldBe(asked != own || own is "xgboost");
    }

    [Theory]
    [InlineData("random_forest", """{"n_estimators":50,"max_depth":4,"min_samples_leaf":2,"class_weight":"balanced","max_features":"sqrt","n_jobs":-1}""", "trees,max_depth,min_rows_per_leaf,class_weights", 2)]
    [InlineData("logistic_regression", """{"C":0.5,"max_iter":200,"solver":"lbfgs"}""", "inverse_regularization,max_iterations", 1)]
    [InlineData("svm", """{"C":2,"kernel":"rbf","gamma":"scale","probability":true}""", "c,kernel", 2)]
    [InlineData("k_nearest_neighbors", """{"n_neighbors":3,"weights":"distance"}""", "n_neighbors,weights", 0)]
    [InlineData("gradient_boosting", """{"n_estimators":50,"subsample":0.8,"max_depth":null}""", "trees,row_fraction", 1)]
    [InlineData("lightgbm", """{"n_estimators":50,"num_leaves":7,"subsample":0.8,"reg_lambda":1,"verbosity":-1}""", "n_estimators,num_leaves,subsample,reg_lambda", 1)]
    [InlineData("mlp", """{"hidden_layer_sizes":[32,32],"learning_rate_init":0.01,"batch_size":"auto","alpha":0.001}""", "layers,width,learning_rate,weight_decay", 1)]
    public void Hyperparameters_are_known_by_the_names_that_are_usual_elsewhere(string algorithm, string asked, string own, int notes)
    {
        var told = new List<string>();
        Algorithm known = Learning.Catalog.Algorithms.Named(algorithm);
        Dictionary<string, JsonElement> values = KnownNames.HyperparametersOf(TrainedRun.Values(asked), known, told);

        values.Keys.ShouldBe(own.Split(','), ignoreOrder: true);
        told.Count.ShouldBe(notes);
        _ = known.Recipe(values.ToDictionary(pair => pair.Key, pair => System.Text.Json.Nodes.JsonNode.Parse(pair.Value.GetRawText())));
    }

    [Fact]
    public void One_setting_under_two_names_is_refused()
    {
        Should.Throw<DataException>(() => KnownNames.HyperparametersOf(TrainedRun.Values("""{"n_estimators":5,"trees":6}"""), Learning.Catalog.Algorithms.Named("random_forest"), [])).Message.ShouldContain("given twice");
    }
}
