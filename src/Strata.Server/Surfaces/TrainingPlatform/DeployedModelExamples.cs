using System.Text.Json;
using Strata.Client.Contracts;

namespace Strata.Server.Surfaces.TrainingPlatform;

/// <summary>Requests for deployed models and their answers, as the OpenAPI document shows them.</summary>
internal static class DeployedModelExamples
{
    private const string ModelId = "3n8c1x7k5m2q9v4z6b0d8f1g2h";

    public static ModelDeploymentRequest Deployment { get; } =
        new("7h2k9m4p1q8r5s3t6v0w2x4y7z", "churn", "1.0.0", "The first in use.", new Dictionary<string, string> { ["team"] = "retention" }, PromoteToProduction: true);

    public static DeployedVersionView Deployed { get; } = new(
        ModelId, "churn", "1.0.0", 1, ModelVersionStatus.Production, new Dictionary<string, double?> { ["roc_auc"] = 0.87, ["log_loss"] = 0.31 }, "The first in use.",
        new Dictionary<string, string> { ["team"] = "retention" }, "churn", "default", new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public static ModelTestRequest Test { get; } = new(ModelId, "9b4d2f6g8h1j3k5m7n0p2q4r6s", "churn-test", 0.5);

    public static ModelPredictionRequest Prediction { get; } = new(JsonSerializer.SerializeToElement(new { age = 41, plan = "basic" }), ModelId, UserId: "u1");

    public static ModelPredictionView Predicted { get; } = new(
        ModelId, null, JsonSerializer.SerializeToElement("stays"), JsonSerializer.SerializeToElement(new[] { 0.13, 0.87 }), ["leaves", "stays"], ["0197a1b2c3d4e5f60718293a4b"], []);
}
