using Dapper;
using Shouldly;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Xunit;

namespace Strata.Platform.Tests.Runs;

public class MetricSeriesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DataStore store;

    public MetricSeriesTests()
        : this(null)
    {
    }

    protected MetricSeriesTests(string? database) => store = DataStore.Open(folder.Root, StrataPlatform.Schema, TimeProvider.System, database);

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Storing_twice_changes_nothing_and_a_later_value_of_a_step_counts()
    {
        MetricPoint[] points = [new("loss", 0, 3), new("loss", 1, double.NaN), new("accuracy", 0, 0.5)];
        await AppendAsync(points);
        await AppendAsync(points);
        await AppendAsync([new("accuracy", 0, 0.75)]);
        IReadOnlyList<MetricSeries> series = Read(1000);
        series.Select(one => (one.Name, one.Count)).ShouldBe([("loss", 2), ("accuracy", 1)]);
        series[0].Points.ShouldBe([points[0], points[1]]);
        series[1].Points.ShouldBe([new("accuracy", 0, 0.75)]);
    }

    [Fact]
    public async Task A_long_series_is_thinned_but_keeps_its_ends_peaks_and_pits()
    {
        await AppendAsync(Enumerable.Range(0, 100_000).Select(step => new MetricPoint("loss", step, step == 77_777 ? 1e9 : step == 33_333 ? -1e9 : Math.Sin(step / 1000.0))));
        MetricSeries thin = Read(500).ShouldHaveSingleItem();
        thin.Count.ShouldBe(100_000);
        thin.Points.Count.ShouldBeInRange(400, 510);
        thin.Points.Select(point => point.Step).ShouldBeInOrder(SortDirection.Ascending);
        thin.Points.Max(point => point.Value).ShouldBe(1e9);
        thin.Points.Min(point => point.Value).ShouldBe(-1e9);
        Read(100_000)[0].Points.Count.ShouldBe(100_000);
    }

    [Fact]
    public async Task A_million_points_are_answered_with_a_thousand()
    {
        await AppendAsync([new MetricPoint("loss", 0, 1)]);
        await store.Database.WriteAsync(connection => connection.Execute(
            "with recursive steps(step) as (select 1 union all select step + 1 from steps where step < 999999) insert into metric_points (series, step, at, bits) select (select max(sequence) from metric_series), step, 0, step % 1000 from steps"));
        MetricSeries thin = Read(1000).ShouldHaveSingleItem();
        (thin.Count, thin.Points[0].Step).ShouldBe((1_000_000, 0));
        thin.Points.Count.ShouldBeInRange(900, 1000);
    }

    [Fact]
    public async Task Very_many_series_have_fewer_points_each()
    {
        await AppendAsync(Enumerable.Range(0, 4000).SelectMany(series => Enumerable.Range(0, 60).Select(step => new MetricPoint($"metric {series}", step, step % 7))));
        Read(1000).Sum(series => series.Points.Count).ShouldBeInRange(150_000, MetricSeries.MostPointsOfAll);
    }

    private Task AppendAsync(IEnumerable<MetricPoint> points) => store.Database.WriteAsync(connection => MetricSeries.Append(connection, "run", points));

    private IReadOnlyList<MetricSeries> Read(int mostPoints) => store.Database.Read(connection => MetricSeries.Read(connection, "run", mostPoints));
}
