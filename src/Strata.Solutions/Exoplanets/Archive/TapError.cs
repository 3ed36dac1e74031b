using System.Text;
using System.Xml;

namespace Strata.Solutions.Exoplanets.Archive;

/// <summary>The table access protocol reports errors inside an answer of status 200, as a VOTable document or as plain markup.</summary>
internal static class TapError
{
    /// <summary>The error's text when these first bytes of an answer are no CSV but an error, else null.</summary>
    public static string? In(ReadOnlySpan<byte> start)
    {
        string text = Encoding.UTF8.GetString(start).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith('<'))
        {
            return StatusOf(text) ?? WithoutMarkup(text);
        }

        return text.StartsWith("ERROR", StringComparison.Ordinal) ? WithoutMarkup(text) : null;
    }

    /// <summary>What <c>&lt;INFO name="QUERY_STATUS" value="ERROR"&gt;</c> says, or null.</summary>
    private static string? StatusOf(string document)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        try
        {
            using var reader = XmlReader.Create(new StringReader(document), settings);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "INFO" && reader.GetAttribute("name") == "QUERY_STATUS")
                {
                    string? status = reader.GetAttribute("value");
                    string text = reader.IsEmptyElement ? string.Empty : reader.ReadElementContentAsString().Trim();
                    return status == "ERROR" ? text : null;
                }
            }
        }
        catch (XmlException)
        {
            // Not well formed, or cut: the text between its tags has to do.
        }

        return null;
    }

    private static string WithoutMarkup(string text)
    {
        var plain = new StringBuilder();
        bool inTag = false;
        foreach (char c in text)
        {
            if (c is '<' or '>')
            {
                inTag = c == '<';
                plain.Append(' ');
            }
            else if (!inTag)
            {
                plain.Append(char.IsControl(c) ? ' ' : c);
            }

            if (plain.Length > 1000)
            {
                break;
            }
        }

        return string.Join(' ', plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)).Trim();
    }
}
