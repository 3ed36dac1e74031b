using System.Text.Json.Nodes;
using Strata.Learning.Data;

namespace Strata.Learning.Catalog;

/// <summary>A preparation step that a plan asks for.</summary>
/// <param name="Step">Its name in the table of steps.</param>
public sealed record StepPlan(string Step)
{
    /// <summary>Values in place of the step's defaults.</summary>
    public IReadOnlyDictionary<string, JsonNode?> Settings { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>
    /// Reads <c>step</c> or <c>step:name=value,name=value</c>. Commas within parentheses or brackets belong to the value, as in
    /// <c>derive:column=low,formula=min(a,[b, c])</c>.
    /// </summary>
    /// <exception cref="DataException">A setting has no name or no value.</exception>
    public static StepPlan Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return new StepPlan(text.Trim());
        }

        var settings = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (string pair in Pairs(text[(colon + 1)..]))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !settings.TryAdd(pair[..equals].Trim(), JsonValue.Create(pair[(equals + 1)..].Trim())))
            {
                throw new DataException($"'{text}': '{pair}' is {(equals <= 0 ? "no setting" : "given twice")}; a step is STEP or STEP:NAME=VALUE,NAME=VALUE.");
            }
        }

        return new StepPlan(text[..colon].Trim()) { Settings = settings };
    }

    private static IEnumerable<string> Pairs(string text)
    {
        int start = 0, depth = 0;
        for (int at = 0; at < text.Length; at++)
        {
            depth += text[at] is '(' or '[' ? 1 : text[at] is ')' or ']' ? -1 : 0;
            if (text[at] == ',' && depth <= 0)
            {
                yield return text[start..at];
                start = at + 1;
            }
        }

        if (start < text.Length)
        {
            yield return text[start..];
        }
    }
}
