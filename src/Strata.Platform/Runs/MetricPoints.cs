using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Strata.Platform.Runs.Filters;

namespace Strata.Platform.Runs;

/// <summary>The rows of metrics: for each metric of an owner its points, each once, and its last point for searches.</summary>
internal static class MetricPoints
{
    private const int RowsPerInsert = 10;

    /// <summary>Before the name of a result that a series has already.</summary>
    public const string TestPrefix = "test_";

    /// <summary>A point is known by all it says, so the value is part of the key; a series holds its last point, so that searches need no other row.</summary>
    public const string Rework = """
        alter table metric_series add column is_result integer not null default 0;
        alter table metric_series add column last_step bigint not null default 0;
        alter table metric_series add column last_at bigint not null default 0;
        alter table metric_series add column last_bits bigint not null default 0;
        alter table metric_series add column last_value double precision;
        create index metric_series_by_value on metric_series (name, last_value, owner);
        alter table metric_points rename to metric_steps;
        create table metric_points (
            series bigint not null,
            step bigint not null,
            at bigint not null,
            bits bigint not null,
            primary key (series, step, at, bits)) without rowid;
        """;

    /// <summary>Stores points.</summary>
    /// <param name="connection">Inside a transaction.</param>
    /// <param name="owner">The run, or the job without one.</param>
    /// <param name="points">In the order in which they were measured.</param>
    /// <param name="stepsAreKeys">Whether a step has one point, the last that is stored; else points differ unless all they say is the same.</param>
    public static void Store(IDbConnection connection, string owner, IEnumerable<MetricPoint> points, bool stepsAreKeys)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(points);
        MetricPoint[] all = [.. stepsAreKeys ? points.GroupBy(point => (point.Name, point.Step)).Select(same => same.Last()) : points];
        if (all.Length == 0)
        {
            return;
        }

        Dictionary<string, Head> heads = Heads(connection, owner, [.. all.Select(point => point.Name).Distinct(StringComparer.Ordinal)]);
        if (stepsAreKeys)
        {
            // Only a step that is not beyond the last can be there already.
            connection.Execute(
                "delete from metric_points where series = @Sequence and step = @Step",
                all.Where(point => heads[point.Name].Last is { } last && point.Step <= last.Step).Select(point => new { heads[point.Name].Sequence, point.Step }));
        }

        Insert(connection, all, heads);

