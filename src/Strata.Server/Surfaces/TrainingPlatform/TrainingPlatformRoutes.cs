using System.Text.Json;
using Strata.Client.Contracts.TrainingPlatform;
using Strata.Platform.Accounts;
using Strata.Server.OpenApi;
using Strata.Server.Repeats;
using Strata.Server.Safety;

namespace Strata.Server.Surfaces.TrainingPlatform;

/// <summary>The training platform's data and training routes: its users' names and words, over the house's rooms.</summary>
internal static class TrainingPlatformRoutes
{
    private const string DatasetId = "31k9vxg2e7m5twc8yqa4hn6r0p";

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/datasets/upload", DatasetEndpoints.Upload).WithName("platform_upload_dataset").Makes().Needs(Role.Trainer).TakesForm(
            new FormField("file", FormFieldKind.File, "A table: CSV or Excel, or any other that datasets are read from.", Required: true),
            new FormField("name", FormFieldKind.Text, "The dataset's name; the file's name when left out."),
            new FormField("target_column", FormFieldKind.Text, "The column to predict; suggested when left out."),
            new FormField("project", FormFieldKind.Text, "The id or name of the project that it goes to; the usual one when left out."));
        routes.MapGet("/datasets", DatasetEndpoints.List).WithName("platform_list_datasets").ForUsers();
        routes.MapGet("/datasets/{id}", DatasetEndpoints.Get).WithName("platform_get_dataset").Needs(Role.Viewer, Thing.Dataset);

        routes.MapPost("/data/clean", DataEndpoints.Clean).WithName("platform_clean_data").Makes().Needs(Role.Trainer)
            .Example(new CleanDataRequest(DatasetId, MissingStrategy.Median, OutlierMethod.Iqr, 1.5));
        routes.MapPost("/data/select-features", DataEndpoints.Select).WithName("platform_select_features").Makes().Needs(Role.Trainer)
            .Example(new SelectFeaturesRequest(DatasetId, "churned", SelectionMethod.MutualInfo, NFeatures: 10));
        routes.MapPost("/data/split", DataEndpoints.Split).WithName("platform_split_data").Makes().Needs(Role.Trainer)
            .Example(new SplitDataRequest(DatasetId, TestSize: 0.2, ValidationSize: 0.1, RandomState: 42));

        routes.MapPost("/models/train", TrainingEndpoints.Train).WithName("platform_train_model").Makes().Needs(Role.Trainer)
            .Example(new TrainModelRequest(DatasetId, "churned", "xgboost", Values(("n_estimators", 200), ("max_depth", 4)), TestSize: 0.2, ScalingMethod: ScalingMethod.Standard, EarlyStopping: true, EarlyStoppingPatience: 10));
        routes.MapGet("/models/train/{job}", TrainingEndpoints.GetTraining).WithName("platform_get_training").Needs(Role.Viewer, Thing.Job, "job");
        routes.MapPost("/models/tune", TrainingEndpoints.Tune).WithName("platform_tune_model").Makes().Needs(Role.Trainer)
            .Example(new TuneModelRequest(DatasetId, "churned", "random_forest", TuneMethod.GridSearch, new Dictionary<string, IReadOnlyList<JsonElement>> { ["n_estimators"] = [Value(100), Value(300)], ["max_depth"] = [Value(4), Value(8)] }, CvFolds: 5, Scoring: "roc_auc"));
        routes.MapGet("/models/tune/{job}", TrainingEndpoints.GetTraining).WithName("platform_get_tuning").Needs(Role.Viewer, Thing.Job, "job");
        routes.MapPost("/models/compare", TrainingEndpoints.Compare).WithName("platform_compare_models").Makes().Needs(Role.Trainer)
            .Example(new CompareModelsRequest(DatasetId, ["random_forest", "xgboost", "logistic_regression"], "churned", CvFolds: 5, Scoring: "roc_auc"));
        routes.MapGet("/models/compare/{job}", TrainingEndpoints.GetComparison).WithName("platform_get_comparison").Needs(Role.Viewer, Thing.Job, "job");
    }

    private static Dictionary<string, JsonElement> Values(params (string Name, int Number)[] values) => values.ToDictionary(pair => pair.Name, pair => Value(pair.Number));

    private static JsonElement Value(int number) => JsonSerializer.SerializeToElement(number);
}
