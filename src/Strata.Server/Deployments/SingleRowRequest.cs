using System.Text.Json;

namespace Strata.Server.Deployments;

/// <summary>A request for one row's prediction that asks for nothing else, found in its bytes. Everything unusual is left to the general way, errors in the JSON included.</summary>
/// <param name="row">What should be the row's JSON object: whoever reads it checks that it is one.</param>
/// <param name="userId">Whose row it is, or null.</param>
internal readonly ref struct SingleRowRequest(ReadOnlySpan<byte> row, string? userId)
{
    public ReadOnlySpan<byte> Row { get; } = row;

    public string? UserId { get; } = userId;

    public static bool TryRead(ReadOnlySpan<byte> body, out SingleRowRequest request)
    {
        request = default;
        if (TryReadBare(body, out Range bare))
        {
            request = new SingleRowRequest(body[bare], null);
            return true;
        }

        try
        {
            var reader = new Utf8JsonReader(body);
            if (!TryRead(ref reader, out Range row, out string? userId))
            {
                return false;
            }

            request = new SingleRowRequest(body[row], userId);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>What most callers send: one row and nothing beside. What stands between the braces is whoever reads the row's to check.</summary>
    private static bool TryReadBare(ReadOnlySpan<byte> body, out Range row)
    {
        int start = body.StartsWith("{\"rows\":[{"u8) ? 9 : body.StartsWith("{\"rows\": [{"u8) ? 10 : 0;
        row = start..Math.Max(start, body.Length - 2);
        return start > 0 && body.EndsWith("}]}"u8);
    }

    private static bool TryRead(ref Utf8JsonReader reader, out Range row, out string? userId)
    {
        (row, userId) = (default, null);
        bool hasRow = false;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!hasRow && reader.ValueTextEquals("rows"u8))
            {
                if (!TryReadRow(ref reader, out row))
                {
                    return false;
                }

                hasRow = true;
            }
            else if (userId is null && reader.ValueTextEquals("user_id"u8) && reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                userId = reader.GetString()!;
            }
            else
            {
                return false;
            }
        }

        return hasRow && userId is not { Length: 0 or > 200 } && reader.TokenType == JsonTokenType.EndObject && !reader.Read();
    }

    private static bool TryReadRow(ref Utf8JsonReader reader, out Range row)
    {
        row = default;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        row = start..(int)reader.BytesConsumed;
        return reader.Read() && reader.TokenType == JsonTokenType.EndArray;
    }
}
