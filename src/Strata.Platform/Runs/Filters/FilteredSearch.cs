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

    /// <summary>Where at most so many fit a condition, the search begins with them and sorts; where more do, going through all in order soon finds a page.</summary>
    private const int MostToBeginWith = 2000;

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
        string from = Table;
        Filter? filter = FilterParser.Read(asked.Filter);
        if (filter is not null)
        {
            where += $" and {filterSql.Text(filter)}";
        }

        Ordering ordering = Order(filterSql, asked.OrderBy);
        string question = $"{Table}\n{asked.Scope}\n{asked.Filter}\n{string.Join('\n', asked.OrderBy)}";
        IReadOnlyList<object>? after = asked.PageToken is { Length: > 0 } token ? PageToken.Read(question, token, ordering.Keys.Count) : null;
        if (filter is not null && filterSql.Narrowed(filter).FirstOrDefault(few => IsFew(connection, few, parameters)) is string narrowed)
        {
            (from, where) = ($"({narrowed}) as narrowed cross join {Table}", $"{where} and {Id} = narrowed.id");
        }
        else if (ordering.ByIndex is Ordering byIndex && after is not [not 0L, ..]
            && Read(connection, byIndex, byIndex.From, $"{where} and {byIndex.Where}", after, asked.Count, question, parameters) is { NextToken: not null } page)
        {
            return page;
        }

        return Read(connection, ordering, from, where, after, asked.Count, question, parameters);
    }

    private static bool IsFew(IDbConnection connection, string ids, SqlParameters parameters) =>
        connection.ExecuteScalar<long>($"select count(*) from (select 1 from ({ids}) as fitting limit {MostToBeginWith + 1}) as counted", parameters.Values) <= MostToBeginWith;

    private FoundPage Read(IDbConnection connection, Ordering ordering, string from, string where, IReadOnlyList<object>? after, int count, string question, SqlParameters parameters)
    {
        IReadOnlyList<SortKey> keys = ordering.Keys;
        where = after is null ? where : $"{where} and {After(keys, after, parameters)}";
        string order = string.Join(", ", keys.Where(key => key.Sql != SortKey.Known.Sql).Select(key => key.IsDescending ? $"{key.Sql} desc" : key.Sql));
        string sql = $"select {string.Join(", ", keys.Select(key => key.Sql).Append(Id))} from {from}{ordering.Joins} where {where} order by {order} limit {parameters.Add(count + 1)}";
        var ids = new List<string>();
        object[] last = [];
        string? next = null;
        using DbDataReader rows = (DbDataReader)connection.ExecuteReader(sql, parameters.Values);
        while (rows.Read())
        {
            if (ids.Count == count)
            {
                next = PageToken.Write(question, last);
                break;
            }

            last = [.. Enumerable.Range(0, keys.Count).Select(rows.GetValue)];
            ids.Add(rows.GetString(keys.Count));
        }

        return new FoundPage(ids, next);
    }

    private Ordering Order(FilterSql sql, IReadOnlyList<string> orderBy)
    {
        if (orderBy.Count > MostOrders)
        {
            throw new DataException($"There are {orderBy.Count} orders; a search takes at most {MostOrders}.");
        }

        var keys = new List<SortKey>();
        string joins = string.Empty;
        (string From, string Where, string Value, string Join)? first = null;
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
                string match = field.Match!.Replace($"{alias}.", $"{own}.", StringComparison.Ordinal), join = $" left join {table} {own} on {match}";
                joins += join;
                value = value.Replace($"{alias}.", $"{own}.", StringComparison.Ordinal);
                if (i == 0 && field is { Owner: not null, IsNumber: true })
                {
                    first = ($"{table} {own} cross join {Table}", $"{match} and {value} is not null", value, join);
                }

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
        keys = keys[..(keys.FindIndex(key => key.Sql == Id) + 1)];
        return new Ordering(keys, joins)
        {
            ByIndex = first is var (from, where, indexed, joined) ? new Ordering([SortKey.Known, keys[1] with { Sql = indexed }, .. keys[2..]], joins[joined.Length..]) { From = from, Where = where } : null,
        };
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

    private sealed record SortKey(string Sql, bool IsDescending)
    {
        /// <summary>What is the same for all that are found.</summary>
        public static SortKey Known { get; } = new("0", false);
    }

    /// <summary>The keys of an order, and the tables that they are taken from beside the searched one.</summary>
    private sealed record Ordering(IReadOnlyList<SortKey> Keys, string Joins)
    {
        /// <summary>Where the first key is a number that an index keeps in order: those that have it, by that index. A page of them that is full is the page.</summary>
        public Ordering? ByIndex { get; init; }

        public string From { get; init; } = string.Empty;

        public string Where { get; init; } = string.Empty;
    }
}
