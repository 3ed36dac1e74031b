using System.Text.Json;

namespace Strata.Platform.Deployments;

/// <summary>One prediction on its way to the log, in borrowed memory: what <see cref="LoggedPrediction"/> is read back from.</summary>
public readonly ref struct PredictionEntry
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string ModelId { get; init; }

    public required int Revision { get; init; }

    public string? UserId { get; init; }

    public bool IsShadow { get; init; }

    public required TimeSpan Took { get; init; }

    /// <summary>A JSON object of column to value, checked by whoever read it.</summary>
    public required ReadOnlySpan<byte> Row { get; init; }

    public string? Class { get; init; }

    public double Number { get; init; }

    public ReadOnlySpan<double> Probabilities { get; init; }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteNumber("at"u8, At.ToUnixTimeMilliseconds());
        writer.WriteString("model"u8, ModelId);
        writer.WriteNumber("revision"u8, Revision);
        if (UserId is not null)
        {
            writer.WriteString("user"u8, UserId);
        }

        if (IsShadow)
        {
            writer.WriteBoolean("shadow"u8, true);
        }

        writer.WriteNumber("micros"u8, (long)Took.TotalMicroseconds);
        writer.WritePropertyName("row"u8);
        writer.WriteRawValue(Row, skipInputValidation: true);
        if (Class is not null)
        {
            writer.WriteString("class"u8, Class);
        }
        else if (double.IsFinite(Number))
        {
            writer.WriteNumber("number"u8, Number);
        }

        if (Probabilities.Length > 0)
        {
            writer.WriteStartArray("probabilities"u8);
            foreach (double share in Probabilities)
            {
                writer.WriteNumberValue(double.IsFinite(share) ? share : 0);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
