namespace Strata.Platform.Storage;

/// <summary>Texts compared with a pattern in which % stands for any letters and _ for one, in words that mean the same to both databases.</summary>
internal static class TextPattern
{
    /// <summary>The condition.</summary>
    public static string Sql(string column, string parameter, bool ignoreCase) => ignoreCase
        ? $"lower({column}) like lower({parameter}) escape '~'"
        : $"{column} like {parameter} escape '~'";

    /// <summary>The pattern as the condition's parameter takes it.</summary>
    public static string Value(string pattern) => pattern.Replace("~", "~~", StringComparison.Ordinal);
}