        foreach (IGrouping<string, MetricPoint> metric in all.GroupBy(point => point.Name))
        {
            Head head = heads[metric.Key];
            Last newest = metric.Select(point => new Last(point.Step, point.Time, OrderedBits.Of(point.Value))).Max();
            if (head.Last is not Last known || (stepsAreKeys ? newest.Step >= known.Step : newest > known))
            {
                SetLast(connection, head.Sequence, newest);
            }
        }
    }

    /// <summary>Files what a run has come to: single values beside its series, under names of their own.</summary>
    public static void StoreResults(IDbConnection connection, string owner, IReadOnlyDictionary<string, double> results, long time)
    {
        HashSet<string> series = connection.Query<string>("select name from metric_series where owner = @owner and is_result = 0", new { owner }).ToHashSet(StringComparer.Ordinal);
        MetricPoint[] points = [.. results.Select(result => new MetricPoint(series.Contains(result.Key) ? $"{TestPrefix}{result.Key}" : result.Key, 0, result.Value, time))];
        Store(connection, owner, points, stepsAreKeys: true);
        connection.Execute("update metric_series set is_result = 1 where owner = @owner and name = @Name", points.Select(point => new { owner, point.Name }));
    }

    /// <summary>The last point of every metric of the owners.</summary>
    public static ILookup<string, LatestMetric> Latest(IDbConnection connection, IReadOnlyCollection<string> owners) => connection
        .Query<(string Owner, string Name, long Step, long At, long Bits, bool IsResult)>(
            "select owner, name, last_step, last_at, last_bits, is_result from metric_series where owner in @owners order by sequence", new { owners })
        .ToLookup(row => row.Owner, row => new LatestMetric(new MetricPoint(row.Name, row.Step, OrderedBits.ToDouble(row.Bits), row.At), row.IsResult));

    /// <summary>Some points of a metric by step, behind those of the page before.</summary>
    public static SearchPage<MetricPoint> History(IDbConnection connection, string owner, string name, int count, string? pageToken)
    {
        string question = $"{owner}\n{name}";
        object[] after = pageToken is { Length: > 0 } ? [.. PageToken.Read(question, pageToken, 3)] : [long.MinValue, 0L, 0L];
        (long Step, long At, long Bits)[] rows = [.. connection.Query<(long, long, long)>(
            """
            select step, at, bits from metric_points where series = (select sequence from metric_series where owner = @owner and name = @name)
                and (step, at, bits) > (@step, @at, @bits) order by step, at, bits limit @most
            """,
            new { owner, name, step = after[0], at = after[1], bits = after[2], most = count + 1L })];
        string? next = rows.Length > count ? PageToken.Write(question, [rows[count - 1].Step, rows[count - 1].At, rows[count - 1].Bits]) : null;
        return new SearchPage<MetricPoint>([.. rows.Take(count).Select(row => new MetricPoint(name, row.Step, OrderedBits.ToDouble(row.Bits), row.At))], next);
    }

    public static void Delete(IDbConnection connection, string owner)
    {
        connection.Execute("delete from metric_points where series in (select sequence from metric_series where owner = @owner)", new { owner });
        connection.Execute("delete from metric_series where owner = @owner", new { owner });
    }

    /// <summary>Takes over the points of the first schema, which knew one point a step and no times.</summary>
    public static void TakeOver(IDbConnection connection)
    {
        long series = -1, step = -1;
        while (true)
        {
            (long Series, long Step, double? Value)[] rows = [.. connection.Query<(long, long, double?)>(
                "select series, step, value from metric_steps where series > @series or (series = @series and step > @step) order by series, step limit 50000", new { series, step })];
            if (rows.Length == 0)
            {
                break;
            }

            connection.Execute(
                "insert into metric_points (series, step, at, bits) values (@Series, @Step, 0, @bits)",
                rows.Select(row => new { row.Series, row.Step, bits = OrderedBits.Of(row.Value ?? double.NaN) }));
            (series, step, _) = rows[^1];
        }

        foreach ((long sequence, long lastStep) in connection.Query<(long, long)>("select series, max(step) from metric_points group by series").AsList())
        {
            long bits = connection.ExecuteScalar<long>("select bits from metric_points where series = @sequence and step = @lastStep", new { sequence, lastStep });
            SetLast(connection, sequence, new Last(lastStep, 0, bits));
        }

        connection.Execute("drop table metric_steps");
    }

    private static Dictionary<string, Head> Heads(IDbConnection connection, string owner, IReadOnlyList<string> names)
    {
        var heads = new Dictionary<string, Head>(StringComparer.Ordinal);
        foreach (string[] some in names.Chunk(RunTable.MostPerStatement))
        {
            foreach ((long sequence, string name, long step, long at, long bits) in connection.Query<(long, string, long, long, long)>(
                "select sequence, name, last_step, last_at, last_bits from metric_series where owner = @owner and name in @some", new { owner, some }))
            {
                heads[name] = new Head(sequence, new Last(step, at, bits));
            }
        }

        foreach (string name in names.Where(name => !heads.ContainsKey(name)))
        {
            heads[name] = new Head(connection.ExecuteScalar<long>("insert into metric_series (owner, name) values (@owner, @name) returning sequence", new { owner, name }), null);
        }

        return heads;
    }

    /// <summary>Some rows a statement, which is prepared once: binding looks for each parameter by its name, so that long statements take longer than they save.</summary>
    private static void Insert(IDbConnection connection, MetricPoint[] points, Dictionary<string, Head> heads)
    {
        int whole = points.Length / RowsPerInsert * RowsPerInsert;
        Insert(connection, points.AsSpan(0, whole), RowsPerInsert, heads);
        Insert(connection, points.AsSpan(whole), points.Length - whole, heads);
    }

    private static void Insert(IDbConnection connection, ReadOnlySpan<MetricPoint> points, int rows, Dictionary<string, Head> heads)
    {
        if (points.Length == 0)
        {
            return;
        }

        using DbCommand insert = InsertOf(connection, rows);
        DbParameterCollection cells = insert.Parameters;
        for (int first = 0; first < points.Length; first += rows)
        {
            for (int i = 0; i < rows; i++)
            {
                MetricPoint point = points[first + i];
                cells[4 * i].Value = heads[point.Name].Sequence;
                cells[4 * i + 1].Value = point.Step;
                cells[4 * i + 2].Value = point.Time;
                cells[4 * i + 3].Value = OrderedBits.Of(point.Value);
            }

            insert.ExecuteNonQuery();
        }
    }

    private static DbCommand InsertOf(IDbConnection connection, int rows)
    {
        var insert = (DbCommand)connection.CreateCommand();
        string[] places = [.. Enumerable.Range(0, rows).Select(row => string.Create(CultureInfo.InvariantCulture, $"(@s{row}, @n{row}, @t{row}, @b{row})"))];
        insert.CommandText = $"insert into metric_points (series, step, at, bits) values {string.Join(", ", places)} on conflict do nothing";
        for (int cell = 0; cell < 4 * rows; cell++)
        {
            DbParameter parameter = insert.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@{"sntb"[cell % 4]}{cell / 4}");
            parameter.DbType = DbType.Int64;
            insert.Parameters.Add(parameter);
        }

        insert.Prepare();
        return insert;
    }

    private static void SetLast(IDbConnection connection, long sequence, Last last)
    {
        double value = OrderedBits.ToDouble(last.Bits);
        connection.Execute(
            "update metric_series set last_step = @Step, last_at = @At, last_bits = @Bits, last_value = @value where sequence = @sequence",
            new { sequence, last.Step, last.At, last.Bits, value = double.IsNaN(value) ? (double?)null : value });
    }

    /// <summary>A metric of an owner; without a last point while it has none.</summary>
    private sealed record Head(long Sequence, Last? Last);

    private readonly record struct Last(long Step, long At, long Bits) : IComparable<Last>
    {
        public static bool operator >(Last left, Last right) => left.CompareTo(right) > 0;

        public static bool operator <(Last left, Last right) => left.CompareTo(right) < 0;

        public int CompareTo(Last other) => (Step, At, Bits).CompareTo((other.Step, other.At, other.Bits));
    }
}
