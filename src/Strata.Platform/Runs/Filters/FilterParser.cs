using System.Globalization;

namespace Strata.Platform.Runs.Filters;

/// <summary>
/// Reads filters and orders. The grammar is that of MLflow (comparisons joined by AND), and beyond it OR, NOT, parentheses and IS [NOT] NULL.
/// </summary>
internal sealed class FilterParser
{
    private const int MostDepth = 32;
    private const int MostComparisons = 200;
    private const int MostListed = 5000;

    private readonly IReadOnlyList<FilterToken> tokens;
    private int at;
    private int depth;
    private int comparisons;

    private FilterParser(string text) => tokens = FilterLexer.Read(text);

    private FilterToken Current => tokens[at];

    /// <summary>The filter, or null where nothing is asked.</summary>
    public static Filter? Read(string? text)
    {
        var parser = new FilterParser(text ?? string.Empty);
        if (parser.Current.Kind == FilterTokenKind.End)
        {
            return null;
        }

        Filter filter = parser.Any();
        return parser.Current.Kind == FilterTokenKind.End ? filter : throw FilterProblem.At(parser.Current.Position, $"expected AND, OR or the end, found {parser.Current}.");
    }

    /// <summary>One term of an order: a field, then ASC (which is usual) or DESC.</summary>
    public static (FieldName Field, bool IsDescending) ReadOrder(string text)
    {
        var parser = new FilterParser(text);
        FieldName field = parser.Field();
        bool isDescending = parser.TryTake("DESC");
        if (!isDescending)
        {
            parser.TryTake("ASC");
        }

        return parser.Current.Kind == FilterTokenKind.End ? (field, isDescending) : throw FilterProblem.At(parser.Current.Position, $"an order is a field, then ASC or DESC; found {parser.Current}.");
    }

    private Filter Any() => Joined("OR", All, parts => new AnyOf(parts));

    private Filter All() => Joined("AND", One, parts => new AllOf(parts));

    private Filter Joined(string keyword, Func<Filter> part, Func<IReadOnlyList<Filter>, Filter> join)
    {
        var parts = new List<Filter> { part() };
        while (TryTake(keyword))
        {
            parts.Add(part());
        }

        return parts.Count == 1 ? parts[0] : join(parts);
    }

    private Filter One()
    {
        if (++depth > MostDepth)
        {
            throw FilterProblem.At(Current.Position, $"it is nested more than {MostDepth} deep.");
        }

        Filter filter;
        if (TryTake("NOT"))
        {
            filter = new Not(One());
        }
        else if (Current.Kind == FilterTokenKind.Open)
        {
            at++;
            filter = Any();
            Take(FilterTokenKind.Close, "')'");
        }
        else
        {
            filter = Compared();
        }

        depth--;
        return filter;
    }

    private Filter Compared()
    {
        int position = Current.Position;
        if (++comparisons > MostComparisons)
        {
            throw FilterProblem.At(position, $"there are more than {MostComparisons} comparisons.");
        }

        FieldName field = Field();
        if (TryTake("IS"))
        {
            bool isNegated = TryTake("NOT");
            return TryTake("NULL") ? Maybe(new Comparison(field, "NULL", [], position), isNegated) : throw FilterProblem.At(Current.Position, $"expected NULL or NOT NULL after IS, found {Current}.");
        }

        if (TryTake("NOT"))
        {
            return TryTake("IN") ? new Not(new Comparison(field, "IN", List(), position)) : throw FilterProblem.At(Current.Position, $"expected IN after NOT, found {Current}.");
        }

        if (TryTake("IN"))
        {
            return new Comparison(field, "IN", List(), position);
        }

        foreach (string word in (string[])["LIKE", "ILIKE"])
        {
            if (TryTake(word))
            {
                return new Comparison(field, word, [Value()], position);
            }
        }

        FilterToken sign = Take(FilterTokenKind.Operator, "an operator (=, !=, <, <=, >, >=, LIKE, ILIKE, IN, IS NULL)");
        return new Comparison(field, sign.Text, [Value()], position);
    }

    private static Filter Maybe(Filter filter, bool isNegated) => isNegated ? new Not(filter) : filter;

    /// <summary>The first dot parts entity and key; a key with other characters than those of words stands in quotes.</summary>
    private FieldName Field()
    {
        FilterToken first = Current;
        at++;
        switch (first.Kind)
        {
            case FilterTokenKind.Name or FilterTokenKind.Quoted:
                return new FieldName(null, first.Text, first.Position);
            case FilterTokenKind.Word:
                int dot = first.Text.IndexOf('.', StringComparison.Ordinal);
                if (dot < 0)
                {
                    return new FieldName(null, first.Text, first.Position);
                }

                string entity = first.Text[..dot], key = first.Text[(dot + 1)..];
                if (key.Length == 0 && Current.Kind is FilterTokenKind.Name or FilterTokenKind.Quoted && Current.Position == first.Position + first.Text.Length)
                {
                    key = Current.Text;
                    at++;
                }

                return entity.Length > 0 && key.Length > 0
                    ? new FieldName(entity, key, first.Position)
                    : throw FilterProblem.At(first.Position, $"{first} is not a field; expected one such as metrics.loss or params.\"learning rate\".");
            default:
                throw FilterProblem.At(first.Position, $"expected a field such as metrics.loss, found {first}.");
        }
    }

    private List<FilterValue> List()
    {
        Take(FilterTokenKind.Open, "'(' after IN");
        var values = new List<FilterValue>();
        do
        {
            if (values.Count == MostListed)
            {
                throw FilterProblem.At(Current.Position, $"a list has at most {MostListed} values.");
            }

            values.Add(Value());
        }
        while (TryTakeComma());
        Take(FilterTokenKind.Close, "',' or ')'");
        return values;
    }

    private FilterValue Value()
    {
        FilterToken token = Current;
        at++;
        return token.Kind switch
        {
            FilterTokenKind.Text or FilterTokenKind.Quoted => new FilterValue(token.Text, null, token.Position),
            FilterTokenKind.Number when double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => new FilterValue(token.Text, number, token.Position),
            _ => throw FilterProblem.At(token.Position, $"expected a number or a text in quotes, found {token}."),
        };
    }

    private bool TryTakeComma()
    {
        bool isComma = Current.Kind == FilterTokenKind.Comma;
        at += isComma ? 1 : 0;
        return isComma;
    }

    private bool TryTake(string keyword)
    {
        bool isThere = Current.Is(keyword);
        at += isThere ? 1 : 0;
        return isThere;
    }

    private FilterToken Take(FilterTokenKind kind, string what)
    {
        FilterToken token = Current;
        if (token.Kind != kind)
        {
            throw FilterProblem.At(token.Position, $"expected {what}, found {token}.");
        }

        at++;
        return token;
    }
}
