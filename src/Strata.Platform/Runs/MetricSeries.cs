using System.Data;
using System.Data.Common;
using Dapper;

namespace Strata.Platform.Runs;

/// <summary>The values of one metric by step, all of them or thinned for a picture; the count is of all that are stored.</summary>
public sealed record MetricSeries(string Name, long Count, IReadOnlyList<MetricPoint> Points)
{
    internal const string Create = """
        create table metric_series (
            sequence integer primary key,
            owner text not null,
            name text not null,
            unique (owner, name));
        create table metric_points (
            series bigint not null,
            step bigint not null,
            value double precision,
            primary key (series, step)) without rowid;
        """;

    /// <summary>Stores points; one of the same name and step takes the earlier one's place, so that storing twice changes nothing.</summary>
    public static void Append(IDbConnection connection, string owner, IEnumerable<MetricPoint> points)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(points);
        var series = new Dictionary<string, long>(StringComparer.Ordinal);
        using var insert = (DbCommand)connection.CreateCommand();
        insert.CommandText = "insert into metric_points (series, step, value) values (@series, @step, @value) on conflict (series, step) do update set value = excluded.value";
        DbParameter[] parameters = [Parameter(insert, "@series"), Parameter(insert, "@step"), Parameter(insert, "@value")];
        foreach (MetricPoint point in points)
        {
            if (!series.TryGetValue(point.Name, out long number))
            {
                series[point.Name] = number = NumberOf(connection, owner, point.Name);
            }

            parameters[0].Value = number;
            parameters[1].Value = point.Step;
            parameters[2].Value = double.IsNaN(point.Value) ? DBNull.Value : point.Value; // SQL has no NaN; an empty value stands for it.
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>Every series of an owner in the order of first sight, each with at most about <paramref name="mostPoints"/> points; the highest and lowest of each stretch stay.</summary>
    public static IReadOnlyList<MetricSeries> Read(IDbConnection connection, string owner, int mostPoints)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostPoints, 4);
        var heads = connection.Query<(long Sequence, string Name)>("select sequence, name from metric_series where owner = @owner order by sequence", new { owner });
        return [.. heads.AsList().Select(head => Read(connection, head.Sequence, head.Name, mostPoints))];
    }

    public static void Delete(IDbConnection connection, string owner)
    {
        connection.Execute("delete from metric_points where series in (select sequence from metric_series where owner = @owner)", new { owner });
        connection.Execute("delete from metric_series where owner = @owner", new { owner });
    }

    private static MetricSeries Read(IDbConnection connection, long series, string name, int mostPoints)
    {
        long count = connection.ExecuteScalar<long>("select count(*) from metric_points where series = @series", new { series });
        var thinning = new Thinning(name, count, mostPoints);
        using var command = (DbCommand)connection.CreateCommand();
        command.CommandText = "select step, value from metric_points where series = @series order by step";
        Parameter(command, "@series").Value = series;
        using DbDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            thinning.Add(rows.GetInt64(0), rows.IsDBNull(1) ? double.NaN : rows.GetDouble(1));
        }

        return new MetricSeries(name, count, thinning.Points());
    }

    private static long NumberOf(IDbConnection connection, string owner, string name)
    {
        connection.Execute("insert into metric_series (owner, name) values (@owner, @name) on conflict (owner, name) do nothing", new { owner, name });
        return connection.ExecuteScalar<long>("select sequence from metric_series where owner = @owner and name = @name", new { owner, name });
    }

    private static DbParameter Parameter(DbCommand command, string name)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }
}
