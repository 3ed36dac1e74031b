namespace Strata.Learning.Data;

/// <summary>
/// Keeps spreadsheet programs from running text as a formula: a <c>'</c> goes before what begins with <c>= + - @</c>, a tab or a carriage return and is no number
/// (OWASP ASVS 1.2.10), and before what would be taken for a text so guarded. Reading takes it away again.
/// </summary>
public static class SpreadsheetText
{
    private const string Formula = "=+-@\t\r";

    public static string Guard(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsFormula(text.AsSpan().TrimStart('\'')) && !NumberText.TryParse(text, out _) ? "'" + text : text;
    }

    public static string Unguard(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsGuarded(text) ? text[1..] : text;
    }

    public static bool IsGuarded(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith('\'') && IsFormula(text.AsSpan().TrimStart('\''));
    }

    private static bool IsFormula(ReadOnlySpan<char> text) => text.Length > 0 && Formula.Contains(text[0], StringComparison.Ordinal);
}
