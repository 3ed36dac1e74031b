using System.Globalization;
using System.Text;
using System.Text.Json;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Server.Tests;

/// <summary>A server with one finished run, on a table whose classes can be told from its columns.</summary>
public class TrainedRun : IAsyncLifetime
{
    public const int RowCount = 400;

    public RunningServer Running { get; private set; } = null!;

    public DatasetView Dataset { get; private set; } = null!;

    public RunView Run { get; private set; } = null!;

    public IReadOnlyList<JobHappening> Happenings { get; private set; } = [];

    /// <summary>Null is SQLite.</summary>
    protected virtual string? Database => null;

    public async ValueTask InitializeAsync()
    {
        Running = await RunningServer.Start(options => options with { Database = Database });
        Dataset = await Upload(Running.Client, Table());
        RunView started = await Running.Client.StartRunAsync(
            new RunRequest(Dataset.Id, new PlanRequest("verdict", Hyperparameters: Values("""{"trees":20}"""), Drop: ["id"], Seed: 3, Threads: 1), Name: "first"));
        Happenings = await Running.Client.EventsAsync(started.Job!.Id).ToListAsync();
        Run = await Running.Client.RunAsync(started.Id);
        Run.Job!.Status.ShouldBe(JobStatus.Completed, Run.Job!.Error);
    }

    public async ValueTask DisposeAsync()
    {
        await Running.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Three columns to learn from, one of them a category, and a row number that is none.</summary>
    public static string Table(int rowCount = RowCount)
    {
        var random = new RandomSource(7);
        var text = new StringBuilder("id,depth,period,star,verdict\n");
        for (int row = 0; row < rowCount; row++)
        {
            double depth = random.NextGaussian(), period = random.NextDouble() * 10;
            string star = random.NextInt(2) == 0 ? "dwarf" : "giant";
            double score = 2 * depth + (star == "dwarf" ? 1 : -1) + random.NextGaussian() * 0.3;
            string periodText = row % 17 == 0 ? string.Empty : period.ToString("R", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{row},{depth:R},{periodText},{star},{(score > 0 ? "planet" : "=false")}\n");
        }

        return text.ToString();
    }

    public static async Task<DatasetView> Upload(StrataClient client, string table, string fileName = "survey.csv")
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(table));
        return await client.UploadAsync(stream, fileName);
    }

    public static IReadOnlyDictionary<string, JsonElement> Values(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}

/// <summary>The same with everything in PostgreSQL.</summary>
public sealed class TrainedPostgresRun(PostgresCluster cluster) : TrainedRun
{
    protected override string? Database { get; } = cluster.EmptyDatabase($"run-{Guid.NewGuid()}");
}
