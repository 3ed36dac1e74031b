using Shouldly;
using Strata.Learning.Data;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Data;

public sealed class RowSplitsTests
{
    [Fact]
    public void A_random_hold_out_rounds_the_test_share_up_and_uses_every_row_once()
    {
        RowSplit split = RowSplits.RandomHoldOut(11, 0.2, seed: 1);

        split.Test.Length.ShouldBe(3);
        ShouldPartition([split.Train, split.Test], 11);
    }

    [Fact]
    public void The_same_seed_gives_the_same_split_and_another_seed_another()
    {
        RowSplit once = RowSplits.RandomHoldOut(1000, 0.3, seed: 5);

        RowSplits.RandomHoldOut(1000, 0.3, seed: 5).Test.ShouldBe(once.Test);
        RowSplits.RandomHoldOut(1000, 0.3, seed: 6).Test.ShouldNotBe(once.Test);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_test_share_outside_of_0_to_1_is_refused(double share) =>
        Should.Throw<DataException>(() => RowSplits.RandomHoldOut(10, share, 0)).Message.ShouldContain("between 0 and 1");

    [Fact]
    public void One_row_cannot_be_split() => Should.Throw<DataException>(() => RowSplits.RandomHoldOut(1, 0.5, 0)).Message.ShouldBe("There are 1 rows; a split needs at least 2.");

    [Fact]
    public void A_stratified_hold_out_keeps_each_class_share_within_one_row()
    {
        int[] codes = [.. Enumerable.Range(0, 1003).Select(i => i % 10 == 0 ? 2 : i % 3 == 0 ? 1 : 0)];

        RowSplit split = RowSplits.StratifiedHoldOut(codes, 0.25, seed: 3);

        split.Test.Length.ShouldBe(251);
        ShouldPartition([split.Train, split.Test], codes.Length);
        for (int code = 0; code < 3; code++)
        {
            (0.25 * codes.Count(code) - split.Test.Count(row => codes[row] == code)).ShouldBeInRange(-1.0, 1.0);
        }
    }

    [Fact]
    public void A_class_with_one_row_is_an_error_that_names_it()
    {
        int[] codes = [0, 0, 0, 1, 0];

        Should.Throw<DataException>(() => RowSplits.StratifiedHoldOut(codes, 0.4, 0)).Message.ShouldContain("Class 1 has one row, row 4");
        RowSplits.StratifiedHoldOut(codes, 0.4, 0, keepLoneRowsInTraining: true).Train.ShouldContain(3);
    }

    [Fact]
    public void The_chooser_keeps_a_class_of_one_row_in_training_and_says_so()
    {
        TrainingTable table = Table([.. Enumerable.Range(0, 20).Select(i => i == 7 ? 2 : i % 2)], ["cat", "dog", "emu"]);

        (RowSplit split, SplitDescription description) = RowSplits.HoldOut(table, 0.25, seed: 2);

        split.Train.ShouldContain(7);
        description.Kind.ShouldBe(SplitKind.Stratified);
        description.Text.ShouldBe("Tested on 5 of 20 rows (25%), at random with the shares of classes kept. Fewer than 2 rows, so it stays in training: 'emu'.");
    }

    [Fact]
    public void A_group_is_never_split_apart()
    {
        (int[] codes, int[] groups) = Grouped(600, 90);

        RowSplit split = RowSplits.GroupHoldOut(groups, 0.2, seed: 4);
        RowSplit[] folds = RowSplits.GroupKFold(groups, 5, seed: 4);
        RowSplit[] stratified = [.. RowSplits.StratifiedGroupKFold(codes, groups, 5, seed: 4), RowSplits.StratifiedGroupHoldOut(codes, groups, 0.2, seed: 4)];

        foreach (RowSplit each in (RowSplit[])[split, .. folds, .. stratified])
        {
            each.Train.Select(row => groups[row]).Intersect(each.Test.Select(row => groups[row])).ShouldBeEmpty();
            ShouldPartition([each.Train, each.Test], 600);
            each.Test.Length.ShouldBeInRange(110, 130);
        }

        ShouldPartition([.. folds.Select(fold => fold.Test)], 600);
    }

    [Fact]
    public void Groups_are_placed_so_that_each_part_has_the_classes_in_their_shares()
    {
        (int[] codes, int[] groups) = Grouped(3000, 400);
        double[] shares = [.. Enumerable.Range(0, 3).Select(code => codes.Count(code) / 3000.0)];

        foreach (RowSplit split in (RowSplit[])[.. RowSplits.StratifiedGroupKFold(codes, groups, 5, 1), RowSplits.StratifiedGroupHoldOut(codes, groups, 0.2, 1)])
        {
            for (int code = 0; code < 3; code++)
            {
                (split.Test.Count(row => codes[row] == code) / (double)split.Test.Length).ShouldBe(shares[code], 0.02);
            }
        }
    }

    [Fact]
    public void A_huge_group_stays_in_training_when_a_small_share_is_tested()
    {
        int[] groups = [.. Enumerable.Repeat(0, 90), .. Enumerable.Range(1, 10)];

        for (ulong seed = 0; seed < 20; seed++)
        {
            RowSplits.GroupHoldOut(groups, 0.1, seed).Test.Length.ShouldBe(10);
        }
    }

    [Fact]
    public void Every_fold_gets_a_group_even_when_there_are_as_many_folds_as_groups()
    {
        int[] groups = [0, 0, 0, 0, 0, 0, 1, 2];

        RowSplits.GroupKFold(groups, 3, 0).ShouldAllBe(fold => fold.Test.Length > 0);
    }

    [Fact]
    public void Fewer_groups_than_folds_is_an_error_with_the_way_out()
    {
        Should.Throw<DataException>(() => RowSplits.GroupKFold([1, 1, 2, 2], 5, 0)).Message.ShouldBe("There are 2 groups for 5 folds; use at most 2 folds.");
        Should.Throw<DataException>(() => RowSplits.GroupHoldOut([1, 1, 1], 0.3, 0)).Message.ShouldContain("belong to one group");
    }

    [Fact]
    public void Folds_test_each_row_once_with_sizes_within_one()
    {
        int[] codes = [.. Enumerable.Range(0, 103).Select(i => i % 7 == 0 ? 1 : 0)];

        foreach (RowSplit[] folds in (RowSplit[][])[RowSplits.KFold(103, 5, 9), RowSplits.StratifiedKFold(codes, 5, 9)])
        {
            ShouldPartition([.. folds.Select(fold => fold.Test)], 103);
            folds.ShouldAllBe(fold => fold.Test.Length == 20 || fold.Test.Length == 21);
            folds.ShouldAllBe(fold => fold.Train.Length + fold.Test.Length == 103);
        }

        int[] ofRareClass = [.. RowSplits.StratifiedKFold(codes, 5, 9).Select(fold => fold.Test.Count(row => codes[row] == 1))];
        ofRareClass.ShouldBe([3, 3, 3, 3, 3]);
    }

    [Fact]
    public void Stratified_folds_want_one_class_with_a_row_a_fold() =>
        Should.Throw<DataException>(() => RowSplits.StratifiedKFold([0, 1, 2, 0, 1], 4, 0)).Message.ShouldBe("The largest class has 2 rows; 4 stratified folds need at least 4.");

    [Fact]
    public void A_hold_out_by_time_tests_later_rows_and_keeps_a_moment_together()
    {
        double[] times = [5, 1, 4, 4, 2, 3, 4, 9, 0, 4];

        RowSplit split = RowSplits.TimeHoldOut(times, 0.3);

        split.Test.Select(row => times[row]).Min().ShouldBeGreaterThan(split.Train.Select(row => times[row]).Max());
        split.Test.ShouldBe([0, 7]);
        ShouldPartition([split.Train, split.Test], 10);
    }

    [Fact]
    public void Folds_by_time_expand_and_follow_one_another_to_the_end()
    {
        double[] times = [.. Enumerable.Range(0, 60).Select(i => (double)((i * 37 % 60) / 2))];

        RowSplit[] folds = RowSplits.TimeFolds(times, 5);

        for (int fold = 0; fold < 5; fold++)
        {
            double lastLearned = folds[fold].Train.Max(row => times[row]);
            folds[fold].Test.Min(row => times[row]).ShouldBe(lastLearned + 1);
            folds[fold].Test.Length.ShouldBe(10);
        }

        folds[^1].Test.Max(row => times[row]).ShouldBe(29);
        folds[1].Train.ShouldBe(folds[0].Train.Concat(folds[0].Test).Order());
    }

    [Fact]
    public void Folds_by_time_are_never_empty_however_the_moments_lie()
    {
        double[] times = [.. Enumerable.Repeat(0.0, 50), 1, 2, 3];

        RowSplit[] folds = RowSplits.TimeFolds(times, 3);

        folds.Select(fold => fold.Test).ShouldBe([[50], [51], [52]]);
        Should.Throw<DataException>(() => RowSplits.TimeFolds(times, 4)).Message.ShouldBe("There are 4 different times; 4 folds by time need at least 5.");
        Should.Throw<DataException>(() => RowSplits.TimeHoldOut([1, double.NaN, 2], 0.5)).Message.ShouldContain("Row 2 has no time");
        Should.Throw<DataException>(() => RowSplits.TimeHoldOut([7, 7], 0.5)).Message.ShouldContain("same time");
    }

    [Fact]
    public void The_chooser_puts_times_before_groups_before_classes()
    {
        int[] codes = [.. Enumerable.Range(0, 40).Select(i => i % 2)];
        int[] groups = [.. Enumerable.Range(0, 40).Select(i => i / 2)];
        double[] times = [.. Enumerable.Range(0, 40).Select(i => (double)i)];

        RowSplits.Folds(Table(codes, ["a", "b"], groups, times), 4, 0).Description.Text
            .ShouldBe("4 folds over 40 rows, always later ones than those learned from; rows of one group may stand on both sides (the 20 groups).");
        RowSplits.Folds(Table(codes, ["a", "b"], groups), 4, 0).Description.Kind.ShouldBe(SplitKind.StratifiedGroup);
        RowSplits.Folds(Table(codes, ["a", "b"]), 4, 0).Description.Kind.ShouldBe(SplitKind.Stratified);
        RowSplits.HoldOut(new TrainingTable(new Frame(), new NumberTarget("y", times), groups: groups), 0.25, 0).Description.Text
            .ShouldBe("Tested on 10 of 40 rows (25%), none of the 20 groups split apart.");
        RowSplits.HoldOut(new TrainingTable(new Frame(), new NumberTarget("y", times)), 0.25, 0).Description.Kind.ShouldBe(SplitKind.Random);
    }

    [Fact]
    public void Rows_without_a_group_value_are_groups_of_their_own()
    {
        var column = CategoryColumn.Of("star", ["b", null, "a", "b", null]);

        RowSplits.GroupsOf(column).ShouldBe([0, 1, 2, 0, 3]);
    }

    private static void ShouldPartition(int[][] parts, int rowCount) => parts.SelectMany(part => part).Order().ShouldBe(Enumerable.Range(0, rowCount));

    private static (int[] Codes, int[] Groups) Grouped(int rowCount, int groupCount)
    {
        var random = new RandomSource(11);
        int[] groups = [.. Enumerable.Range(0, rowCount).Select(_ => random.NextInt(groupCount))];
        int[] codes = [.. groups.Select(group => random.NextDouble() < 0.7 ? group % 3 / 2 + group % 2 : random.NextInt(3))];
        return (codes, groups);
    }

    private static TrainingTable Table(int[] codes, string[] classes, int[]? groups = null, double[]? times = null) =>
        new(new Frame(), new ClassTarget("kind", codes, classes), groups: groups, times: times);
}
