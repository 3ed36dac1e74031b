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
        new GatherKind(),
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
        JobKinds.Of("count", Count),
        JobKinds.Of("hold_memory", HoldMemory),
        JobKinds.Of("fill_disk", FillDisk),
        JobKinds.Of("disk_full_once", DiskFullOnce),
        JobKinds.Of("freeze_once", (work, cancellation) => work.Attempt == 1 ? Signal(work, 19) : Succeed(work, cancellation)),
        JobKinds.Of(NetworkKind.Name, (work, cancellation) => Task.Run(() => NetworkKind.Train(work, () => Kill(Environment.ProcessId, 9), cancellation))),
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

    /// <summary>Counts as a training does: a step and then another, a checkpoint now and then and whenever one is wanted.</summary>
    private static async Task<JsonNode?> Count(JobWork work, CancellationToken cancellation)
    {
        int steps = work.Payload["steps"]!.GetValue<int>();
        int every = work.Payload["every"]?.GetValue<int>() ?? int.MaxValue;
        int from = work.Checkpoints.Load() is byte[] saved ? BitConverter.ToInt32(saved) : 0;
        work.Log($"from {from}");
        for (int step = from + 1; step <= steps; step++)
        {
            work.Progress(100.0 * step / steps, $"step {step}");
            await Task.Delay(10, cancellation);
            if (step % every == 0 || work.Checkpoints.IsWanted)
            {
                work.Checkpoints.Save(BitConverter.GetBytes(step));
                work.Log($"saved {step}");
            }
        }

        return steps;
    }

    /// <summary>Takes memory that the managed limit does not see.</summary>
    private static unsafe Task<JsonNode?> HoldMemory(JobWork work, CancellationToken cancellation)
    {
        const int block = 16 << 20;
        for (int i = 0; i < 64; i++)
        {
            new Span<byte>(NativeMemory.Alloc(block), block).Fill(1);
            cancellation.WaitHandle.WaitOne(50);
        }

        return Task.FromResult<JsonNode?>(64);
    }

    private static async Task<JsonNode?> FillDisk(JobWork work, CancellationToken cancellation)
    {
        for (int i = 0; ; i++)
        {
            await File.WriteAllBytesAsync(work.OutputPath($"{i}"), new byte[1 << 16], cancellation);
            await Task.Delay(10, cancellation);
        }
    }

    private static Task<JsonNode?> DiskFullOnce(JobWork work, CancellationToken cancellation) =>
        work.Attempt == 1 ? throw new IOException("No space left on device", 28) : Succeed(work, cancellation);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
