using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Learning.ModelFiles;
using Strata.Learning.Workflow;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.ModelFiles;

/// <summary>
/// Files damaged by chance: each is read, or refused with a typed error; none takes long and none much memory. As many as fit into three seconds of each kind, or as many as the
/// environment asks for.
/// </summary>
public sealed class FuzzTests
{
    private const long MostBytes = 64L << 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private static readonly int? Asked = int.TryParse(Environment.GetEnvironmentVariable("STRATA_FUZZ_COUNT"), CultureInfo.InvariantCulture, out int count) ? count : null;

    [Fact]
    public void A_damaged_model_file_is_refused_or_gives_a_model_that_answers_or_refuses()
    {
        Frame rows = Read(Table(), "t.csv").Take([0, 1, 2, 3]);
        (string Name, byte[] File)[] models = [.. new[] { "gradient_boosting", "random_forest", "logistic_regression", "decision_tree", "naive_bayes", "nearest_neighbors", "mlp", "isolation_forest" }
            .Where(name => Algorithms.All.Any(algorithm => algorithm.Name == name)).Select(name => (name, ModelOf(name)))];
        models.Length.ShouldBeGreaterThan(5);
        Fuzz("model files", chance =>
        {
            byte[] file = models[chance.NextInt(models.Length)].File;
            byte[] damaged = chance.NextInt(4) == 0 ? Mutation.OfBytes(file, chance) : Mutation.OfArchive(file, chance);
            return () => ModelFile.Load(new MemoryStream(damaged)).Model.Predict(rows);
        });
    }

    [Fact]
    public void A_model_file_cut_at_any_byte_is_refused()
    {
        byte[] file = ModelOf("decision_tree");
        for (int length = 0; length < file.Length; length++)
        {
            Should.Throw<ModelFileException>(() => ModelFile.Load(new MemoryStream(file, 0, length)));
        }
    }

    [Fact]
    public void A_size_that_the_packed_bytes_cannot_hold_is_refused_before_memory_is_taken()
    {
        byte[] file = ModelOf("decision_tree");
        int directory = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        while (!file.AsSpan(directory + 46).StartsWith("manifest.json"u8))
        {
            directory = file.AsSpan(0, directory).LastIndexOf("PK\u0001\u0002"u8);
        }

        BitConverter.TryWriteBytes(file.AsSpan(directory + 24), 200_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<ModelFileException>(() => ModelFile.Load(new MemoryStream(file))).Message.ShouldContain("200000000 bytes");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(10_000_000);
    }

    [Fact]
    public void A_damaged_table_is_refused_or_read()
    {
        byte[][] tables =
        [
            Encoding.UTF8.GetBytes(Table()), "a;b;c\n1,5;x;2024-01-02\n2,5;\"y;\n z\";2024-01-03\n"u8.ToArray(), "# COLUMN a: text\na\tb\n1\t2\n"u8.ToArray(),
            "{\"a\":1,\"b\":[1,2,3]}\n{\"a\":2,\"b\":[4,5]}\n"u8.ToArray(), "1 1:0.5 7:2\n0 qid:2 3:1e-5\n"u8.ToArray(), Encoding.Unicode.GetBytes("\ufeffa,b\n1,é\n"),
        ];
        string[] names = ["t.csv", "t.csv", "t.tsv", "t.jsonl", "t.svmlight", "t.csv"];
        Fuzz("tables", chance =>
        {
            int which = chance.NextInt(tables.Length);
            byte[] damaged = Mutation.OfBytes(tables[which], chance);
            return () => Read(damaged, names[which]).RowCount.ShouldBeGreaterThanOrEqualTo(0);
        });
    }

    private static void Fuzz(string what, Func<RandomSource, Action> damage)
    {
        var whole = Stopwatch.StartNew();
        (int read, int refused, int number, TimeSpan slowest, long most) = (0, 0, 0, TimeSpan.Zero, 0);
        for (; Asked is int asked ? number < asked : whole.Elapsed < TimeSpan.FromSeconds(3); number++)
        {
            Action attempt = damage(new RandomSource((ulong)number));
            long allocated = 0;
            var worker = Task.Factory.StartNew(
                () =>
                {
                    long before = GC.GetAllocatedBytesForCurrentThread();
                    try
                    {
                        attempt();
                        return true;
                    }
                    catch (Exception e) when (e is ModelFileException or DataException)
                    {
                        return false;
                    }
                    finally
                    {
                        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                    }
                },
                TestContext.Current.CancellationToken, TaskCreationOptions.None, TaskScheduler.Default);
            var watch = Stopwatch.StartNew();
            try
            {
                // A busy machine may take longer than the two seconds that a quiet one is held to.
                worker.Wait(5 * Longest, TestContext.Current.CancellationToken).ShouldBeTrue($"{what}, number {number}: it never ended");
            }
            catch (AggregateException e)
            {
                throw new ShouldAssertException($"{what}, number {number}: {e.InnerException}");
            }

            (read, refused) = worker.Result ? (read + 1, refused) : (read, refused + 1);
            slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
            most = Math.Max(most, allocated);
            allocated.ShouldBeLessThan(MostBytes, $"{what}, number {number}");
        }

        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{number} damaged {what}: {read} read, {refused} refused, slowest {slowest.TotalMilliseconds:0} ms, most {most / 1e6:0.0} MB, {whole.Elapsed.TotalSeconds:0} s"));
        read.ShouldBeGreaterThan(number / 100, "some are still whole enough");
        refused.ShouldBeGreaterThan(number / 20);
    }

    private static byte[] ModelOf(string algorithm)
    {
        var plan = new TrainingPlan { Target = algorithm == "isolation_forest" ? null : "kind", Algorithm = algorithm, Hyperparameters = Small(algorithm) };
        using var file = new MemoryStream();
        Training.Run(plan, Read(Table(), "t.csv"), new FitContext { Threads = 1 }, withImportance: false).ToModelFile().Save(file);
        return file.ToArray();
    }

    private static Dictionary<string, JsonNode?> Small(string algorithm) => algorithm switch
    {
        "gradient_boosting" or "random_forest" or "isolation_forest" => new() { ["trees"] = 3 },
        "mlp" => new() { ["epochs"] = 1, ["width"] = 4 },
        _ => [],
    };

    private static Frame Read(string text, string name) => Read(Encoding.UTF8.GetBytes(text), name);

    private static Frame Read(byte[] bytes, string name) => TableFile.Read(new MemoryStream(bytes), name, new TableReadOptions { Threads = 1 }, TestContext.Current.CancellationToken).Frame;

    private static string Table()
    {
        var chance = new RandomSource(3);
        var text = new StringBuilder("length,width,colour,kind\n");
        for (int row = 0; row < 60; row++)
        {
            int kind = chance.NextInt(2);
            string length = row % 9 == 0 ? string.Empty : (kind + chance.NextGaussian()).ToString("R", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{length},{chance.NextGaussian():R},{(chance.NextInt(3) == 0 ? "red" : "blue")},{(kind == 0 ? "a" : "b")}\n");
        }

        return text.ToString();
    }
}
