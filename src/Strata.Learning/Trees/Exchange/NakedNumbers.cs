namespace Strata.Learning.Trees.Exchange;

/// <summary>XGBoost writes NaN and infinities as bare words, which is not JSON: NaN (thresholds of category splits) becomes null, infinities the largest float.</summary>
internal static class NakedNumbers
{
    public static ReadOnlyMemory<byte> Quiet(ReadOnlyMemory<byte> json)
    {
        ReadOnlySpan<byte> text = json.Span;
        MemoryStream? quiet = null;
        bool inText = false;
        int copied = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte c = text[i];
            if (inText)
            {
                i += c == '\\' ? 1 : 0;
                inText = c != '"';
                continue;
            }

            inText = c == '"';
            int length = c switch
            {
                (byte)'N' when text[i..].StartsWith("NaN"u8) => 3,
                (byte)'I' when text[i..].StartsWith("Infinity"u8) => 8,
                (byte)'I' when text[i..].StartsWith("Inf"u8) => 3,
                _ => 0,
            };
            if (length > 0)
            {
                quiet ??= new MemoryStream(text.Length + 1024);
                quiet.Write(text[copied..i]);
                quiet.Write(c == 'N' ? "null"u8 : "3.4028235e38"u8);
                copied = i + length;
                i = copied - 1;
            }
        }

        if (quiet is null)
        {
            return json;
        }

        quiet.Write(text[copied..]);
        return quiet.GetBuffer().AsMemory(0, (int)quiet.Length);
    }
}
