using Shouldly;
using Strata.Learning.Data;
using Strata.Platform.Features;
using Strata.Tensors;
using Xunit;

namespace Strata.Platform.Tests.Features;

/// <summary>What counts as known at a moment. Times are seconds since 1970.</summary>
public sealed class PointInTimeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void An_event_counts_from_its_own_moment_on_and_never_before()
    {
        Frame source = Events((1, 100, 5.0), (1, 200, 7.0));
        Join(source, Plan("x"), (1, 99), (1, 100), (1, 199), (1, 200), (1, 1000), (2, 200)).ShouldBe([double.NaN, 5, 5, 7, 7, double.NaN]);
        Join(source, Plan("x"), strictlyBefore: true, (1, 100), (1, 101), (1, 200), (1, 201)).ShouldBe([double.NaN, 5, 5, 7]);
    }

    [Fact]
    public void Of_events_at_one_moment_the_later_row_counts() => Join(Events((1, 100, 5.0), (1, 100, 6.0), (1, 100, 4.0)), Plan("x"), (1, 100)).ShouldBe([4]);

    [Fact]
    public void A_missing_value_of_the_latest_event_stays_missing_and_last_looks_behind_it()
    {
        Frame source = Events((1, 100, 5.0), (1, 200, double.NaN));
        Join(source, Plan("x"), (1, 250)).ShouldBe([double.NaN]);
        Join(source, Plan(new FeatureDefinition("x", "x", FeatureAggregate.Last)), (1, 250)).ShouldBe([5]);
        Join(source, Plan(new FeatureDefinition("x", "x", FeatureAggregate.Last, TimeSpan.FromSeconds(50))), (1, 250)).ShouldBe([double.NaN]);
    }

    [Fact]
    public void A_value_outlives_its_event_by_its_time_to_live_and_no_longer() =>
        Join(Events((1, 100, 5.0)), Plan("x") with { Ttl = TimeSpan.FromSeconds(50) }, (1, 150), (1, 151)).ShouldBe([5, double.NaN]);

    [Fact]
    public void Rows_without_entity_or_time_know_nothing_and_are_nobodys()
    {
        Frame source = new(
            new Int64Column("who", [1, 1, 1], Mask(false, true, false)),
            new Float64Column("at", [100, 200, double.NaN]),
            new Float64Column("x", [5, 6, 7]));
        MaterialisedFeatures made = FeatureMaterialisation.Run(Plan("x"), source, Cancellation);
        (made.Values.RowCount, made.Entities, made.LeftOut).ShouldBe((1, 1, 2));
        Frame spine = new(new Int64Column("who", [1, 1, 1], Mask(false, true, false)), new Float64Column("at", [300, 300, double.NaN]));
        Column joined = PointInTimeJoin.Run(Order(Plan("x")), spine.With(spine["at"].Named("when")).Drop(["at"]), _ => made.Values, _ => { }, Cancellation)["x"];
        Numbers(joined).ShouldBe([5, double.NaN, double.NaN]);
    }

    /// <summary>The row of 100 was entered at 500: a join by event time alone would know at 200 what nobody knew.</summary>
    [Fact]
    public void What_became_known_late_is_not_known_before_although_it_happened_before()
    {
        Frame source = new(
            new Int64Column("who", [1, 1]),
            new Int64Column("at", [100, 50]),
            new Int64Column("entered", [500, 60]),
            new Float64Column("x", [9, 1]));
        FeaturePlan leaking = Plan(new FeatureDefinition("x", "x"), new FeatureDefinition("sum", "x", FeatureAggregate.Sum));
        FeaturePlan honest = leaking with { AvailableColumn = "entered" };
        Join(source, leaking, (1, 200)).ShouldBe([9]);
        Join(source, honest, (1, 55), (1, 60), (1, 200), (1, 499), (1, 500)).ShouldBe([double.NaN, 1, 1, 1, 9]);
        Joined(source, honest, strictlyBefore: false, [(1, 200), (1, 500)])["sum"].ShouldSatisfyAllConditions(sum => sum.NumberAt(0).ShouldBe(1), sum => sum.NumberAt(1).ShouldBe(10));
    }

    /// <summary>A label that was planted into the future of each row: a join that takes the nearest event, or the newest, has it; ours has not.</summary>
    [Fact]
    public void A_planted_leak_is_not_let_through()
    {
        var random = new RandomSource(3);
        int[] labels = [.. Enumerable.Range(0, 500).Select(_ => random.NextInt(2))];
        Frame source = new(
            new Int64Column("who", [.. labels.Index().SelectMany(one => new long[] { one.Index, one.Index })]),
            new Int64Column("at", [.. labels.SelectMany(_ => new long[] { 100, 201 })]),
            new Float64Column("x", [.. labels.SelectMany(label => new[] { random.NextGaussian(), label })]));
        (long, long)[] spine = [.. labels.Select((_, who) => ((long)who, 200L))];
        double[] joined = Join(source, Plan("x"), strictlyBefore: false, spine);
        double[] naive = [.. labels.Index().Select(one => source["x"].NumberAt(2 * one.Index + 1))];
        Agreement(naive, labels).ShouldBe(1);
        Agreement(joined, labels).ShouldBeInRange(0.4, 0.6);
        joined.ShouldBe(labels.Index().Select(one => source["x"].NumberAt(2 * one.Index)));
    }

    [Fact]
    public void Random_tables_with_ties_gaps_and_late_rows_give_what_looking_through_all_rows_gives()
    {
        var random = new RandomSource(11);
        for (int round = 0; round < 40; round++)
        {
            int count = 1 + random.NextInt(40);
            long[] at = [.. Enumerable.Range(0, count).Select(_ => (long)random.NextInt(30))];
            Frame source = new(
                new Int64Column("who", [.. at.Select(_ => (long)random.NextInt(3))]),
                new Int64Column("at", at),
                new Int64Column("entered", [.. at.Select(time => time + Math.Max(0, random.NextInt(20) - 10))]),
                new Float64Column("x", [.. at.Select(_ => random.NextInt(5) == 0 ? double.NaN : random.NextInt(100))]));
            var window = TimeSpan.FromSeconds(1 + random.NextInt(20));
            FeaturePlan plan = Plan([new("x", "x"), .. Enum.GetValues<FeatureAggregate>().Select(aggregate => new FeatureDefinition(aggregate.ToString(), "x", aggregate, window))])
                with
            { AvailableColumn = "entered", Ttl = round % 2 == 0 ? TimeSpan.FromSeconds(12) : null };
            (long Who, long When)[] spine = [.. Enumerable.Range(0, 60).Select(_ => ((long)random.NextInt(4), (long)random.NextInt(60)))];
            Frame joined = Joined(source, plan, strictlyBefore: false, spine);
            foreach (FeatureDefinition feature in plan.Features)
            {
                Numbers(joined[feature.Name]).Select(number => Math.Round(number, 7)).ShouldBe(spine.Select(row => Math.Round(Plainly(source, plan, feature, row.Who, row.When), 7)), $"round {round}, {feature.Name}");
            }
        }
    }

    [Fact]
    public void Entities_of_several_columns_and_of_other_types_are_told_by_their_text()
    {
        Frame source = new(CategoryColumn.Of("shop", ["a", "b", "a"]), new Int64Column("who", [7, 7, 8]), new Int64Column("at", [1, 1, 1]), new BooleanColumn("x", [true, false, false]));
        FeaturePlan plan = Plan("x") with { Entities = ["shop", "who"] };
        Frame spine = new(new TextColumn("shop", ["a", "b", "a", "b"]), new Float64Column("who", [7, 7, 8, 8]), new Int64Column("when", [5, 5, 5, 5]));
        Column joined = PointInTimeJoin.Run(Order(plan), spine, _ => FeatureMaterialisation.Run(plan, source, Cancellation).Values, _ => { }, Cancellation)["x"];
        joined.Type.ShouldBe(ColumnType.Boolean);
        Enumerable.Range(0, 4).Select(joined.TextAt).ShouldBe(["true", "false", "false", null]);
    }

    [Fact]
    public void What_makes_no_sense_is_refused_all_at_once()
    {
        FeaturePlan plan = new(["whom"], "word", [new("sum", "word", FeatureAggregate.Sum), new("sum", "x", null, TimeSpan.FromDays(1)), new("known_from", "x"), new("gone", "missing")]) { Ttl = TimeSpan.Zero };
        DataException refused = Should.Throw<DataException>(() => plan.Check([new("who", ColumnType.Int64), new("at", ColumnType.Date), new("word", ColumnType.Text), new("x", ColumnType.Float64)]));
        refused.Problems.Count.ShouldBe(8);
        refused.Message.ShouldContain("Did you mean 'who'?");
        Should.Throw<DataException>(() => FeatureMaterialisation.Run(Plan("x"), Events((1, 1_700_000_000_000, 1.0)), Cancellation)).Message.ShouldContain("divided by 1000");
        foreach (string text in new[] { "", "x", "a:", ":b", "a:b:c", "a@x:b", "a@:b", "@1:b" })
        {
            Should.Throw<DataException>(() => FeatureReference.Parse(text));
        }

        FeatureReference.Parse("spending@2:sum").ShouldBe(new FeatureReference("spending", 2, "sum"));
    }

    /// <summary>The definition, row by row: of the rows known at a moment the one with the latest event, and the window that ends there.</summary>
    private static double Plainly(Frame source, FeaturePlan plan, FeatureDefinition feature, long who, long when)
    {
        double At(string column, int row) => source[column].NumberAt(row);
        int[] known = [.. Enumerable.Range(0, source.RowCount).Where(row => At("who", row) == who && Math.Max(At("at", row), At("entered", row)) <= when)
            .OrderBy(row => At("at", row)).ThenBy(row => Math.Max(At("at", row), At("entered", row))).ThenBy(row => row)];
        if (known.Length == 0 || when - At("at", known[^1]) > plan.Ttl?.TotalSeconds)
        {
            return double.NaN;
        }

        double[] values = [.. known.Where(row => feature.Window is null || At("at", row) > At("at", known[^1]) - feature.Window.Value.TotalSeconds).Select(row => At("x", row)).Where(value => !double.IsNaN(value))];
        double mean = values.Length == 0 ? double.NaN : values.Average();
        return feature.Aggregate switch
        {
            null => At("x", known[^1]),
            FeatureAggregate.Count => values.Length,
            _ when values.Length == 0 => double.NaN,
            FeatureAggregate.Last => values[^1],
            FeatureAggregate.Mean => mean,
            FeatureAggregate.Sum => values.Sum(),
            FeatureAggregate.Min => values.Min(),
            FeatureAggregate.Max => values.Max(),
            _ => values.Length < 2 ? double.NaN : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)),
        };
    }

    private static double Agreement(double[] feature, int[] labels) => feature.Zip(labels).Average(pair => pair.First > 0.5 == (pair.Second == 1) ? 1.0 : 0);

    private static FeaturePlan Plan(string column) => Plan(new FeatureDefinition(column, column));

    private static FeaturePlan Plan(params FeatureDefinition[] features) => new(["who"], "at", features);

    private static JoinOrder Order(FeaturePlan plan) => new("when", [new JoinedGroup("group", 1, plan, [.. plan.Features.Select(feature => feature.Name)])]);

    private static Frame Events(params (long Who, long At, double X)[] rows) =>
        new(new Int64Column("who", [.. rows.Select(row => row.Who)]), new Int64Column("at", [.. rows.Select(row => row.At)]), new Float64Column("x", [.. rows.Select(row => row.X)]));

    private static double[] Join(Frame source, FeaturePlan plan, params (long Who, long When)[] spine) => Join(source, plan, false, spine);

    private static double[] Join(Frame source, FeaturePlan plan, bool strictlyBefore, params (long Who, long When)[] spine) => Numbers(Joined(source, plan, strictlyBefore, spine)["x"]);

    private static Frame Joined(Frame source, FeaturePlan plan, bool strictlyBefore, (long Who, long When)[] spine)
    {
        Frame rows = new(new Int64Column("who", [.. spine.Select(row => row.Who)]), new Int64Column("when", [.. spine.Select(row => row.When)]));
        return PointInTimeJoin.Run(Order(plan) with { StrictlyBefore = strictlyBefore }, rows, _ => FeatureMaterialisation.Run(plan, source, Cancellation).Values, _ => { }, Cancellation);
    }

    private static double[] Numbers(Column column) => [.. Enumerable.Range(0, column.Count).Select(column.NumberAt)];

    private static MissingMask Mask(params bool[] missing)
    {
        var mask = new MissingMask(missing.Length);
        for (int row = 0; row < missing.Length; row++)
        {
            mask[row] = missing[row];
        }

        return mask;
    }
}
