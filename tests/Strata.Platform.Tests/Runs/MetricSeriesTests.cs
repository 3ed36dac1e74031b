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

    private Task AppendAsync(IEnumerable<MetricPoint> points) => store.Database.WriteAsync(connection => MetricSeries.Append(connection, "run", points));

    private IReadOnlyList<MetricSeries> Read(int mostPoints) => store.Database.Read(connection => MetricSeries.Read(connection, "run", mostPoints));
}
