using Strata.Learning.Data;

namespace Strata.Platform.Runs;

/// <summary>What names and values that somebody logs may be. Problems are gathered, so that all are told at once.</summary>
internal static class LoggedText
{
    public const int MostKey = 250;
    public const int MostParameter = 6000;
    public const int MostTag = 8000;
    public const int MostRegistryTag = 100_000;
    public const int MostName = 500;

    /// <summary>A key of a metric, parameter or tag: a path of letters, digits and <c>_ - . : space</c> that is written plainly.</summary>
    public static void CheckKey(string? key, string what, List<string> problems)
    {
        if (key is null || key.Length is 0 or > MostKey)
        {
            problems.Add($"{what} has a name of {key?.Length ?? 0} characters; expected 1 to {MostKey}.");
        }
        else if (key.Any(letter => !(char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.' or ' ' or '/' or ':')))
        {
            problems.Add($"{what} is named '{key}'; names take letters, digits, and _ - . / : and spaces.");
        }
        else if (key.Split('/').Any(part => part is "" or "." or ".."))
        {
            problems.Add($"{what} is named '{key}'; a name may be a path, but without empty parts, '.' and '..'.");
        }
    }

    public static void CheckValue(string value, int most, string what, List<string> problems)
    {
        if (value.Length > most)
        {
            problems.Add($"{what} has {value.Length} characters; at most {most} are kept.");
        }

        if (value.Contains('\0', StringComparison.Ordinal))
        {
            problems.Add($"{what} contains a null character.");
        }
    }

    /// <summary>The name of an experiment, run or registered model: any text that is not blank.</summary>
    public static void CheckName(string? name, string what, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            problems.Add($"{what} has no name.");
        }
        else
        {
            CheckValue(name, MostName, $"The name of {what}", problems);
            if (name.Any(char.IsControl))
            {
                problems.Add($"The name of {what} contains a control character.");
            }
        }
    }

    public static void CheckTags(IReadOnlyDictionary<string, string> tags, int most, List<string> problems)
    {
        foreach ((string key, string value) in tags)
        {
            CheckKey(key, "A tag", problems);
            CheckValue(value, most, $"Tag '{key}'", problems);
        }
    }

    /// <exception cref="DataException">There is a problem.</exception>
    public static void Throw(Action<List<string>> check)
    {
        var problems = new List<string>();
        check(problems);
        DataException.ThrowIfAny(problems);
    }
}
