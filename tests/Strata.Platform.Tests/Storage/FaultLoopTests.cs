using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Shouldly;
using Strata.Platform.Datasets;
using Strata.Platform.Jobs;
using Strata.Platform.Storage;
using Strata.Platform.Storage.Engines;
using Strata.Platform.TestWorker;
using Xunit;

namespace Strata.Platform.Tests.Storage;

/// <summary>
/// The first, then the second, then the third call to disk or database fails, until all is done before one does; after each fault what was acknowledged is
/// there, nothing is there by halves, and the same work then succeeds.
/// </summary>
public sealed class FaultLoopTests : IDisposable
{
    /// <summary>Statements from one fault of a migration to the next: not every one, unless more is asked for.</summary>
    private static readonly int Step = Environment.GetEnvironmentVariable("STRATA_FAULT_SEEDS") is null ? 7 : 1;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_upload_is_there_whole_or_not_at_all_whichever_call_fails()
    {
        int faults = await LoopAsync(async (number, fault) =>
        {
            PlatformOptions options = TestPlatform.OptionsFor(folder.At($"upload{number}")) with { WorkerProgram = null };
            await using (var platform = StrataPlatform.Open(options, TestPlatform.LoadModel, TimeProvider.System))
            {
                Dataset? acknowledged = null;
                platform.Storage.Database.Engine.BeforeStatement = fault.BeforeStatement;
                DiskCalls.Before = fault.BeforeCall;
                try
                {
                    acknowledged = await UploadAsync(platform);
                }
                catch (StorageException)
                {
                    // The caller is told; what is stored is looked at below.
                }

                fault.End(platform.Storage.Database.Engine);
                CheckDatasets(platform, acknowledged);
            }

            await using var again = StrataPlatform.Open(options, TestPlatform.LoadModel, TimeProvider.System);
            await again.StartAsync(Cancellation);
            CheckDatasets(again, null);
            Dataset second = await UploadAsync(again);
            again.Datasets.List().Total.ShouldBe(1);
            again.Storage.Blobs.All().ShouldBe([second.OriginalBlob]);
        });
        faults.ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_migration_that_fails_at_any_statement_is_undone_and_the_next_start_completes_it(int schema)
    {
        int faults = await LoopAsync((number, fault) =>
        {
            string path = folder.At($"schema{schema}-{number}");
            Directory.CreateDirectory(path);
            ReleasedSchemaTests.LayDown(schema, Path.Join(path, "strata.db"));
            var engine = new SqliteEngine(Path.Join(path, "strata.db"), DataStore.DefaultWait) { BeforeStatement = fault.BeforeStatement };
            try
            {
                Database.Open(engine, StrataPlatform.Schema, Path.Join(path, "backups"), TimeProvider.System).Dispose();
            }
            catch (StorageException)
            {
                // The next start goes on.
            }

            fault.End(engine);
            using DataStore store = DataStore.Open(path, StrataPlatform.Schema, TimeProvider.System);
            store.Database.Read(connection => connection.Query<int>("select number from schema_migrations order by number"))
                .ShouldBe(StrataPlatform.Schema.Select(step => step.Number).Order());
            store.Database.Read(connection => connection.ExecuteScalar<int>("select count(*) from runs")).ShouldBe(1);
            return Task.CompletedTask;
        }, Step);
        faults.ShouldBeGreaterThan(4);
    }

    /// <summary>Not an error but an end: the process is killed before the statement. A process each takes its time, so that only some statements are tried unless more is asked for.</summary>
    [Fact]
    public async Task A_migration_that_is_killed_at_any_statement_is_completed_by_the_next_start()
    {
        int kills = 0;
        for (bool isKilled = true; isKilled; kills += 2 * Step - 1)
        {
            string path = folder.At($"killed{kills}");
            Directory.CreateDirectory(path);
            ReleasedSchemaTests.LayDown(3, Path.Join(path, "strata.db"));
            using Process process = Process.Start(TestPlatform.WorkerPath, ["migrate", path, kills.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync(Cancellation);
            isKilled = process.ExitCode != 0;
            using DataStore store = DataStore.Open(path, StrataPlatform.Schema, TimeProvider.System);
            store.Database.Read(connection => connection.ExecuteScalar<int>("select count(*) from schema_migrations")).ShouldBe(StrataPlatform.Schema.Count);
            store.Database.Read(connection => connection.ExecuteScalar<int>("select count(*) from datasets")).ShouldBe(2);
        }

        kills.ShouldBeGreaterThan(4);
    }

    [Fact]
    public async Task A_checkpoint_is_the_one_before_or_the_new_one_whichever_call_fails()
    {
        int faults = await LoopAsync((number, fault) =>
        {
            var checkpoint = new FileCheckpoint(folder.At($"checkpoint{number}"));
            byte[] before = [1, 2, 3], after = new byte[100_000];
            checkpoint.Save(before);
            bool isSaved = false;
            DiskCalls.Before = fault.BeforeCall;
            try
            {
                checkpoint.Save(after);
                isSaved = true;
            }
            catch (IOException)
            {
                // The training goes on and saves again later.
            }

            fault.End(null);
            byte[] found = checkpoint.Load()!;
            (found.Length == after.Length || (!isSaved && found.SequenceEqual(before))).ShouldBeTrue();
            checkpoint.Save(after);
            checkpoint.Load()!.Length.ShouldBe(after.Length);
            return Task.CompletedTask;
        });
        faults.ShouldBe(4);
        folder.Files().Count.ShouldBe(5, "nothing half-written is left");
    }

    /// <summary>How many faults there were before the work succeeded without one.</summary>
    private static async Task<int> LoopAsync(Func<int, Fault, Task> work, int step = 1)
    {
        for (int number = 1; ; number += step)
        {
            var fault = new Fault(number);
            await work(number, fault);
            if (!fault.HasStruck)
            {
                return number - 1;
            }
        }
    }

    private static Task<Dataset> UploadAsync(StrataPlatform platform) =>
        platform.Datasets.UploadAsync(new MemoryStream("a,b\n1,2\n"u8.ToArray()), new DatasetUpload("t.csv"), Cancellation);

    private static void CheckDatasets(StrataPlatform platform, Dataset? acknowledged)
    {
        IReadOnlyList<Dataset> stored = platform.Datasets.List().Items;
        if (acknowledged is not null)
        {
            stored.ShouldHaveSingleItem().Id.ShouldBe(acknowledged.Id);
        }

        foreach (Dataset dataset in stored)
        {
            platform.Storage.Blobs.ReadAll(dataset.OriginalBlob).Length.ShouldBe(8);
            platform.Jobs.Get(dataset.JobId!).Status.ShouldBe(JobStatus.Queued);
        }

        platform.Jobs.List().Total.ShouldBe(stored.Count);
    }

    /// <summary>Strikes once, at the call of the given number.</summary>
    private sealed class Fault(int at)
    {
        private int calls;
        private volatile bool isOver;

        public bool HasStruck { get; private set; }

        public void BeforeStatement(DbCommand statement)
        {
            if (IsDue())
            {
                throw new SqliteException("disk I/O error", 10);
            }
        }

        public void BeforeCall(string call)
        {
            if (IsDue())
            {
                throw new IOException($"The system could not {call} it: Input/output error.", 5);
            }
        }

        public void End(DatabaseEngine? engine)
        {
            isOver = true;
            DiskCalls.Before = null;
            if (engine is not null)
            {
                engine.BeforeStatement = null;
            }
        }

        private bool IsDue() => !isOver && Interlocked.Increment(ref calls) == at && (HasStruck = true);
    }
}
