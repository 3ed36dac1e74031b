using System.Globalization;
using System.Runtime.InteropServices;
using Strata.Learning.Data;
using Strata.Platform.Features;
using Strata.Tensors;

namespace Strata.Bench;

/// <summary>Times the working out of features and their point-in-time join, on one thread; with <c>--data</c> the rows are also written for <c>peers/features.py</c>.</summary>
internal static class FeatureBench
{
    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static int Run(string[] args)
    {
        var options = new Options(args);
        int rows = options.Number("rows", 1_000_000), entities = options.Number("entities", 50_000), repeats = options.Number("repeats", 5);
        var random = RandomSource.For(1, "feature rows");
        long[] Entities() => [.. Enumerable.Range(0, rows).Select(_ => (long)random.NextInt(entities))];
        long[] Seconds() => [.. Enumerable.Range(0, rows).Select(_ => (long)random.NextInt(365 * 86_400))];
        (long[] who, long[] at, long[] asked, long[] when) = (Entities(), Seconds(), Entities(), Seconds());
        double[] amounts = [.. Enumerable.Range(0, rows).Select(_ => random.NextGaussian())];
        if (options.Text("data") is string directory)
        {
            Directory.CreateDirectory(directory);
            foreach ((string name, long[] numbers) in new[] { ("who", who), ("at", at), ("asked", asked), ("when", when) })
            {
                File.WriteAllBytes(Path.Combine(directory, $"features.{name}.i64"), MemoryMarshal.AsBytes<long>(numbers));
            }

            File.WriteAllBytes(Path.Combine(directory, "features.amount.f64"), MemoryMarshal.AsBytes<double>(amounts));
        }

        Frame source = new(new Int64Column("who", who), Dates("at", at), new Float64Column("amount", amounts));
        Frame spine = new(new Int64Column("who", asked), Dates("when", when));
        var plan = new FeaturePlan(["who"], "at", [new("amount", "amount"), new("mean_7d", "amount", FeatureAggregate.Mean, TimeSpan.FromDays(7)), new("sum_30d", "amount", FeatureAggregate.Sum, TimeSpan.FromDays(30))]);
        Frame values = null!;
        Tell("work out three features of", Timing.Of(repeats, () => values = FeatureMaterialisation.Run(plan, source).Values), rows);
        var order = new JoinOrder("when", [new JoinedGroup("spending", 1, plan, ["amount", "mean_7d", "sum_30d"])]);
        double sum = 0;
        Tell("join three features to", Timing.Of(repeats, () => sum = SumOf(PointInTimeJoin.Run(order, spine, _ => values, _ => { }, CancellationToken.None)["mean_7d"])), rows);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{values.RowCount} rows of values; the joined means sum to {sum:F6}"));
        return 0;
    }

    private static void Tell(string what, Timing timing, int rows) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"strata {what} {rows} rows: {timing.MedianWall:F3} s wall (best {timing.Wall.Min():F3}), {timing.MedianProcessor:F3} s processor"));

    private static DateColumn Dates(string name, long[] seconds) => new(name, Array.ConvertAll(seconds, second => Start.Ticks + second * TimeSpan.TicksPerSecond));

    private static double SumOf(Column column) => Enumerable.Range(0, column.Count).Select(column.NumberAt).Where(double.IsFinite).Sum();
}
