using System.Diagnostics;
using System.Text.Json.Nodes;
using Strata.Platform;
using Strata.Platform.Jobs;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using Strata.Platform.Storage.Engines;
using Strata.Platform.TestWorker;

// A worker like any other, with kinds that misbehave on purpose; and a server that a test may kill.
switch (args)
{
    case ["work", string attempt]:
        return await Worker.RunAsync(attempt, TestKinds.All, TimeProvider.System);

    case ["serve", string folder, string kind, string payload]:
        var platform = StrataPlatform.Open(TestPlatform.OptionsFor(folder, Environment.GetEnvironmentVariable("STRATA_DATABASE")), TestPlatform.LoadModel, TimeProvider.System);
        await platform.StartAsync();
        Job job = await platform.Jobs.EnqueueAsync(new JobRequest(kind, JsonNode.Parse(payload)!.AsObject()));
        Console.WriteLine(job.Id);
        await Task.Delay(Timeout.Infinite);
        return 0;

    case ["write-blob", string folder, string bytes]:
        try
        {
            using DataStore store = DataStore.Open(folder, StrataPlatform.Schema, TimeProvider.System);
            using Blob blob = await store.Blobs.WriteAsync(new byte[int.Parse(bytes)]);
            Console.WriteLine(blob.Hash);
            return 0;
        }
        catch (Exception e) when (e is IOException or StorageException)
        {
            Console.WriteLine(e.Message);
            return 1;
        }

    case ["write-row", string folder]:
        try
        {
            using DataStore store = DataStore.Open(folder, StrataPlatform.Schema, TimeProvider.System);
            await store.Database.WriteAsync(connection => Artifact.Add(connection, "o", new Artifact("n", new string('0', 64), 1)));
            return 0;
        }
        catch (StorageException e)
        {
            Console.WriteLine(e.Message);
            return 1;
        }

    case ["migrate", string folder, string statements]:
        int left = int.Parse(statements);
        var engine = new SqliteEngine(Path.Join(folder, "strata.db"), TimeSpan.FromSeconds(10))
        {
            BeforeStatement = _ =>
            {
                if (left-- == 0)
                {
                    Process.GetCurrentProcess().Kill();
                    Thread.Sleep(Timeout.Infinite);
                }
            },
        };
        Database.Open(engine, StrataPlatform.Schema, Path.Join(folder, "backups"), TimeProvider.System).Dispose();
        return 0;

    case ["write-checkpoints", string path, string bytes]:
        var checkpoint = new FileCheckpoint(path);
        var state = new byte[int.Parse(bytes)];
        for (int number = checkpoint.Load() is byte[] saved ? BitConverter.ToInt32(saved) + 1 : 1; ; number++)
        {
            Array.Fill(state, (byte)number);
            BitConverter.TryWriteBytes(state, number);
            checkpoint.Save(state);
            Console.WriteLine(number);
        }

    default:
        Console.Error.WriteLine("work ATTEMPT | serve FOLDER KIND PAYLOAD | write-blob FOLDER BYTES | write-row FOLDER | migrate FOLDER STATEMENTS | write-checkpoints FILE BYTES");
        return 2;
}
