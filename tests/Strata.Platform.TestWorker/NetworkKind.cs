using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural;
using Strata.Platform.Jobs;
using Strata.Tensors;

namespace Strata.Platform.TestWorker;

/// <summary>Trains a network and says the hash of its file; the first lives are ended by SIGKILL in the middle of an epoch.</summary>
public static class NetworkKind
{
    public const string Name = "train_network";

    public const int UsualEpochs = 12;

    public const int UsualRows = 2500;

    /// <param name="work">How many lives are ended is in the payload, <c>kills</c>; how long it works between two checkpoints too, <c>every_seconds</c>, and how long it rests after each epoch, <c>rest_ms</c>, so that a quick machine is not done before it is disturbed.</param>
    /// <param name="kill">Ends this process at once.</param>
    /// <param name="cancellation">Ends the training.</param>
    public static JsonNode? Train(JobWork work, Func<int> kill, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        int epochs = 0;
        var watch = Stopwatch.StartNew();
        var ended = new Each(report =>
        {
            work.Log($"epoch {report.Step}");
            Thread.Sleep(work.Payload["rest_ms"]?.GetValue<int>() ?? 0);
            if (++epochs == 3 && work.Attempt <= work.Payload["kills"]!.GetValue<int>())
            {
                TimeSpan half = watch.Elapsed / 6;
                new Thread(() =>
                {
                    Thread.Sleep(half);
                    kill();
                }).Start();
            }
        });
        return Hash(work.Payload["epochs"]?.GetValue<int>() ?? UsualEpochs, work.Payload["rows"]?.GetValue<int>() ?? UsualRows, new FitContext { Seed = 3, Threads = 2, Checkpoints = work.Checkpoints, CheckpointEvery = TimeSpan.FromSeconds(work.Payload["every_seconds"]?.GetValue<int>() ?? 0), Cancellation = cancellation, Progress = ended });
    }

    /// <summary>The hash of the model that a training gives.</summary>
    public static string Hash(int epochs, int rows, FitContext context)
    {
        var random = new RandomSource(1);
        double[][] columns = [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, rows).Select(_ => random.NextGaussian()).ToArray())];
        int[] codes = [.. Enumerable.Range(0, rows).Select(row => columns[0][row] * columns[1][row] > columns[2][row] ? 1 : 0)];
        var table = new TrainingTable(new Frame(columns.Select((values, i) => new Float64Column($"x{i}", values))), new ClassTarget("above", codes, ["no", "yes"]));
        var writer = new ModelWriter();
        new Mlp { Epochs = epochs, Width = 128, BatchSize = 32 }.Fit(table, context).Write(writer);
        using var file = new MemoryStream();
        ModelContainer.Write(file, writer);
        return Convert.ToHexString(SHA256.HashData(file.ToArray()));
    }

    private sealed class Each(Action<FitProgress> action) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => action(value);
    }
}
