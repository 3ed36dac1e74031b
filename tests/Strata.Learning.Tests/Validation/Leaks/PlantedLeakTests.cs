using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Learning.Metrics;
using Strata.Learning.Validation.Leaks;
using Strata.Learning.Workflow;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Validation.Leaks;

/// <summary>Leaks planted into clean tables, each of which must be flagged by name or blocked by the declared structure; and clean tables, which must not alarm.</summary>
public sealed class PlantedLeakTests
{
    private const int Rows = 600;

    private static TrainingTable Numbers => SampleTables.Numbers(LearningTask.Regression, Rows);

    private static TrainingTable Classes => SampleTables.Numbers(LearningTask.BinaryClassification, Rows);

    private static double[] Target(TrainingTable table) => ((NumberTarget)table.Target).Values;

    private static int[] Codes(TrainingTable table) => ((ClassTarget)table.Target).Codes;

    private static TrainingTable With(TrainingTable table, Column column) => table.WithFeatures(table.Features.With(column));

    private static Float64Column Column(string name, IEnumerable<double> values) => new(name, [.. values]);

    private static LeakAudit Audit(TrainingTable table, Frame? withoutTarget = null) => LeakAudit.BeforeTraining(table, RowSplits.HoldOut(table, 0.2, 3).Split, withoutTarget);

    private static LeakFinding Flagged(LeakAudit audit, LeakKind kind, string? column, LeakSeverity least = LeakSeverity.Warning)
    {
        LeakFinding? finding = audit.Findings.FirstOrDefault(each => each.Kind == kind && each.Column == column);
        finding.ShouldNotBeNull(string.Join(Environment.NewLine, audit.Findings));
        (finding.Severity >= least).ShouldBeTrue(finding.ToString());
        finding.Evidence.ShouldNotBeEmpty();
        finding.Advice.ShouldNotBeEmpty();
        return finding;
    }

    [Fact]
    public void A_copy_of_a_number_target_is_flagged() =>
        Flagged(Audit(With(Numbers, Column("again", Target(Numbers)))), LeakKind.TargetCopy, "again", LeakSeverity.Critical);

    [Fact]
    public void The_target_in_another_unit_is_flagged() =>
        Flagged(Audit(With(Numbers, Column("in_feet", Target(Numbers).Select(value => 3.28 * value - 40)))), LeakKind.TargetCopy, "in_feet", LeakSeverity.Critical);

    [Fact]
    public void The_targets_exponential_is_flagged() =>
        Flagged(Audit(With(Numbers, Column("grown", Target(Numbers).Select(value => Math.Exp(value / 2))))), LeakKind.TargetCopy, "grown", LeakSeverity.Critical);

    [Fact]
    public void The_target_with_a_little_noise_is_flagged()
    {
        var random = new RandomSource(4);
        Flagged(Audit(With(Numbers, Column("measured_again", Target(Numbers).Select(value => value + 0.3 * random.NextGaussian())))), LeakKind.TargetCopy, "measured_again", LeakSeverity.Critical);
    }

    [Fact]
    public void The_target_in_bands_is_flagged() =>
        Flagged(Audit(With(Numbers, CategoryColumn.Of("band", [.. Target(Numbers).Select(value => value < 8 ? "low" : value < 12 ? "middle" : "high")]))), LeakKind.TargetCopy, "band", LeakSeverity.Critical);

    [Fact]
    public void Classes_by_other_names_are_flagged() =>
        Flagged(Audit(With(Classes, CategoryColumn.Of("verdict", [.. Codes(Classes).Select(code => code == 1 ? "guilty" : "free")]))), LeakKind.TargetCopy, "verdict", LeakSeverity.Critical);

    [Fact]
    public void Two_columns_that_add_up_to_the_target_are_flagged()
    {
        var random = new RandomSource(5);
        double[] part = [.. Target(Numbers).Select(value => value * random.NextDouble())];
        TrainingTable table = With(With(Numbers, Column("registered", part)), Column("casual", Target(Numbers).Zip(part, (whole, one) => whole - one)));

        Audit(table).Findings.ShouldContain(finding => finding.Kind == LeakKind.TargetFromColumns && finding.Message.Contains("casual") && finding.Message.Contains("registered"));
    }

