using System.Text.Json;

namespace Strata.Learning.Data.Reading;

/// <summary>
/// Reads JSON objects, one after another (JSON lines) or in an array, as rows. The columns are all names that occur, in the order of their first occurrence.
/// The objects are rewritten as delimited text and read as such, so that types follow the same rules whatever the file; lists of numbers become arrays, other nested values are kept as JSON text.
/// </summary>
internal static class JsonTable
{
    /// <summary>One array may take so much; the whole file is in memory anyway.</summary>
    private const int MostArrayBytes = 64 << 20;

    private static readonly string[] Endings = [".json", ".jsonl", ".ndjson"];

    /// <summary>Whether the text begins as JSON objects do.</summary>
    public static bool Recognizes(TableBytes bytes, string? fileName)
    {
        ReadOnlySpan<byte> head = WithoutMark(bytes.Head(1 << 16)).TrimStart(" \t\r\n"u8);
        bool named = Endings.Any(ending => fileName?.EndsWith(ending, StringComparison.OrdinalIgnoreCase) == true);
        if (head.StartsWith("["u8))
        {
            head = head[1..].TrimStart(" \t\r\n"u8);
            return named || head.StartsWith("{"u8);
        }

        if (!head.StartsWith("{"u8))
        {
            return named && !head.IsEmpty;
        }

        head = head[1..].TrimStart(" \t\r\n"u8);
        return named || head.StartsWith("\""u8) || head.StartsWith("}"u8);
    }

    public static unsafe TableReading Read(TableBytes bytes, TableReadOptions options, List<string> notes, CancellationToken cancellation)
    {
        if (bytes.Length > Array.MaxLength)
        {
            throw new DataException($"The JSON file has {bytes.Length} bytes; at most {Array.MaxLength} are read. Split it, or use CSV.");
        }

        ReadOnlySpan<byte> json = WithoutMark(new ReadOnlySpan<byte>(bytes.Start, (int)bytes.Length));
        nint invalid = Utf8Check.FirstInvalid(bytes.Start, bytes.Start + bytes.Length);
        if (invalid != 0)
        {
            throw new InvalidUtf8Exception(1 + new ReadOnlySpan<byte>(bytes.Start, (int)((byte*)invalid - bytes.Start)).Count((byte)'\n'));
        }

        using var spool = new Spool(long.MaxValue);
        var rewriter = new JsonRewriter(options, cancellation);
        bool isArray;
        try
        {
            isArray = rewriter.Rewrite(json, spool);
        }
        catch (JsonException e)
        {
            throw new DataException($"The JSON is broken on line {e.LineNumber + 1}: {e.Message.Split(" LineNumber:")[0]}", e);
        }

        using TableBytes text = spool.ToBytes();
        TableReading reading = DelimitedTable.Read(text, fileName: null, options with { HasHeader = true, WideSeries = false, MaxFieldBytes = Math.Max(options.MaxFieldBytes, MostArrayBytes) }, notes, Dialect.Plain, cancellation);
        string[] nested = [.. rewriter.NestedNames.Where(name => reading.Frame.TryGet(name.Trim()) is not ArrayColumn)];
        if (nested.Length > 0)
        {
            notes.Add($"{nested.Length} column{(nested.Length == 1 ? " holds" : "s hold")} nested values, kept as JSON text: {NearNames.List(nested, 5)}.");
        }

        return reading with { Format = reading.Format with { Kind = isArray ? TableKind.JsonArray : TableKind.JsonLines, Delimiter = null } };
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8) ? text[3..] : text;
}
