using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Platform.Jobs;

namespace Strata.Platform.TestWorker;

/// <summary>Kinds of jobs that do, or fail to do, one thing.</summary>
public static partial class TestKinds
{
    public static JobKinds All { get; } = new([
        .. StrataPlatform.Kinds,
        JobKinds.Of("succeed", Succeed),
        JobKinds.Of("fail", (_, _) => throw new DataException("Column 'age' has no values.")),
        JobKinds.Of("defect", (_, _) => throw new InvalidOperationException("an impossible thing happened")),
        JobKinds.Of("crash", Crash),
        JobKinds.Of("kill_self", (work, _) => Signal(work, 9)),
        JobKinds.Of("freeze", (work, _) => Signal(work, 19)),
        JobKinds.Of("hang", Hang),
        JobKinds.Of("spin", Spin),
        JobKinds.Of("ignore_cancel", IgnoreCancel),
        JobKinds.Of("metrics", Metrics),
        JobKinds.Of("exhaust_memory", ExhaustMemory),
        JobKinds.Of("resume", Resume),
        JobKinds.Of(NetworkKind.Name, (work, _) => Task.Run(() => NetworkKind.Train(work, () => Kill(Environment.ProcessId, 9)))),
        JobKinds.Of("read_input", (work, _) => Task.FromResult<JsonNode?>(File.ReadAllText(work.InputPath("text")))),
    ]);

    private static Task<JsonNode?> Succeed(JobWork work, CancellationToken cancellation)
    {
        work.Progress(50, "half way");
        work.Log("first line\nsecond line");
        work.Metric("loss", 0, 1.5);
        work.Metric("loss", 1, double.NaN);
        work.Metric("loss", 2, double.PositiveInfinity);
        Directory.CreateDirectory(work.OutputPath("inner"));
        File.WriteAllText(work.OutputPath("inner/answer.txt"), "forty-two");
        return Task.FromResult<JsonNode?>(new JsonObject { ["answer"] = 42, ["threads"] = work.Threads });
    }

    private static Task<JsonNode?> Crash(JobWork work, CancellationToken cancellation)
    {
        work.Log($"attempt {work.Attempt}");
        Console.Error.WriteLine("the ground opened");
        if (work.Payload["until_attempt"]?.GetValue<int>() is int last && work.Attempt >= last)
        {
            return Task.FromResult<JsonNode?>(work.Attempt);
        }

        Environment.Exit(42);
        return Task.FromResult<JsonNode?>(null);
    }

    private static async Task<JsonNode?> Signal(JobWork work, int signal)
    {
        work.Log("about to be struck");
        _ = Kill(Environment.ProcessId, signal);
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
        return null;
    }

    private static async Task<JsonNode?> Hang(JobWork work, CancellationToken cancellation)
    {
        work.Progress(1, "hanging");
        await Task.Delay(Timeout.Infinite, cancellation);
        return null;
    }

    /// <summary>Keeps every pool thread busy, and looks at the token as a fit loop would.</summary>
    private static Task<JsonNode?> Spin(JobWork work, CancellationToken cancellation)
    {
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                Thread.SpinWait(1000);
            }
        });
        return Task.FromResult<JsonNode?>(null);
    }

    private static Task<JsonNode?> IgnoreCancel(JobWork work, CancellationToken cancellation)
    {
        // A grandchild that must not outlive the worker either.
        using Process child = Process.Start("sleep", "600");
        work.Log($"child {child.Id}");
        while (true)
        {
            Thread.Sleep(10);
        }
    }

    private static async Task<JsonNode?> Metrics(JobWork work, CancellationToken cancellation)
    {
        int count = work.Payload["count"]!.GetValue<int>();
        int pauseEvery = work.Payload["pause_every"]?.GetValue<int>() ?? int.MaxValue;
        for (int step = 0; step < count; step++)
        {
            work.Metric("loss", step, 1.0 / (step + 1));
            if (step % pauseEvery == pauseEvery - 1)
            {
                work.Progress(100.0 * step / count, $"step {step}");
                await Task.Delay(20, cancellation);
            }
        }

        return count;
    }

    private static Task<JsonNode?> ExhaustMemory(JobWork work, CancellationToken cancellation)
    {
        var kept = new List<byte[]>();
        while (true)
        {
            var block = new byte[16 << 20];
            Array.Fill(block, (byte)1);
            kept.Add(block);
        }
    }

    /// <summary>Counts to ten over several lives, from what the one before saved.</summary>
    private static Task<JsonNode?> Resume(JobWork work, CancellationToken cancellation)
    {
        int from = work.Checkpoints.Load()?[0] ?? 0;
        work.Log($"from {from}");
        for (int i = from + 1; i <= 10; i++)
        {
            work.Checkpoints.Save([(byte)i]);
            if (i % 4 == 0)
            {
                Environment.Exit(1);
            }
        }

        return Task.FromResult<JsonNode?>(10);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
