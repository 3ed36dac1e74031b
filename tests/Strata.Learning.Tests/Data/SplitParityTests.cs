using System.Text.Json;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Xunit;

namespace Strata.Learning.Tests.Data;

/// <summary>Split rules beside scikit-learn's (Fixtures/make_splits.py): row by row where no chance is in them, else in all that chance does not decide.</summary>
public sealed class SplitParityTests
{
    private const ulong Seed = 11;

    private static readonly SplitFixture Fixture = JsonSerializer.Deserialize<SplitFixture>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "Fixtures", "splits.json")), ModelFileJson.Options)!;

    [Fact]
    public void Folds_at_random_have_the_sizes_of_KFold()
    {
        foreach (SizedCase each in Fixture.KFold)
        {
            Compare(each.Sizes, () => RowSplits.KFold(each.Rows, each.Folds, Seed), (folds, expected) => Sizes(folds).ShouldBe(expected, $"{each.Rows} rows"));
        }
    }

    [Fact]
    public void Stratified_folds_have_the_classes_of_StratifiedKFold()
    {
        foreach (CountedCase each in Fixture.Stratified)
        {
            Compare(each.Counts, () => RowSplits.StratifiedKFold(each.Codes, each.Folds, Seed), (folds, expected) => Counts(folds, each.Codes).ShouldBe(expected, $"{each.Codes.Length} rows"));
        }
    }

    [Fact]
    public void Folds_by_group_are_as_even_as_those_of_GroupKFold()
    {
        foreach (GroupedCase each in Fixture.Group)
        {
            Compare(each.Sizes, () => RowSplits.GroupKFold(each.Groups, each.Folds, Seed), (folds, expected) =>
            {
                Sizes(folds).Order().ToArray().ShouldBe(expected, $"{each.Groups.Length} rows");
                ShouldKeepGroups(folds, each.Groups);
            });
        }
    }

    [Fact]
    public void Stratified_folds_by_group_keep_the_shares_of_classes_as_well_as_StratifiedGroupKFold()
    {
        foreach (StratifiedGroupCase each in Fixture.StratifiedGroup)
        {
            double[] seeds = [.. Enumerable.Range(0, 20).Select(seed =>
            {
                RowSplit[] folds = RowSplits.StratifiedGroupKFold(each.Codes, each.Groups, each.Folds, (ulong)seed);
                ShouldKeepGroups(folds, each.Groups);
                return Unevenness(folds, each.Codes);
            })];

            seeds.Average().ShouldBeLessThanOrEqualTo(each.Unevenness + 1e-12, $"{each.Codes.Length} rows in {each.Groups.Distinct().Count()} groups");
        }
    }

    [Fact]
    public void Series_of_tests_in_time_are_those_of_TimeSeriesSplit_row_by_row()
    {
        foreach (SeriesCase each in Fixture.Series)
        {
            double[] times = [.. Enumerable.Range(0, each.Rows).Select(row => row * 2.5)];
            int[][][]? expected = each.Splits;
            Compare(expected, () => RowSplits.TimeSeries(times, each.Folds, each.TestRows, each.Gap, each.Most), (folds, splits) => Rows(folds).ShouldBe(splits, $"{each.Rows} rows"));
            if (expected is not null && each is { TestRows: null, Gap: 0, Most: null })
            {
                Rows(RowSplits.TimeFolds(times, each.Folds)).ShouldBe(expected, "what every table with a time is tested by");
            }
        }
    }

    [Fact]
    public void Equal_times_change_no_test_part_and_take_from_the_training_rows()
    {
        foreach (SeriesCase each in Fixture.Series.Where(each => each.Splits is not null && each.Rows >= 17))
        {
            double[] times = [.. Enumerable.Range(0, each.Rows).Select(row => (double)(row / 2))];

            RowSplit[] folds = RowSplits.TimeSeries(times, each.Folds, each.TestRows, each.Gap, each.Most);

            folds.Select(fold => fold.Test).ShouldBe(each.Splits!.Select(split => split[1]));
            folds.ShouldAllBe(fold => fold.Train.Max(row => times[row]) < fold.Test.Min(row => times[row]));
        }
    }

    [Fact]
    public void Repeated_folds_are_as_many_and_as_large_as_those_of_RepeatedKFold()
    {
        foreach (RepeatedCase each in Fixture.Repeated)
        {
            var numbers = new TrainingTable(new Frame(), new NumberTarget("y", [.. each.Codes.Select(code => (double)code)]));
            var classes = new TrainingTable(new Frame(), new ClassTarget("y", each.Codes, ["a", "b"]));

            IReadOnlyList<IReadOnlyList<RowSplit>> repeats = RowSplits.RepeatedFolds(numbers, each.Folds, each.Repeats, Seed);

            repeats.SelectMany(Sizes).ShouldBe(each.Sizes);
            repeats.ShouldAllBe(folds => folds.SelectMany(fold => fold.Test).Distinct().Count() == each.Codes.Length);
            RowSplits.RepeatedFolds(classes, each.Folds, each.Repeats, Seed).SelectMany(folds => Counts(folds, each.Codes)).ShouldBe(each.Counts);
        }
    }

    [Fact]
    public void Rows_held_back_are_as_many_as_train_test_split_keeps_and_of_each_class_but_for_rounding()
    {
        foreach (HeldOutCase each in Fixture.HeldOut)
        {
            RowSplits.RandomHoldOut(each.Codes.Length, each.Share, Seed).Test.Length.ShouldBe(each.Rows);
            Compare(each.Counts, () => [RowSplits.StratifiedHoldOut(each.Codes, each.Share, Seed)], (splits, expected) => Counts(splits, each.Codes)[0].Zip(expected, (ours, theirs) => Math.Abs(ours - theirs)).ShouldAllBe(gap => gap <= 1, "rounding may fall to another class"));
        }
    }

    /// <summary>Where scikit-learn refuses, so does Strata.</summary>
    private static void Compare<T>(T? expected, Func<RowSplit[]> split, Action<RowSplit[], T> check)
        where T : class
    {
        if (expected is null)
        {
            Should.Throw<DataException>(split);
        }
        else
        {
            check(split(), expected);
        }
    }

    private static int[] Sizes(IReadOnlyList<RowSplit> folds) => [.. folds.Select(fold => fold.Test.Length)];

    private static int[][][] Rows(RowSplit[] folds) => [.. folds.Select(fold => new[] { fold.Train, fold.Test })];

    private static int[][] Counts(IReadOnlyList<RowSplit> folds, int[] codes) => [.. folds.Select(fold => Enumerable.Range(0, codes.Max() + 1).Select(code => fold.Test.Count(row => codes[row] == code)).ToArray())];

    private static void ShouldKeepGroups(RowSplit[] folds, int[] groups)
    {
        folds.SelectMany(fold => fold.Test).Order().ShouldBe(Enumerable.Range(0, groups.Length));
        folds.ShouldAllBe(fold => !fold.Train.Select(row => groups[row]).Intersect(fold.Test.Select(row => groups[row])).Any());
    }

    private static double Unevenness(RowSplit[] folds, int[] codes)
    {
        int[][] counts = Counts(folds, codes);
        return Enumerable.Range(0, counts[0].Length).Average(code =>
        {
            double[] shares = [.. counts.Select(fold => fold[code] / (double)codes.Count(other => other == code))];
            return Math.Sqrt(shares.Average(share => (share - shares.Average()) * (share - shares.Average())));
        });
    }

    private sealed record SplitFixture(
        SizedCase[] KFold, CountedCase[] Stratified, GroupedCase[] Group, StratifiedGroupCase[] StratifiedGroup, SeriesCase[] Series, RepeatedCase[] Repeated, HeldOutCase[] HeldOut);

    private sealed record SizedCase(int Rows, int Folds, int[]? Sizes);

    private sealed record CountedCase(int[] Codes, int Folds, int[][]? Counts);

    private sealed record GroupedCase(int[] Groups, int Folds, int[]? Sizes);

    private sealed record StratifiedGroupCase(int[] Codes, int[] Groups, int Folds, double Unevenness);

    private sealed record SeriesCase(int Rows, int Folds, int? TestRows, int Gap, int? Most, int[][][]? Splits);

    private sealed record RepeatedCase(int[] Codes, int Folds, int Repeats, int[] Sizes, int[][] Counts);

    private sealed record HeldOutCase(int[] Codes, double Share, int Rows, int[]? Counts);
}
