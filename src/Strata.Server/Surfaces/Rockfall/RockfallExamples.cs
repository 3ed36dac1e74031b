using System.Text.Json;
using Strata.Client.Contracts;

namespace Strata.Server.Surfaces.Rockfall;

/// <summary>A training of the rockfall trainer as somebody may meet it, for the OpenAPI document.</summary>
internal static class RockfallExamples
{
    private const string JobId = "1j8m4h0vdq6yq2r7c5t9k3n1x2";
    private static readonly DateTimeOffset At = new(2026, 3, 14, 9, 30, 0, TimeSpan.Zero);

    public static RockfallTrainingRequest Config { get; } = new(
        "2k9n5j1weq7zr3s8d6v0m4p2y3",
        "fall",
        "bilstm",
        Epochs: 40,
        BatchSize: 32,
        LearningRate: 0.001,
        SequenceColumns: ["rain_t-*", "moisture_t-*"],
        Group: "slope",
        EarlyStopping: true,
        EarlyStoppingPatience: 8,
        Seed: 7,
        Hyperparameters: new Dictionary<string, JsonElement> { ["hidden"] = JsonSerializer.SerializeToElement(64) },
        ConfidenceLevel: 0.9);

    public static RockfallJobView Running { get; } = new(
        JobId,
        "ana",
        Config,
        JobStatus.Running,
        37.5,
        2,
        40,
        At,
        [
            new Dictionary<string, double?> { ["epoch"] = 1, ["train_log_loss"] = 0.66, ["validation_log_loss"] = 0.64 },
            new Dictionary<string, double?> { ["epoch"] = 2, ["train_log_loss"] = 0.58, ["validation_log_loss"] = 0.57 },
        ],
        ["2026-03-14 09:30:02.114Z  'bilstm' is Strata's 'lstm', reading series in both directions."],
        null,
        new Dictionary<string, string>());

    public static RockfallDeploymentRequest Deploy { get; } = new("north-face", Note: "trained on the spring's readings");

    public static RockfallDeploymentView Deployed { get; } = new(
        "3m0p6k2xfr8as4t9e7w1n5q3z4", "north-face", JobId, "4n1q7m3ygs9bt5v0f8x2p6r4a5", "lstm for fall", 1, 1, 1, DeploymentChange.Created, "/api/deployments/north-face/predictions", At, "ana");
}
