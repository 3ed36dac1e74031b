using Dapper;
using Shouldly;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Xunit;

namespace Strata.Platform.Tests.Runs;

public sealed class RunTrackingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Runs_of_the_first_schema_are_taken_over_with_all_that_is_filed_of_them()
    {
        using (DataStore old = DataStore.Open(folder.Root, [.. StrataPlatform.Schema.Where(step => step.Number < 5)], TimeProvider.System))
        {
            await old.Database.WriteAsync(connection => connection.Execute(
                """
                insert into jobs (id, kind, payload, owner, status, created_at, started_at, ended_at, time_limit_ms) values ('j', 'train', '{}', 'r', 'completed', 5, 10, 20, 1);
                insert into runs (id, name, plan, job_id, parameters, tags, metrics, notes, created_at)
                    values ('r', 'old run', '{"target":"y"}', 'j', '{"trees":"5"}', '{"who":"me"}', '{"loss":0.25,"auc":"NaN"}', '["a note"]', 5);
                insert into metric_series (owner, name) values ('r', 'loss');
                insert into metric_points (series, step, value) values (1, 0, 3.5), (1, 1, null), (1, 2, -1);
                """));
        }

        using DataStore store = DataStore.Open(folder.Root, StrataPlatform.Schema, TimeProvider.System);
        Run run = store.Database.Read(connection => RunTable.Get(connection, "r"));
        run.Status.ShouldBe(RunStatus.Finished);
        run.StartedAt.ToUnixTimeMilliseconds().ShouldBe(10);
        run.EndedAt!.Value.ToUnixTimeMilliseconds().ShouldBe(20);
        run.JobId.ShouldBe("j");
        run.Plan!["target"]!.GetValue<string>().ShouldBe("y");
        run.Parameters.ShouldBe(new Dictionary<string, string> { ["trees"] = "5" });
        run.Tags.ShouldBe(new Dictionary<string, string> { ["who"] = "me", [Run.NameTag] = "old run" }, ignoreOrder: true);
        run.Metrics.ShouldBe(new Dictionary<string, double> { ["loss"] = 0.25, ["auc"] = double.NaN });
        run.LatestMetrics.Single(metric => metric.Point.Name == "loss").Point.ShouldBe(new MetricPoint("loss", 2, -1));
        store.Database.Read(connection => MetricSeries.Read(connection, "r", 100)).ShouldHaveSingleItem().Points
            .ShouldBe([new("loss", 0, 3.5), new("loss", 1, double.NaN), new("loss", 2, -1)]);
        store.Database.Read(connection => ExperimentTable.Get(connection, Experiment.DefaultId)).Name.ShouldBe(Experiment.DefaultName);
    }
}
