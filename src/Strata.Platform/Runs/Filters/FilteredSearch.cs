using System.Data;
using System.Data.Common;
using Dapper;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Runs.Filters;

/// <summary>A page of ids, and the token of the next one where there are more.</summary>
internal sealed record FoundPage(IReadOnlyList<string> Ids, string? NextToken);

/// <summary>
/// Searches one table by a filter, in an order, page by page, with one statement a page: a page begins behind the last row of the one before,
/// so that the thousandth page costs as much as the first.
/// </summary>
internal sealed class FilteredSearch
{
    private const int MostOrders = 20;

    /// <summary>The searched table.</summary>
    public required string Table { get; init; }

    /// <summary>The column by which things are known; it settles every order.</summary>
    public required string Id { get; init; }

    /// <summary>A field by its name; null where there is none.</summary>
    public required Func<FieldName, SqlParameters, FieldSql?> Fields { get; init; }

    /// <summary>The order where none is asked, and what settles ties of one that is: columns without gaps.</summary>
    public required IReadOnlyList<(string Column, bool IsDescending)> Usual { get; init; }

    /// <summary>A page of what fits.</summary>
    /// <param name="connection">Where to look.</param>
    /// <param name="scope">What holds for all that may be found.</param>
    /// <param name="asked">The filter, the order and the page.</param>
    /// <exception cref="DataException">The filter, an order or the token is wrong.</exception>
    public FoundPage Find(IDbConnection connection, Func<SqlParameters, string> scope, SearchRequest asked)
    {
        var parameters = new SqlParameters();
        var filterSql = new FilterSql(Fields, parameters);
        string where = scope(parameters);
        if (FilterParser.Read(asked.Filter) is Filter filter)
        {
            where += $" and {filterSql.Text(filter)}";
        }

        (List<SortKey> keys, string joins) = Order(filterSql, asked.OrderBy);
        string question = $"{Table}\n{asked.Scope}\n{asked.Filter}\n{string.Join('\n', asked.OrderBy)}";
        if (asked.PageToken is { Length: > 0 } token)
        {
            where += $" and {After(keys, PageToken.Read(question, token, keys.Count), parameters)}";
        }

        string order = string.Join(", ", keys.Select(key => key.IsDescending ? $"{key.Sql} desc" : key.Sql));
        string sql = $"select {string.Join(", ", keys.Select(key => key.Sql).Append(Id))} from {Table}{joins} where {where} order by {order} limit {parameters.Add(asked.Count + 1)}";
        var ids = new List<string>();
        object[] last = [];
        string? next = null;
        using DbDataReader rows = (DbDataReader)connection.ExecuteReader(sql, parameters.Values);
        while (rows.Read())
        {
            if (ids.Count == asked.Count)
            {
                next = PageToken.Write(question, last);
                break;
            }

            last = [.. Enumerable.Range(0, keys.Count).Select(rows.GetValue)];
            ids.Add(rows.GetString(keys.Count));
        }

        return new FoundPage(ids, next);
    }

    private (List<SortKey> Keys, string Joins) Order(FilterSql sql, IReadOnlyList<string> orderBy)
    {
        if (orderBy.Count > MostOrders)
        {
            throw new DataException($"There are {orderBy.Count} orders; a search takes at most {MostOrders}.");
        }

        var keys = new List<SortKey>();
        string joins = string.Empty;
        for (int i = 0; i < orderBy.Count; i++)
        {
            (FieldName name, bool isDescending) = FilterParser.ReadOrder(orderBy[i]);
            FieldSql field = sql.Find(name);
            if (!field.CanOrder)
            {
                throw FilterProblem.At(name.Position, $"nothing can be ordered by '{name}'.");
            }

            string value = field.Value;
            if (field.From is not null)
            {
                // The alias of the table is the part of the value before the dot.
                (string alias, string own) = (value[..value.IndexOf('.', StringComparison.Ordinal)], $"o{i}");
                string table = field.From[..field.From.IndexOf(' ', StringComparison.Ordinal)];
                joins += $" left join {table} {own} on {field.Match!.Replace($"{alias}.", $"{own}.", StringComparison.Ordinal)}";
                value = value.Replace($"{alias}.", $"{own}.", StringComparison.Ordinal);
                string there = $"{own}.name is null";
                keys.Add(new SortKey(field.IsNullable ? $"case when {there} then 2 when {value} is null then 1 else 0 end" : $"case when {there} then 1 else 0 end", false));
                value = Filled(value, field.IsNumber);
            }
            else if (field.IsNullable)
            {
                keys.Add(new SortKey($"case when {value} is null then 1 else 0 end", false));
                value = Filled(value, field.IsNumber);
            }

            keys.Add(new SortKey(value, isDescending));
        }

        foreach ((string column, bool isDescending) in Usual.Append((Id, false)))
        {
            if (keys.TrueForAll(key => key.Sql != column))
            {
                keys.Add(new SortKey(column, isDescending));
            }
        }

        // Ids differ: what is asked behind them decides nothing.
        return (keys[..(keys.FindIndex(key => key.Sql == Id) + 1)], joins);
    }

    private static string Filled(string value, bool isNumber) => isNumber ? $"coalesce({value}, 0)" : $"coalesce({value}, '')";

    /// <summary>What comes behind a row in the order: greater in the first key, or the same there and greater in the second, and so on.</summary>
    private static string After(IReadOnlyList<SortKey> keys, IReadOnlyList<object> values, SqlParameters parameters)
    {
        string[] names = [.. values.Select(parameters.Add)];
        var ways = keys.Select((key, i) => string.Join(" and ", keys.Take(i).Select((same, j) => $"{same.Sql} = {names[j]}").Append($"{key.Sql} {(key.IsDescending ? "<" : ">")} {names[i]}")));

        // The first key's bound follows from the rest; said by itself it lets an index begin there.
        return $"{keys[0].Sql} {(keys[0].IsDescending ? "<=" : ">=")} {names[0]} and ({string.Join(" or ", ways.Select(way => $"({way})"))})";
    }

    private sealed record SortKey(string Sql, bool IsDescending);
}
