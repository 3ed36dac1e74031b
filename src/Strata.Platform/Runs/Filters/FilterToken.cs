namespace Strata.Platform.Runs.Filters;

internal enum FilterTokenKind
{
    /// <summary>A bare word: a name, a keyword.</summary>
    Word,

    /// <summary>A name in back quotes.</summary>
    Name,

    /// <summary>Text in single quotes.</summary>
    Text,

    /// <summary>What stands in double quotes: a name where one is expected, else text.</summary>
    Quoted,
    Number,
    Operator,
    Open,
    Close,
    Comma,
    End,
}

/// <summary>One piece of a filter and where it begins.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its content, without quotes.</param>
/// <param name="Position">0-based.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Position)
{
    public bool Is(string keyword) => Kind == FilterTokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Kind == FilterTokenKind.End ? "the end" : $"'{Text}'";
}
