using System.Text.Json;
using Strata.Client.Contracts;

namespace Strata.Server.Surfaces.Omics;

/// <summary>Requests of the omics framework as somebody may send them, for the OpenAPI document.</summary>
internal static class OmicsExamples
{
    private const string DatasetId = "2k9n5j1weq7zr3s8d6v0m4p2y3";
    private const string ModelId = "4n1q7m3ygs9bt5v0f8x2p6r4a5";

    public static OmicsAutomlRequest Automl { get; } = new() { DatasetId = DatasetId, Target = "subtype", Task = TargetKind.Classification, Preset = AutomlPreset.Good, TimeLimit = 300, Metric = "f1_macro", Group = "patient", Seed = 1 };

    public static OmicsNetworkRequest Network { get; } = new()
    {
        DatasetId = DatasetId,
        Target = "subtype",
        Architecture = "transformer",
        Epochs = 60,
        BatchSize = 16,
        LearningRate = 0.0005,
        EarlyStoppingPatience = 10,
        SequenceColumns = ["probe_*"],
        Hyperparameters = new Dictionary<string, JsonElement> { ["layers"] = JsonSerializer.SerializeToElement(2) },
    };

    public static OmicsTransferRequest Transfer { get; } = new() { DatasetId = DatasetId, Target = "response", BaseModelId = ModelId, FreezeLayers = ["encoders.*"], ThawEvery = 5, Epochs = 20, AgainstScratch = true };

    public static OmicsEnsembleRequest Ensemble { get; } = new()
    {
        DatasetId = DatasetId,
        Target = "subtype",
        Method = OmicsEnsembleMethod.Stacking,
        Algorithms = ["gradient_boosting(trees=200)", "random_forest", "logistic_regression"],
        MetaLearner = "logistic_regression",
        Folds = 5,
    };

    public static DistilRequest Distillation { get; } = new("subtype, small", Hyperparameters: new Dictionary<string, JsonElement> { ["trees"] = JsonSerializer.SerializeToElement(100) });

    public static OmicsExplanationRequest Explanation { get; } = new("shap", DatasetId: DatasetId, Offset: 0, Count: 20, Plots: true);
}
