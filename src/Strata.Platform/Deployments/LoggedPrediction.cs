using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.Platform.Deployments;

/// <summary>One prediction as the log holds it.</summary>
public sealed record LoggedPrediction
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string ModelId { get; init; }

    public required int Revision { get; init; }

    public string? UserId { get; init; }

    /// <summary>Whether it was asked beside and never answered.</summary>
    public bool IsShadow { get; init; }

    /// <summary>How long the whole request took.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>What was asked: column to value.</summary>
    public required JsonObject Row { get; init; }

    /// <summary>The class; null where a number was predicted.</summary>
    public string? Class { get; init; }

    /// <summary>The number; null where a class was predicted.</summary>
    public double? Number { get; init; }

    /// <summary>By class in the order of the model's; empty where there are none.</summary>
    public IReadOnlyList<double> Probabilities { get; init; } = [];

    /// <summary>The prediction as text.</summary>
    public string Prediction => Class ?? Number?.ToString("R", System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty;

    internal static LoggedPrediction Read(ReadOnlySpan<byte> entry)
    {
        var reader = new Utf8JsonReader(entry);
        JsonObject json = JsonNode.Parse(ref reader)!.AsObject();
        return new LoggedPrediction
        {
            Id = (string)json["id"]!,
            At = DateTimeOffset.FromUnixTimeMilliseconds((long)json["at"]!),
            ModelId = (string)json["model"]!,
            Revision = (int)json["revision"]!,
            UserId = (string?)json["user"],
            IsShadow = json["shadow"] is not null,
            Took = TimeSpan.FromMicroseconds((long)json["micros"]!),
            Row = json["row"] as JsonObject ?? [],
            Class = (string?)json["class"],
            Number = (double?)json["number"],
            Probabilities = json["probabilities"] is JsonArray shares ? [.. shares.Select(share => (double)share!)] : [],
        };
    }
}
