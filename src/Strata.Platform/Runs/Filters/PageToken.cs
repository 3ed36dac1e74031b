using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Strata.Learning.Data;

namespace Strata.Platform.Runs.Filters;

/// <summary>Where a page ended: the sort keys of its last row, and a mark of the question that it answered.</summary>
internal static class PageToken
{
    private const int MostCharacters = 100_000;

    public static string Write(string question, IReadOnlyList<object> keys) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes((string[])[Mark(question), .. keys.Select(Text)]));

    /// <exception cref="DataException">The token is not one, or another question's.</exception>
    public static IReadOnlyList<object> Read(string question, string token, int keyCount)
    {
        try
        {
            string[]? parts = token.Length > MostCharacters ? null : JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(token));
            if (parts is not null && parts.Length == keyCount + 1 && parts[0] == Mark(question))
            {
                return [.. parts.Skip(1).Select(Value)];
            }
        }
        catch (Exception e) when (e is FormatException or JsonException or ArgumentException or OverflowException)
        {
            // Falls through to the refusal.
        }

        throw new DataException("The page token does not belong to this search. Ask for the first page again, with the same filter and order for all pages.");
    }

    private static string Mark(string question) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(question)))[..16];

    private static string Text(object key) => key switch
    {
        string text => $"s{text}",
        double number => string.Create(CultureInfo.InvariantCulture, $"d{number:R}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"i{Convert.ToInt64(key, CultureInfo.InvariantCulture)}"),
    };

    private static object Value(string text) => (text.Length > 0 ? text[0] : ' ') switch
    {
        's' => text[1..],
        'd' => double.Parse(text.AsSpan(1), NumberStyles.Float, CultureInfo.InvariantCulture),
        'i' => long.Parse(text.AsSpan(1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        _ => throw new FormatException("A key of no kind."),
    };
}
