using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Validation.Leaks;
using Strata.Learning.Workflow;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Validation.Leaks;

/// <summary>Leaks planted between a table to learn from and one of its own to test on.</summary>
public sealed class TestTableLeakTests
{
    private const int TrainRows = 400;
    private static readonly TrainingPlan Plan = new() { Target = "outcome" };

    [Fact]
    public void Two_halves_of_a_clean_table_do_not_alarm()
    {
        foreach (ulong seed in new ulong[] { 1, 2, 3 })
        {
            Frame table = Table(500, seed);
            Audit(Plan, First(table, TrainRows), After(table, TrainRows)).Alarms.ShouldBeEmpty();
        }
    }

    [Fact]
    public void Training_rows_that_were_copied_to_the_test_table_are_named()
    {
        Frame table = Table(500, 1);
        Frame test = JoinedFrames.Of(After(table, TrainRows), table.Take([6, 17, 30, 31, 32, 33, 34, 35, 36, 37, 38]));

        LeakFinding finding = Flagged(Audit(Plan, First(table, TrainRows), test), LeakKind.DuplicateRows);

        finding.Evidence["test_rows"].ShouldBe(11);
        finding.Message.ShouldContain("row 101 of the test table, which is row 7 of the training table; row 102 of the test table, which is row 18 of the training table");
        finding.Advice.ShouldBe("Remove them from one of the two tables.");
    }

    [Fact]
    public void A_single_copied_row_is_told()
    {
        Frame table = Table(500, 1);

        LeakFinding finding = Flagged(Audit(Plan, First(table, TrainRows), JoinedFrames.Of(After(table, TrainRows), table.Take([6]))), LeakKind.DuplicateRows, LeakSeverity.Notice);

        finding.Message.ShouldStartWith("1 of 101 test rows");
    }

    [Fact]
    public void Training_rows_copied_with_a_trifle_of_noise_are_flagged()
    {
        Frame table = Table(500, 2);
        var random = new RandomSource(5);
        Frame copied = table.Take([.. Enumerable.Range(0, 50)]);
        Frame shaken = new(copied.Columns.Select(column => column is Float64Column numbers ? new Float64Column(column.Name, [.. numbers.Values.Select(value => value + 1e-6 * random.NextGaussian())]) : column));

        Flagged(Audit(Plan, First(table, TrainRows), JoinedFrames.Of(After(table, TrainRows), shaken)), LeakKind.NearDuplicateRows)
            .Message.ShouldContain("row 101 of the test table, which is row 1 of the training table");
    }

    [Fact]
    public void Declared_groups_in_both_tables_are_named()
    {
        Frame table = Table(500, 3).With(CategoryColumn.Of("site", [.. Enumerable.Range(0, 500).Select(row => $"site {row / 50}")]));
        TrainingPlan plan = Plan with { Group = "site" };

        LeakFinding finding = Flagged(Audit(plan, First(table, 425), After(table, 425)), LeakKind.SharedGroups);

        finding.Column.ShouldBe("site");
        finding.Message.ShouldBe("25 of 75 test rows (33.3%) are of groups of 'site' that training rows are of too: 'site 8'.");
        finding.Evidence["shared_groups"].ShouldBe(1);
        Audit(plan, First(table, 400), After(table, 400)).Alarms.ShouldBeEmpty();
    }

    [Fact]
    public void Entities_that_nobody_declared_count_only_where_both_tables_have_rows_of_them()
    {
        var random = new RandomSource(17);
        double[] age = [.. Enumerable.Range(0, 125).Select(_ => Math.Round(20 + 60 * random.NextDouble(), 1))], mass = [.. Enumerable.Range(0, 125).Select(_ => Math.Round(50 + 50 * random.NextDouble(), 1))];
        Frame table = Table(500, 4)
            .With(CategoryColumn.Of("patient_id", [.. Enumerable.Range(0, 500).Select(row => $"P{row / 4:000}")]))
            .With(new Float64Column("age", [.. Enumerable.Range(0, 500).Select(row => age[row / 4])]))
            .With(new Float64Column("mass", [.. Enumerable.Range(0, 500).Select(row => mass[row / 4])]));
        int[] mixed = [.. Enumerable.Range(0, 500)];
        random.Shuffle<int>(mixed);

        LeakFinding torn = Flagged(Audit(Plan, First(table.Take(mixed), TrainRows), After(table.Take(mixed), TrainRows)), LeakKind.RepeatedEntity);

        torn.Column.ShouldBe("patient_id");
        torn.Evidence["shared_entities"].ShouldBeGreaterThan(30);
        Audit(Plan, First(table, TrainRows), After(table, TrainRows)).Findings.ShouldNotContain(finding => finding.Kind == LeakKind.RepeatedEntity);
    }

