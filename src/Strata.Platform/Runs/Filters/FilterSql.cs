namespace Strata.Platform.Runs.Filters;

/// <summary>Says a filter in SQL.</summary>
internal sealed class FilterSql(Func<FieldName, SqlParameters, FieldSql?> fields, SqlParameters parameters)
{
    /// <exception cref="Learning.Data.DataException">A field is unknown, or a value does not fit it.</exception>
    public string Text(Filter filter) => filter switch
    {
        AllOf all => $"({string.Join(" and ", all.Parts.Select(Text))})",
        AnyOf any => $"({string.Join(" or ", any.Parts.Select(Text))})",
        Not not => $"not coalesce({Text(not.Part)}, false)",
        Comparison comparison => Text(comparison),
        _ => throw new ArgumentException($"There is no filter {filter.GetType().Name}.", nameof(filter)),
    };

    /// <summary>For each condition that must hold and that an index can answer: the ids of what fits it, as <c>id</c>.</summary>
    public IEnumerable<string> Narrowed(Filter filter) => (filter is AllOf all ? all.Parts : [filter])
        .OfType<Comparison>()
        .Where(comparison => comparison.Operator is not ("NULL" or "!=" or "LIKE" or "ILIKE"))
        .Select(comparison => (comparison, field: Find(comparison.Field)))
        .Where(pair => pair.field.Owner is not null)
        .Select(pair => $"select {pair.field.Owner} as id from {pair.field.From} where {pair.field.Own} and {Compared(pair.field, pair.comparison)}");

    public FieldSql Find(FieldName name) => fields(name, parameters) ?? throw FilterProblem.At(name.Position, $"there is no field '{name}'.");

    private string Text(Comparison comparison)
    {
        FieldSql field = Find(comparison.Field);
        if (comparison.Operator == "NULL")
        {
            return field.From is null ? $"{field.Value} is null" : $"not exists (select 1 from {field.From} where {field.Match})";
        }

        string compared = Compared(field, comparison);
        string text = field.From is null ? compared : $"exists (select 1 from {field.From} where {field.Match} and {compared})";
        return field.MissingDiffers && comparison.Operator == "!=" ? $"({text} or not exists (select 1 from {field.From} where {field.Match}))" : text;
    }

    private string Compared(FieldSql field, Comparison comparison) => field.IsNumber ? NumberText(field, comparison) : TextText(field, comparison);

    private string NumberText(FieldSql field, Comparison comparison)
    {
        if (comparison.Operator is "LIKE" or "ILIKE")
        {
            throw FilterProblem.At(comparison.Position, $"'{comparison.Field}' is a number; {comparison.Operator} is for texts.");
        }

        if (comparison.Values.FirstOrDefault(value => value.Number is null) is FilterValue text)
        {
            throw FilterProblem.At(text.Position, $"'{comparison.Field}' is a number; found the text '{text.Text}'.");
        }

        string[] numbers = [.. comparison.Values.Select(value => Add(value.Number!.Value))];
        return comparison.Operator switch
        {
            "IN" => $"{field.Value} in ({string.Join(", ", numbers)})",
            "!=" when field.IsNullable => $"({field.Value} <> {numbers[0]} or {field.Value} is null)",
            "!=" => $"{field.Value} <> {numbers[0]}",
            _ => $"{field.Value} {comparison.Operator} {numbers[0]}",
        };
    }

    private string TextText(FieldSql field, Comparison comparison)
    {
        if (comparison.Values.FirstOrDefault(value => value.Number is not null) is FilterValue number)
        {
            throw FilterProblem.At(number.Position, $"'{comparison.Field}' is a text; found the number {number.Text}. Put it in quotes.");
        }

        if (comparison.Operator is "<" or "<=" or ">" or ">=")
        {
            throw FilterProblem.At(comparison.Position, $"'{comparison.Field}' is a text; {comparison.Operator} is for numbers. Texts take =, !=, LIKE, ILIKE and IN.");
        }

        if (comparison.Operator is "LIKE" or "ILIKE")
        {
            // Case counts in both engines; the letter that takes a pattern's meaning away is one that patterns do not know.
            string pattern = parameters.Add(comparison.Values[0].Text.Replace("~", "~~", StringComparison.Ordinal));
            return comparison.Operator == "LIKE" ? $"{field.Value} like {pattern} escape '~'" : $"lower({field.Value}) like lower({pattern}) escape '~'";
        }

        string[] texts = [.. comparison.Values.Select(value => parameters.Add(value.Text))];
        if (comparison.Operator == "!=")
        {
            return $"{field.Value} <> {texts[0]}";
        }

        string same = $"{field.Value} in ({string.Join(", ", texts)})";
        return field.Start is Func<string, string> start ? $"{start(field.Value)} in ({string.Join(", ", texts.Select(start))}) and {same}" : same;
    }

    /// <summary>A whole number stays one, so that it finds its place in an index of whole numbers.</summary>
    private string Add(double number) => number == Math.Truncate(number) && Math.Abs(number) < 9e15 ? parameters.Add((long)number) : parameters.Add(number);
}