    [Fact]
    public void A_ratio_of_two_columns_that_is_the_target_is_flagged()
    {
        var random = new RandomSource(6);
        double[] height = [.. Enumerable.Range(0, Rows).Select(_ => 1.5 + 0.5 * random.NextDouble())], mass = [.. Enumerable.Range(0, Rows).Select(_ => 50 + 50 * random.NextDouble())];
        var index = new NumberTarget("bmi", [.. mass.Zip(height, (kilos, metres) => kilos / (metres * metres))]);
        var table = new TrainingTable(new Frame(Column("height", height), Column("mass", mass), Column("age", height.Select(_ => 20 + 60 * random.NextDouble()))), index);

        Audit(table).Findings.ShouldContain(finding => finding.Kind == LeakKind.TargetFromColumns && finding.Message.Contains("height") && finding.Message.Contains("mass") && !finding.Message.Contains("age"));
    }

    [Fact]
    public void A_score_that_nearly_tells_the_class_is_flagged()
    {
        var random = new RandomSource(7);
        Flagged(Audit(With(Classes, Column("risk", Codes(Classes).Select(code => 2.5 * code + 0.5 * random.NextGaussian())))), LeakKind.TellsTarget, "risk");
    }

    [Fact]
    public void A_flag_that_is_seldom_set_but_then_decides_is_flagged()
    {
        var random = new RandomSource(8);
        Flagged(Audit(With(Classes, new Int64Column("fault", [.. Codes(Classes).Select(code => code == 1 && random.NextDouble() < 0.4 ? 1L : 0L)]))), LeakKind.TellsTarget, "fault", LeakSeverity.Notice);
    }

    [Fact]
    public void A_column_filled_in_only_for_one_class_is_flagged() =>
        Flagged(Audit(With(Classes, Column("refund", Codes(Classes).Select((code, row) => code == 1 ? row % 17 : double.NaN)))), LeakKind.MissingnessTellsTarget, "refund", LeakSeverity.Critical);

    [Fact]
    public void A_column_filled_in_only_where_the_target_is_known_is_flagged()
    {
        var random = new RandomSource(9);
        TrainingTable table = With(Classes, Column("inspection", Codes(Classes).Select(_ => random.NextGaussian())));
        Frame open = SampleTables.Numbers(LearningTask.BinaryClassification, 100, seed: 9).Features.With(Column("inspection", Enumerable.Repeat(double.NaN, 100)));

        Flagged(Audit(table, open), LeakKind.AfterOutcome, "inspection", LeakSeverity.Critical);
    }

