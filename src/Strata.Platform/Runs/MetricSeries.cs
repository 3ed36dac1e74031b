using System.Data;
using System.Data.Common;
using Dapper;

namespace Strata.Platform.Runs;

/// <summary>The values of one metric by step, all of them or thinned for a picture; the count is of all that are stored.</summary>
public sealed record MetricSeries(string Name, long Count, IReadOnlyList<MetricPoint> Points)
{
    /// <summary>The most points of all series of an owner together: what a page can take.</summary>
    public const int MostPointsOfAll = 200_000;

    private const int FewestPoints = 16;

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

    /// <summary>Every series of an owner in the order of first sight, each with at most about <paramref name="mostPoints"/> points, and fewer where there are very many series; the highest and lowest of each stretch stay.</summary>
    /// <remarks>Results are no series of a training; <see cref="MetricPoints.Latest"/> has them.</remarks>
    public static IReadOnlyList<MetricSeries> Read(IDbConnection connection, string owner, int mostPoints)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostPoints, 4);
        var heads = connection.Query<(long Sequence, string Name)>("select sequence, name from metric_series where owner = @owner and is_result = 0 order by sequence", new { owner });
        (long Sequence, string Name)[] all = [.. heads];
        int most = Math.Min(mostPoints, Math.Max(FewestPoints, MostPointsOfAll / Math.Max(1, all.Length)));
        return [.. all.Select(head => Read(connection, head.Sequence, head.Name, most))];
    }

    /// <summary>Stores points of a training; one of the same name and step takes the earlier one's place, so that storing twice changes nothing.</summary>
    public static void Append(IDbConnection connection, string owner, IEnumerable<MetricPoint> points) => MetricPoints.Store(connection, owner, points, stepsAreKeys: true);

    private static MetricSeries Read(IDbConnection connection, long series, string name, int mostPoints)
    {
        long count = connection.ExecuteScalar<long>("select count(*) from metric_points where series = @series", new { series });
        var thinning = new Thinning(count, mostPoints);
        using var rows = (DbDataReader)connection.ExecuteReader("select step, at, bits from metric_points where series = @series order by step, at, bits", new { series });
        while (rows.Read())
        {
            thinning.Add(new MetricPoint(name, rows.GetInt64(0), OrderedBits.ToDouble(rows.GetInt64(2)), rows.GetInt64(1)));
        }

        return new MetricSeries(name, count, thinning.Points());
    }
}