    [Fact]
    public void A_declared_time_that_runs_backwards_is_told_with_the_rows_at_its_ends()
    {
        Frame table = Table(500, 6).With(new Int64Column("day", [.. Enumerable.Range(1, 500).Select(day => (long)day)]));
        TrainingPlan plan = Plan with { Time = "day" };

        LeakFinding reversed = Flagged(Audit(plan, After(table, 100), First(table, 100)), LeakKind.TimeReversed, LeakSeverity.Critical);

        reversed.Column.ShouldBe("day");
        reversed.Message.ShouldBe("100 of 100 test rows (100%) are earlier than the last training row by 'day': the order of time is reversed. The earliest is row 1 of the test table, the last learned from row 400 of the training table.");
        Audit(plan, First(table, 400), After(table, 400)).Findings.ShouldNotContain(finding => finding.Kind == LeakKind.TimeReversed);
        Flagged(Audit(plan, First(table, 400), After(table, 395)), LeakKind.TimeReversed).Evidence["earlier_test_rows"].ShouldBe(4);
    }

    [Fact]
    public void A_date_among_the_features_that_runs_backwards_is_flagged()
    {
        long start = new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        Frame table = Table(500, 7).With(new DateColumn("measured", [.. Enumerable.Range(0, 500).Select(row => start + row * TimeSpan.TicksPerHour)]));

        Flagged(Audit(Plan, After(table, 100), First(table, 100)), LeakKind.TimeReversed).Column.ShouldBe("measured");
        Audit(Plan, First(table, 400), After(table, 400)).Alarms.ShouldBeEmpty();
    }

    [Fact]
    public void A_test_table_without_a_declared_group_or_with_new_levels_is_audited_all_the_same()
    {
        Frame table = Table(500, 8).With(CategoryColumn.Of("colour", [.. Enumerable.Range(0, 500).Select(row => row < TrainRows ? $"old {row % 3}" : "new")]))
            .With(CategoryColumn.Of("site", [.. Enumerable.Range(0, 500).Select(row => $"site {row / 50}")]));

        Audit(Plan with { Group = "site" }, First(table, TrainRows), After(table, TrainRows).Drop(["site"])).Alarms.ShouldBeEmpty();
    }

    [Fact]
    public void A_test_table_without_the_target_is_refused_by_name() =>
        Should.Throw<DataException>(() => Audit(Plan, Table(100, 9), Table(100, 9).Drop(["outcome"]))).Message.ShouldStartWith("The test table: ");

    [Fact]
    public void Training_with_a_test_table_tells_of_it_in_its_outcome()
    {
        Frame table = Table(500, 10);

        TrainingOutcome outcome = Training.Run(
            Plan with { Algorithm = "decision_tree" }, First(table, TrainRows), new FitContext(), JoinedFrames.Of(After(table, TrainRows), table.Take([.. Enumerable.Range(0, 30)])), withImportance: false);

        outcome.LeakAudit.Alarms.ShouldContain(finding => finding.Kind == LeakKind.DuplicateRows);
    }

    private static LeakAudit Audit(TrainingPlan plan, Frame table, Frame test) => Training.Audit(plan, table, test, TestContext.Current.CancellationToken);

    private static Frame Table(int rows, ulong seed)
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification, rows, seed: seed);
        return table.Features.With(new CategoryColumn("outcome", ((ClassTarget)table.Target).Codes, table.Target.Classes));
    }

    private static Frame First(Frame table, int count) => table.Take([.. Enumerable.Range(0, count)]);

    private static Frame After(Frame table, int count) => table.Take([.. Enumerable.Range(count, table.RowCount - count)]);

    private static LeakFinding Flagged(LeakAudit audit, LeakKind kind, LeakSeverity least = LeakSeverity.Warning)
    {
        LeakFinding? finding = audit.Findings.FirstOrDefault(each => each.Kind == kind);
        finding.ShouldNotBeNull(string.Join(Environment.NewLine, audit.Findings));
        (finding.Severity >= least).ShouldBeTrue(finding.ToString());
        finding.Evidence.ShouldNotBeEmpty();
        return finding;
    }
}
