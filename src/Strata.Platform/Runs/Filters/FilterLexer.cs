using System.Text;

namespace Strata.Platform.Runs.Filters;

/// <summary>Cuts a filter into its pieces.</summary>
internal static class FilterLexer
{
    /// <summary>The longest filter or order in characters.</summary>
    public const int MostCharacters = 200_000;

    public static IReadOnlyList<FilterToken> Read(string text)
    {
        if (text.Length > MostCharacters)
        {
            throw FilterProblem.At(MostCharacters, $"a filter has at most {MostCharacters} characters, this one {text.Length}.");
        }

        var tokens = new List<FilterToken>();
        int at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new FilterToken(FilterTokenKind.End, string.Empty, at));
                return tokens;
            }

            tokens.Add(Next(text, ref at));
        }
    }

    private static FilterToken Next(string text, ref int at)
    {
        int start = at;
        char first = text[at];
        switch (first)
        {
            case '(' or ')' or ',':
                at++;
                return new FilterToken(first == '(' ? FilterTokenKind.Open : first == ')' ? FilterTokenKind.Close : FilterTokenKind.Comma, first.ToString(), start);
            case '\'' or '"' or '`':
                FilterTokenKind kind = first == '\'' ? FilterTokenKind.Text : first == '"' ? FilterTokenKind.Quoted : FilterTokenKind.Name;
                return new FilterToken(kind, Quoted(text, ref at), start);
            case '=' or '!' or '<' or '>':
                return new FilterToken(FilterTokenKind.Operator, Operator(text, ref at), start);
            default:
                return char.IsAsciiDigit(first) || (first is '-' or '+' or '.' && at + 1 < text.Length && (char.IsAsciiDigit(text[at + 1]) || text[at + 1] == '.'))
                    ? new FilterToken(FilterTokenKind.Number, Take(text, ref at, letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '+' or '_'), start)
                    : IsWord(first)
                        ? new FilterToken(FilterTokenKind.Word, Take(text, ref at, IsWord), start)
                        : throw FilterProblem.At(start, $"'{first}' is not expected here.");
        }
    }

    private static bool IsWord(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '.' or '/' or ':' or '-' or '@' or '$';

    private static string Take(string text, ref int at, Func<char, bool> belongs)
    {
        int start = at;
        while (at < text.Length && belongs(text[at]))
        {
            at++;
        }

        return text[start..at];
    }

    private static string Operator(string text, ref int at)
    {
        int start = at;
        string taken = text[at..Math.Min(at + 2, text.Length)] switch
        {
            ">=" => ">=",
            "<=" => "<=",
            "!=" => "!=",
            "<>" => "!=",
            "==" => "==",
            _ => text[at].ToString(),
        };
        at += taken.Length;
        return taken switch
        {
            "==" => "=",
            "!" => throw FilterProblem.At(start, "'!' stands alone; expected '!='."),
            _ => taken,
        };
    }

    /// <summary>What is between quotes; a quote written twice stands for one.</summary>
    private static string Quoted(string text, ref int at)
    {
        int start = at;
        char quote = text[at++];
        var content = new StringBuilder();
        while (at < text.Length)
        {
            char letter = text[at++];
            if (letter != quote)
            {
                content.Append(letter);
            }
            else if (at < text.Length && text[at] == quote)
            {
                content.Append(quote);
                at++;
            }
            else
            {
                return content.ToString();
            }
        }

        throw FilterProblem.At(start, $"the quote {quote} is never closed.");
    }
}
