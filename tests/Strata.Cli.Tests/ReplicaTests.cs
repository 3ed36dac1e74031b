using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Testing;
using Xunit;

namespace Strata.Cli.Tests;

/// <summary>Two servers that predict, on one PostgreSQL, of which now one and then the other is killed under load.</summary>
public sealed class ReplicaTests : IDisposable
{
    private const int Callers = 8;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(1000.0 * Callers / 200);

    /// <summary>A second for the look at the database, and what a busy machine takes besides.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(5);

    private readonly CommandLine commands = new();
    private readonly PostgresCluster cluster = new();
    private readonly ConcurrentQueue<(int Revision, string Model, double Value, long At)> answers = new();
    private readonly ConcurrentQueue<string> failures = new();
    private readonly Uri[] addresses = new Uri[2];
    private int retries;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        cluster.Dispose();
        commands.Dispose();
    }

    [Fact]
    public async Task A_server_that_is_killed_under_load_costs_one_retry_and_no_answer_is_of_a_wrong_model()
    {
        string data = commands.PathOf("data");
        string[] options = ["--database", cluster.EmptyDatabase("replicas")];
        ServedProgram first = await ServedProgram.StartAsync(data, options);
        ServedProgram? replica = null;
        try
        {
            (string one, string two) = await Train(first);
            replica = await ServedProgram.StartAsync(data, [.. options, "--replica"]);
            (addresses[0], addresses[1]) = (first.Address, replica.Address);
            await Until(replica, "/ready");
            using HttpClient other = replica.NewClient();
            ((int)(await other.GetAsync("/api/datasets", Cancellation)).StatusCode).ShouldBe(421);
            double[] expected = [await Ask(first), 0];

            using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            Task load = Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Call(caller, enough.Token)));
            await Task.Delay(1000, Cancellation);
            await replica.KillAsync();
            await Task.Delay(500, Cancellation);
            await replica.DisposeAsync();
            replica = await ServedProgram.StartAsync(data, [.. options, "--replica"]);
            addresses[1] = replica.Address;
            await Until(replica, "/ready");
            using (HttpClient deployer = first.NewClient())
            {
                (await deployer.PostAsJsonAsync("/api/deployments/d/promote", new PromotionRequest(two), WireJson.Options, Cancellation)).EnsureSuccessStatusCode();
            }

            long promoted = Stopwatch.GetTimestamp();
            await Task.Delay(Stale, Cancellation);
            expected[1] = await Ask(first);
            await first.KillAsync();
            await Task.Delay(1000, Cancellation);
            await enough.CancelAsync();
            await load;

            failures.ShouldBeEmpty();
            retries.ShouldBeGreaterThan(0, "both were killed under load");
            answers.Count.ShouldBeGreaterThan(300);
            string[] models = [one, two];
            foreach ((int revision, string model, double value, long at) in answers)
            {
                model.ShouldBe(models[revision - 1]);
                value.ShouldBe(expected[revision - 1], 1e-12);
                (revision == 2 || at < promoted + (long)(Stale.TotalSeconds * Stopwatch.Frequency)).ShouldBeTrue("the new model serves everywhere soon");
            }

            answers.Count(answer => answer.Revision == 2).ShouldBeGreaterThan(50);
            TestContext.Current.SendDiagnosticMessage($"{answers.Count} answers, {retries} of them at the second try, {failures.Count} failed");
        }
        finally
        {
            await first.DisposeAsync();
            if (replica is not null)
            {
                await replica.DisposeAsync();
            }
        }
    }

    /// <summary>Asks one server or the other in turn, and the other one where that fails.</summary>
    private async Task Call(int caller, CancellationToken enough)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        for (int i = caller; !enough.IsCancellationRequested; i++)
        {
            try
            {
                await Ask(http, addresses[i % 2]);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                Interlocked.Increment(ref retries);
                try
                {
                    await Ask(http, addresses[(i + 1) % 2]);
                }
                catch (Exception again) when (again is HttpRequestException or IOException or TaskCanceledException)
                {
                    failures.Enqueue($"{e.Message}, then {again.Message}");
                }
            }

            await Task.Delay(Between, CancellationToken.None);
        }
    }

    private async Task Ask(HttpClient http, Uri address)
    {
        long at = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await http.PostAsJsonAsync(new Uri(address, "/api/deployments/d/predictions"), new { rows = new[] { new { x = 3.0 } } }, CancellationToken.None);
        answer.EnsureSuccessStatusCode();
        DeploymentPredictions told = (await answer.Content.ReadFromJsonAsync<DeploymentPredictions>(WireJson.Options, CancellationToken.None))!;
        answers.Enqueue((told.Revision, told.ModelId, told.Items[0].RawScores[0], at));
    }

    private static async Task<double> Ask(ServedProgram served)
    {
        using HttpClient http = served.NewClient();
        using HttpResponseMessage answer = await http.PostAsJsonAsync("/api/deployments/d/predictions", new { rows = new[] { new { x = 3.0 } } }, Cancellation);
        return (await answer.Content.ReadFromJsonAsync<DeploymentPredictions>(WireJson.Options, Cancellation))!.Items[0].RawScores[0];
    }

    /// <summary>Two models of one question, of which the first is deployed.</summary>
    private static async Task<(string One, string Two)> Train(ServedProgram served)
    {
        using HttpClient http = served.NewClient();
        var client = new StrataClient(http);
        using var table = new MemoryStream(System.Text.Encoding.UTF8.GetBytes("x,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i * 0.1:0.0},{i * 0.3 + i % 3:0.0}\n"))));
        DatasetView dataset = await client.UploadAsync(table, "line.csv", cancellation: Cancellation);
        var models = new List<string>();
        foreach (ulong seed in new ulong[] { 1, 2 })
        {
            RunView run = await client.StartRunAsync(new RunRequest(dataset.Id, new PlanRequest("y", Algorithm: "linear_regression", Seed: seed)), Cancellation);
            (await client.WaitAsync(run.Job!.Id, cancellation: Cancellation)).Status.ShouldBe(JobStatus.Completed);
            models.Add((await client.RunAsync(run.Id, Cancellation)).ModelId!);
        }

        await client.CreateDeploymentAsync(new DeploymentRequest("d", [new DeployedModelRequest(models[0])]), Cancellation);
        return (models[0], models[1]);
    }

    private static async Task Until(ServedProgram served, string path)
    {
        using HttpClient http = served.NewClient();
        for (int i = 0; i < 300 && (await http.GetAsync(path, Cancellation)).StatusCode != HttpStatusCode.OK; i++)
        {
            await Task.Delay(50, Cancellation);
        }
    }
}
