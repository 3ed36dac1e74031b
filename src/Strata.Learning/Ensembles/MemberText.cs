using System.Text.Json.Nodes;
using Strata.Learning.Data;

namespace Strata.Learning.Ensembles;

/// <summary>An algorithm and its settings as text: <c>gradient_boosting(trees=200, learning_rate=0.05)</c>, and lists of these with commas between. A value with commas
/// stands in square brackets: <c>voting(members=[ridge, lasso])</c>.</summary>
internal sealed record MemberText(string Algorithm, IReadOnlyDictionary<string, JsonNode?> Hyperparameters)
{
    /// <summary>The text that reads back to the same.</summary>
    public override string ToString() => Hyperparameters.Count == 0 ? Algorithm : $"{Algorithm}({string.Join(", ", Hyperparameters.Select(pair => $"{pair.Key}={Bracketed(pair.Value?.ToString() ?? string.Empty)}"))})";

    /// <exception cref="DataException">Brackets do not close, a name is empty, or a setting has no value; all problems at once.</exception>
    public static IReadOnlyList<MemberText> ReadList(string text)
    {
        var problems = new List<string>();
        MemberText[] members = [.. Parts(text, problems).Select(part => Read(part, problems))];
        DataException.ThrowIfAny(problems);
        return members;
    }

    private static MemberText Read(string text, List<string> problems)
    {
        int open = text.IndexOf('(', StringComparison.Ordinal);
        var settings = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        if (open < 0)
        {
            return new MemberText(text, settings);
        }

        if (!text.EndsWith(')') || open == 0)
        {
            problems.Add($"Member '{text}' is not understood; it takes an algorithm's name, or name(setting=value, ...).");
            return new MemberText(text, settings);
        }

        foreach (string setting in Parts(text[(open + 1)..^1], problems))
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !settings.TryAdd(setting[..equals].Trim(), JsonValue.Create(Bare(setting[(equals + 1)..].Trim()))))
            {
                problems.Add($"Setting '{setting}' of member '{text[..open].Trim()}' is not understood; it takes name=value, each name once.");
            }
        }

        return new MemberText(text[..open].Trim(), settings);
    }

    private static string Bare(string value) => value.StartsWith('[') && value.EndsWith(']') ? value[1..^1].Trim() : value;

    private static string Bracketed(string value) => value.Contains(',') ? $"[{value}]" : value;

    /// <summary>The parts between commas that stand in no brackets.</summary>
    private static IEnumerable<string> Parts(string text, List<string> problems)
    {
        int depth = 0, start = 0;
        var parts = new List<string>();
        for (int at = 0; at <= text.Length; at++)
        {
            char mark = at < text.Length ? text[at] : ',';
            depth += mark is '(' or '[' ? 1 : mark is ')' or ']' ? -1 : 0;
            if (depth < 0 || (at == text.Length && depth > 0))
            {
                problems.Add($"The brackets in '{text}' do not close.");
                return [];
            }

            if (mark == ',' && depth == 0)
            {
                parts.Add(text[start..at].Trim());
                start = at + 1;
            }
        }

        if (parts.Exists(part => part.Length == 0) && text.Trim().Length > 0)
        {
            problems.Add($"'{text}' has an empty place between commas.");
        }

        return parts.Where(part => part.Length > 0);
    }
}