    [Fact]
    public void A_date_after_the_rows_own_time_is_flagged()
    {
        var random = new RandomSource(10);
        long day = TimeSpan.TicksPerDay, start = new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        long[] opened = [.. Enumerable.Range(0, Rows).Select(row => start + row * day)];
        var ended = new DateColumn("ended", [.. opened.Select(ticks => ticks + (1 + random.NextInt(30)) * day)]);
        double[] times = [.. opened.Select(ticks => (ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond)];

        Flagged(Audit(new TrainingTable(Classes.Features.With(ended), Classes.Target, times: times)), LeakKind.AfterOutcome, "ended");
    }

    [Fact]
    public void A_column_named_for_what_came_after_that_goes_with_the_target_is_flagged()
    {
        var random = new RandomSource(11);
        Flagged(Audit(With(Numbers, Column("next_reading", Target(Numbers).Select(value => value + 3 * random.NextGaussian())))), LeakKind.AfterOutcome, "next_reading");
    }

    [Fact]
    public void A_number_of_the_row_is_noticed_and_alarms_when_rows_are_sorted_by_the_target()
    {
        var plain = new Int64Column("row_id", [.. Enumerable.Range(1, Rows).Select(row => (long)row)]);
        int[] order = [.. Enumerable.Range(0, Rows).OrderBy(row => Codes(Classes)[row])];

        Flagged(Audit(With(Classes, plain)), LeakKind.IdLike, "row_id", LeakSeverity.Notice).Severity.ShouldBe(LeakSeverity.Notice);
        Audit(With(Classes.Take(order), plain)).Alarms.ShouldContain(finding => finding.Column == "row_id" && finding.Severity == LeakSeverity.Critical);
    }

    [Fact]
    public void Rows_repeated_before_the_split_are_flagged()
    {
        int[] repeated = [.. Enumerable.Range(0, Rows), .. Enumerable.Range(0, Rows / 3)];
        LeakFinding finding = Flagged(Audit(Classes.Take(repeated)), LeakKind.DuplicateRows, null, LeakSeverity.Critical);
        finding.Evidence["test_share"].ShouldBeInRange(0.25, 0.6);
    }

    [Fact]
    public void Rows_copied_with_a_trifle_of_noise_before_the_split_are_flagged()
    {
        var random = new RandomSource(12);
        TrainingTable more = Classes.Take([.. Enumerable.Range(0, Rows), .. Enumerable.Range(0, Rows / 3)]);
        var shaken = new Frame(more.Features.Columns.Select(column => Column(column.Name, ((Float64Column)column).Values.Select((value, row) => row < Rows ? value : value + 1e-5 * random.NextGaussian()))));

        Flagged(Audit(more.WithFeatures(shaken)), LeakKind.NearDuplicateRows, null, LeakSeverity.Critical);
    }

    [Fact]
    public void Several_rows_of_a_patient_without_a_group_are_flagged_and_with_one_kept_together()
    {
        TrainingTable table = Patients();
        Flagged(Audit(table), LeakKind.RepeatedEntity, "patient_id");

        int[] groups = RowSplits.GroupsOf(table.Features["patient_id"]);
        var declared = new TrainingTable(table.Features.Drop(["patient_id"]), table.Target, groups: groups);
        Audit(declared).Alarms.ShouldBeEmpty();
        RowSplit split = RowSplits.HoldOut(declared, 0.2, 3).Split;
        split.Train.Select(row => groups[row]).Intersect(split.Test.Select(row => groups[row])).ShouldBeEmpty();
    }

    [Fact]
    public void A_wandering_series_split_at_random_is_flagged_and_with_its_time_declared_tested_on_later_rows()
    {
        var random = new RandomSource(13);
        double level = 0;
        var wander = new double[Rows];
        for (int row = 0; row < Rows; row++)
        {
            wander[row] = level = 0.95 * level + random.NextGaussian();
        }

        long start = new DateTime(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        var date = new DateColumn("measured", [.. Enumerable.Range(0, Rows).Select(row => start + row * TimeSpan.TicksPerHour)]);
        var table = new TrainingTable(Numbers.Features.With(date), new NumberTarget("level", wander));
        Flagged(Audit(table), LeakKind.TimeIgnored, "measured");

        double[] times = [.. Enumerable.Range(0, Rows).Select(row => (double)row)];
        var declared = new TrainingTable(Numbers.Features, table.Target, times: times);
        Audit(declared).Findings.ShouldBeEmpty();
        RowSplit split = RowSplits.HoldOut(declared, 0.2, 3).Split;
        split.Train.Max().ShouldBeLessThan(split.Test.Min());
    }

    [Fact]
    public void Categories_encoded_by_the_target_of_all_rows_are_flagged()
    {
        var random = new RandomSource(14);
        int[] shop = [.. Enumerable.Range(0, Rows).Select(_ => random.NextInt(40))];
        double[] means = [.. Enumerable.Range(0, 40).Select(code => Enumerable.Range(0, Rows).Where(row => shop[row] == code).Select(row => (double)Codes(Classes)[row]).DefaultIfEmpty(0).Average())];

        Flagged(Audit(With(Classes, Column("shop_rate", shop.Select(code => means[code])))), LeakKind.TargetEncoding, "shop_rate", LeakSeverity.Critical);
    }

    [Fact]
    public void A_model_that_lives_on_one_column_and_is_never_wrong_is_flagged_after_training()
    {
        TrainingTable table = Classes;
        Predictions sure = Predictions.OfProbabilities(table.Target.Classes, [.. Codes(table).Select(code => 8.0 * (2 * code - 1))], [.. Codes(table).SelectMany(code => new[] { 0.99 - 0.98 * code, 0.01 + 0.98 * code })]);
        var importance = new Dictionary<string, double> { ["x0"] = 0.001, ["x1"] = 0.0, ["x2"] = 0.002, ["answer"] = 0.6 };

        LeakFinding[] findings = [.. ResultLeaks.Of(Evaluation.Of(sure, table.Target), (sure, table.Target), null, importance)];

        findings.Select(finding => finding.Kind).ShouldBe([LeakKind.Perfect, LeakKind.ConcentratedImportance]);
        findings[1].Column.ShouldBe("answer");
    }

    [Fact]
    public void A_model_that_is_better_on_test_rows_than_on_its_own_is_flagged()
    {
        TrainingTable table = Numbers;
        var random = new RandomSource(15);
        Predictions Off(double by) => Predictions.OfNumbers([.. Target(table).Select(value => value + by * random.NextGaussian())]);
        Predictions test = Off(0.2);

        ResultLeaks.Of(Evaluation.Of(test, table.Target), (test, table.Target), (Off(1), table.Target), new Dictionary<string, double>()).Single().Kind.ShouldBe(LeakKind.BetterOnTest);
    }

    [Fact]
    public void Training_tells_what_the_audit_found_in_its_outcome_and_on_the_models_card()
    {
        TrainingTable table = With(Classes, CategoryColumn.Of("verdict", [.. Codes(Classes).Select(code => code == 1 ? "guilty" : "free")]));
        Frame frame = table.Features.With(new CategoryColumn("outcome", Codes(table), table.Target.Classes));

        TrainingOutcome outcome = Training.Run(new TrainingPlan { Target = "outcome", Algorithm = "decision_tree" }, frame, new FitContext());

        outcome.LeakAudit.Alarms.ShouldContain(finding => finding.Kind == LeakKind.TargetCopy && finding.Column == "verdict");
        outcome.ToModelFile().Card.Notes.ShouldContain(note => note.Contains("'verdict' is the target 'outcome' in other words"));
    }

    [Theory]
    [InlineData(LearningTask.BinaryClassification)]
    [InlineData(LearningTask.MulticlassClassification)]
    [InlineData(LearningTask.Regression)]
    public void Clean_tables_do_not_alarm(LearningTask task)
    {
        foreach (ulong seed in new ulong[] { 1, 2, 3 })
        {
            Audit(SampleTables.Mixed(task, 500, seed)).Alarms.ShouldBeEmpty();
            Audit(SampleTables.WithTextAndDates(task, 500, seed)).Alarms.ShouldBeEmpty();
            Audit(SampleTables.Numbers(task, 500, 12, seed)).Alarms.ShouldBeEmpty();
        }
    }

    [Fact]
    public void Rows_of_few_coarse_columns_that_repeat_by_chance_do_not_alarm()
    {
        var random = new RandomSource(16);
        var frame = new Frame(Enumerable.Range(0, 4).Select(column => new Int64Column($"answer{column}", [.. Enumerable.Range(0, Rows).Select(_ => (long)random.NextInt(3))])));

        Audit(new TrainingTable(frame, Classes.Target)).Alarms.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("credit-g", "class")]
    [InlineData("vehicle", "Class")]
    [InlineData("car", "class")]
    [InlineData("kr-vs-kp", "class")]
    [InlineData("abalone", "Class_number_of_rings")]
    [InlineData("boston", "MEDV")]
    [InlineData("california_housing", "median_house_value")]
    [InlineData("quake", "richter")]
    public void Clean_tables_of_the_real_world_do_not_alarm(string table, string target)
    {
        Frame frame = TableFile.Read(SharedData.Path($"automl/{table}.csv"), new TableReadOptions(), TestContext.Current.CancellationToken).Frame;

        Training.Audit(new TrainingPlan { Target = target }, frame, TestContext.Current.CancellationToken).Alarms.ShouldBeEmpty();
    }

    /// <summary>150 patients with four visits each; age and blood group are the patient's, the outcome mostly is.</summary>
    private static TrainingTable Patients()
    {
        var random = new RandomSource(17);
        int[] patient = [.. Enumerable.Range(0, Rows).Select(row => row / 4)];
        double[] age = [.. Enumerable.Range(0, 150).Select(_ => Math.Round(20 + 60 * random.NextDouble(), 1))], weight = [.. Enumerable.Range(0, 150).Select(_ => Math.Round(50 + 50 * random.NextDouble(), 1))];
        bool[] ill = [.. age.Select(years => years + 30 * random.NextGaussian() > 50)];
        var frame = new Frame(
            CategoryColumn.Of("patient_id", [.. patient.Select(code => $"P{code:000}")]),
            Column("age", patient.Select(code => age[code])),
            Column("weight", patient.Select(code => weight[code])),
            Column("pulse", patient.Select(_ => 60 + 20 * random.NextGaussian())));
        return new TrainingTable(frame, new ClassTarget("ill", [.. patient.Select(code => ill[code] == (random.NextDouble() < 0.9) ? 1 : 0)], ["no", "yes"]));
    }
}
