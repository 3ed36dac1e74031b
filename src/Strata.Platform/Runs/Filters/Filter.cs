namespace Strata.Platform.Runs.Filters;

/// <summary>A condition over the fields of a thing, as it was written.</summary>
internal abstract record Filter;

/// <summary>All parts hold.</summary>
internal sealed record AllOf(IReadOnlyList<Filter> Parts) : Filter;

/// <summary>At least one part holds.</summary>
internal sealed record AnyOf(IReadOnlyList<Filter> Parts) : Filter;

/// <summary>The part does not hold.</summary>
internal sealed record Not(Filter Part) : Filter;

/// <summary>One field beside one or several values.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Operator">In capitals: <c>= != &lt; &lt;= &gt; &gt;= LIKE ILIKE IN NULL</c>.</param>
/// <param name="Values">One value, the list of <c>IN</c>, or none for <c>NULL</c>.</param>
/// <param name="Position">Where it stands, 0-based.</param>
internal sealed record Comparison(FieldName Field, string Operator, IReadOnlyList<FilterValue> Values, int Position) : Filter;

/// <summary>A field as it was written: <c>metrics.loss</c> has the entity <c>metrics</c> and the key <c>loss</c>.</summary>
internal sealed record FieldName(string? Entity, string Key, int Position)
{
    public override string ToString() => Entity is null ? Key : $"{Entity}.{Key}";
}

/// <summary>A number or a text, and where it stands.</summary>
internal sealed record FilterValue(string Text, double? Number, int Position);
