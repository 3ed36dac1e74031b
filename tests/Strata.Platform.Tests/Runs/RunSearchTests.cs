using Shouldly;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Xunit;

namespace Strata.Platform.Tests.Runs;

/// <summary>Searches are carried out in several ways, by how many runs fit; whichever is taken finds what a plain look at every run finds.</summary>
public class RunSearchTests : IAsyncLifetime
{
    private const int Count = 2700;

    private readonly TemporaryFolder folder = new();
    private readonly DataStore store;
    private readonly Known[] all = [.. Enumerable.Range(0, Count).Select(i => new Known(i))];

    public RunSearchTests()
        : this(null)
    {
    }

    protected RunSearchTests(string? database) => store = DataStore.Open(folder.Root, StrataPlatform.Schema, TimeProvider.System, database);

    public async ValueTask InitializeAsync() => await store.Database.WriteAsync(connection =>
    {
        foreach (Known run in all)
        {
            DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(run.Start);
            RunTable.Insert(connection, new Run
            {
                Id = run.Id,
                Name = run.Id,
                ExperimentId = Experiment.DefaultId,
                Status = RunStatus.Finished,
                ArtifactLocation = "mlflow-artifacts:/0",
                CreatedAt = at,
                StartedAt = at,
                Parameters = new Dictionary<string, string> { ["depth"] = run.Depth },
                Tags = new Dictionary<string, string> { ["long"] = run.Tag },
            });
            if (run.Accuracy is double accuracy)
            {
                MetricPoints.Store(connection, run.Id, [new MetricPoint("acc", 0, accuracy), new MetricPoint("other", 0, -accuracy)], stepsAreKeys: false);
            }
        }
    });

    public ValueTask DisposeAsync()
    {
        store.Dispose();
        folder.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Few_or_many_are_found_in_the_usual_order_and_by_a_metric()
    {
        CheckUsualOrder();
        CheckOrderByMetric();
    }

    private void CheckUsualOrder()
    {
        Check(string.Empty, _ => true);
        Check("metrics.acc > 0.99", run => run.Accuracy > 0.99);
        Check("metrics.acc > 0.01", run => run.Accuracy > 0.01);
        Check("params.depth = '3'", run => run.Depth == "3");
        Check("params.depth IN ('0', '1', '2', '3', '4', '5', '6')", run => run.Depth is not ("7" or "8"));
        Check("params.depth = 'none'", _ => false);
        Check($"tags.`long` = '{all[7].Tag}'", run => run.Tag == all[7].Tag);
        Check("metrics.acc > 0.2 and params.depth = '3' and metrics.other < -0.9", run => run is { Accuracy: > 0.9, Depth: "3" });
        Check("metrics.acc > 0.99 or params.depth = '3'", run => run.Accuracy > 0.99 || run.Depth == "3");
    }

    /// <summary>Numbers come first, then what is no number, then runs without the metric.</summary>
    private void CheckOrderByMetric()
    {
        foreach (string filter in (string[])["", "params.depth = '3'", "metrics.acc > 0.995", "metrics.other <= 0"])
        {
            foreach (bool isDescending in (bool[])[false, true])
            {
                int sign = isDescending ? -1 : 1;
                Known[] expected =
                [
                    .. all.Where(run => Fits(filter, run))
                        .OrderBy(run => run.Accuracy is null ? 2 : double.IsNaN(run.Accuracy.Value) ? 1 : 0)
                        .ThenBy(run => double.IsFinite(run.Accuracy ?? double.NaN) ? sign * run.Accuracy!.Value : 0)
                        .ThenByDescending(run => run.Start)
                        .ThenBy(run => run.Id, StringComparer.Ordinal),
                ];
                Found(filter, isDescending ? "metrics.acc DESC" : "metrics.acc ASC").ShouldBe(expected.Select(run => run.Id), $"{filter} {isDescending}");
            }
        }
    }

    private static bool Fits(string filter, Known run) => filter switch
    {
        "" => true,
        "params.depth = '3'" => run.Depth == "3",
        "metrics.acc > 0.995" => run.Accuracy > 0.995,
        _ => -run.Accuracy <= 0,
    };

    private void Check(string filter, Func<Known, bool> fits) =>
        Found(filter, null).ShouldBe(all.Where(fits).OrderByDescending(run => run.Start).ThenBy(run => run.Id, StringComparer.Ordinal).Select(run => run.Id), filter);

    /// <summary>All that is found, page by page.</summary>
    private List<string> Found(string filter, string? order)
    {
        var found = new List<string>();
        string? token = null;
        do
        {
            var asked = new SearchRequest { Filter = filter, OrderBy = order is null ? [] : [order], Count = 700, PageToken = token };
            SearchPage<Run> page = store.Database.Read(connection => RunTable.Search(connection, [Experiment.DefaultId], asked));
            found.AddRange(page.Items.Select(run => run.Id));
            token = page.NextToken;
        }
        while (token is not null);
        return found;
    }

    /// <summary>Every tenth run has no metric, every thirteenth one that is no number; tags share a beginning that is longer than an index holds.</summary>
    private sealed record Known(int Number)
    {
        public string Id { get; } = $"run{(Number * 7919L) % 1_000_003:0000000}";

        public long Start { get; } = 1000 + Number / 3;

        public double? Accuracy { get; } = Number % 10 == 0 ? null : Number % 13 == 0 ? double.NaN : Number * 31 % 1000 / 1000.0;

        public string Depth { get; } = $"{Number % 9}";

        public string Tag { get; } = $"{new string('x', 70)}{Number % 50}";
    }
}
