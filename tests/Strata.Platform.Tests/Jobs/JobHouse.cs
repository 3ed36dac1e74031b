using System.Diagnostics;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Strata.Platform.TestWorker;
using Xunit;

namespace Strata.Platform.Tests.Jobs;

/// <summary>A platform with a data folder of its own whose jobs run in real workers, and may be opened anew.</summary>
internal sealed class JobHouse : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly TemporaryFolder folder = new();
    private readonly PlatformOptions options;
    private readonly TimeProvider clock;

    private JobHouse(Func<PlatformOptions, PlatformOptions>? configure, TimeProvider? clock)
    {
        PlatformOptions usual = TestPlatform.OptionsFor(folder.Root);
        options = configure?.Invoke(usual) ?? usual;
        this.clock = clock ?? TimeProvider.System;
        Platform = Open();
    }

    public StrataPlatform Platform { get; private set; }

    public JobQueue Jobs => Platform.Jobs;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>One in which no job starts.</summary>
    public static JobHouse Idle(Func<PlatformOptions, PlatformOptions>? configure = null) => new(configure, null);

    public static async Task<JobHouse> StartAsync(Func<PlatformOptions, PlatformOptions>? configure = null, TimeProvider? clock = null)
    {
        var house = new JobHouse(configure, clock);
        await house.Platform.StartAsync(Cancellation);
        return house;
    }

    /// <summary>Closes the platform and opens it again, as a new server does.</summary>
    public async Task ReopenAsync()
    {
        await Platform.DisposeAsync();
        Platform = Open();
        await Platform.StartAsync(Cancellation);
    }

    public Task<Job> EnqueueAsync(string kind, JsonObject? payload = null, JobTerms? terms = null) =>
        Jobs.EnqueueAsync(new JobRequest(kind, payload ?? []) { Terms = terms ?? new JobTerms() });

    public Task<Job> EndAsync(string id) => Jobs.WaitAsync(id, Patience, Cancellation);

    public async Task<Job> RunAsync(string kind, JsonObject? payload = null) => await EndAsync((await EnqueueAsync(kind, payload)).Id);

    public async Task<Job> UntilAsync(string id, Func<Job, bool> holds)
    {
        var watch = Stopwatch.StartNew();
        Job job;
        while (!holds(job = Jobs.Get(id)))
        {
            watch.Elapsed.ShouldBeLessThan(Patience, $"job is {job}");
            await Task.Delay(10, Cancellation);
        }

        return job;
    }

    /// <summary>The first words of a job's log lines that begin with one of them.</summary>
    public string[] Said(string id, params string[] beginnings) =>
        [.. Jobs.Log(id).Select(line => line.Text).Where(text => beginnings.Any(beginning => text.StartsWith(beginning, StringComparison.Ordinal)))];

    public AttemptFolder Attempt(string id, int number) => new(Path.Join(Platform.Storage.AttemptsFolder, $"{id}-{number}"));

    /// <summary>Sends a signal to the worker of an attempt.</summary>
    public async Task SignalAsync(string id, int attempt, string signal)
    {
        string worker = await File.ReadAllTextAsync(Attempt(id, attempt).ProcessFile, Cancellation);
        using Process kill = Process.Start("kill", [$"-{signal}", worker]);
        await kill.WaitForExitAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Job job in Jobs.List(count: 1000).Items.Where(job => !job.Status.IsEnded()))
        {
            await Jobs.CancelAsync(job.Id);
        }

        await Platform.DisposeAsync();
        folder.Dispose();
    }

    private StrataPlatform Open() => StrataPlatform.Open(options, TestPlatform.LoadModel, clock);
}
