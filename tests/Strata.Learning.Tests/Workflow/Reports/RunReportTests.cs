using System.Text;
using System.Text.RegularExpressions;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Learning.Workflow.Reports;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Workflow.Reports;

public partial class RunReportTests
{
    private const string Hostile = "</style><script>alert('x')</script>\u202e\"&";

    private static readonly FitContext Context = new() { Threads = 1, Clock = new StandingClock() };

    [Fact]
    public void A_page_says_what_the_training_gave()
    {
        RunReport report = Trained(LearningTask.BinaryClassification);
        string page = report.ToHtml();

        foreach (string heading in new[] { "Data", "Leaks", "How good it is", "Where it is right and wrong", "Reasons", "Where it is worst", "Notes and limits", "How to reproduce", "Model card" })
        {
            page.ShouldContain($">{heading}</h2>");
        }

        foreach (string picture in new[] { "confusion", "roc", "precision-recall", "calibration", "importance", "beeswarm-0", "dependence-0", "dependence-1" })
        {
            page.ShouldContain($"id=\"{picture}-title\"");
        }

        report.Reasons.RowCount.ShouldBe(60);
        report.Reasons.Outputs.Single().Columns.Count.ShouldBe(6);
        report.Data.Target!.Classes.Sum(share => share.Rows).ShouldBe(300);
        report.Data.MissingCells.ShouldBeGreaterThan(10);
        page.ShouldContain("strata train flowers.csv --target outcome --algorithm gradient_boosting --seed 5 --set trees=10");
        page.ShouldContain(report.Data.Fingerprint);
    }

    [Theory]
    [InlineData(LearningTask.Regression)]
    [InlineData(LearningTask.MulticlassClassification)]
    public void Numbers_and_several_classes_have_pictures_of_their_own(LearningTask task)
    {
        string page = Trained(task).ToHtml();

        page.Contains("id=\"predicted-title\"", StringComparison.Ordinal).ShouldBe(task == LearningTask.Regression);
        page.Contains("id=\"target-title\"", StringComparison.Ordinal).ShouldBe(task == LearningTask.Regression);
        page.Contains("id=\"beeswarm-2-title\"", StringComparison.Ordinal).ShouldBe(task != LearningTask.Regression);
    }

    [Theory]
    [InlineData(LearningTask.BinaryClassification)]
    [InlineData(LearningTask.Regression)]
    public void Page_and_JSON_say_the_same_and_the_same_training_gives_the_same_bytes(LearningTask task)
    {
        RunReport report = Trained(task), again = Trained(task);

        again.ToHtml().ShouldBe(report.ToHtml());
        again.ToJson().ShouldBe(report.ToJson());
        RunReport.FromJson(report.ToJson()).ToHtml().ShouldBe(report.ToHtml());
    }

    [Fact]
    public void Ids_on_the_page_are_unique_and_links_lead_to_them()
    {
        string page = Trained(LearningTask.MulticlassClassification).ToHtml();

        string[] ids = [.. Id().Matches(page).Select(match => match.Groups[1].Value)];
        ids.ShouldBeUnique();
        string[] links = [.. Link().Matches(page).Select(match => match.Groups[1].Value)];
        links.ShouldNotBeEmpty();
        links.ShouldBeSubsetOf(ids);
    }

    [Fact]
    public void Nothing_on_the_page_runs_or_comes_from_elsewhere_whatever_names_say()
    {
        Frame table = Table(LearningTask.BinaryClassification);
        Column[] renamed = [.. table.Columns.Select(column => column.Name == "height" ? column.Named(Hostile) : column)];
        var target = (CategoryColumn)table["outcome"];
        renamed[^1] = new CategoryColumn("outcome", target.Codes, [Hostile + "a", Hostile + "b"]);
        var plan = new TrainingPlan { Target = "outcome", Algorithm = "decision_tree", Threads = 1, Statements = new ModelStatements { IntendedUse = Hostile, Owner = "<img src=x onerror=alert(1)>" } };
        TrainingOutcome outcome = Training.Run(plan, new Frame(renamed), Context);

        string page = RunReport.Of(outcome, new Frame(renamed), new ReportFacts
        {
            Title = Hostile,
            TableName = Hostile,
            Notes = [Hostile],
            Leaderboard = new Ranking("roc_auc", true, Hostile, [new RankedModel(Hostile) { Score = 0.5 }, new RankedModel("b") { Problem = Hostile }]),
            Curves = [new Learning.Workflow.Plots.Series(Hostile, [1, 2], [1, 2])],
        }).ToHtml();

        page.ShouldNotContain("<script");
        page.ShouldNotContain("<img");
        page.Contains('\u202e', StringComparison.Ordinal).ShouldBeFalse();
        page.Split("</style>").Length.ShouldBe(page.Split("<style>").Length);
        page.Replace("http://www.w3.org/2000/svg", string.Empty, StringComparison.Ordinal).ShouldNotContain("http");
        Tag().Matches(page).ShouldAllBe(tag => !tag.Value.Contains("src=", StringComparison.Ordinal) && !tag.Value.Contains(" on", StringComparison.Ordinal));
        page.ShouldContain("&lt;script&gt;alert");
        Encoding.UTF8.GetByteCount(page).ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public void The_card_has_the_usual_headings_and_says_what_nobody_stated()
    {
        RunReport report = Trained(LearningTask.BinaryClassification, new ModelStatements { IntendedUse = "To sort flowers.", Owner = "Ada" });

        report.ModelCard.Select(section => section.Heading).ShouldBe(
            ["Model details", "Intended use", "Factors", "Metrics", "Evaluation data", "Training data", "Quantitative analyses", "Ethical considerations", "Caveats and recommendations"]);
        report.ModelCard[0].Sentences.ShouldContain("Owner: Ada");
        report.ModelCard[1].Sentences[0].ShouldBe("To sort flowers.");
        report.ModelCard[7].Sentences.ShouldBe(["Not stated."]);
        report.Reproduction.Command.ShouldContain("--state 'intended_use=To sort flowers.'");
    }

    [Fact]
    public void Statements_change_nothing_of_the_training()
    {
        TrainingOutcome plain = Training.Run(Plan, Table(LearningTask.BinaryClassification), Context);
        TrainingOutcome stated = Training.Run(Plan with { Statements = new ModelStatements { Owner = "Ada" } }, Table(LearningTask.BinaryClassification), Context);

        stated.TestPredictions.Values.ShouldBe(plain.TestPredictions.Values);
    }

    [Fact]
    public void A_model_without_exact_contributions_says_why()
    {
        TrainingOutcome outcome = Training.Run(Plan with { Algorithm = "k_nearest_neighbors", Hyperparameters = new TrainingPlan().Hyperparameters }, Table(LearningTask.BinaryClassification), Context);
        RunReport report = RunReport.Of(outcome, Table(LearningTask.BinaryClassification), new ReportFacts { Context = Context });

        report.Reasons.Outputs.ShouldBeEmpty();
        report.Reasons.Importance.ShouldNotBeEmpty();
        report.Reasons.Effects.Count.ShouldBe(4);
        report.Reasons.Effects[0].Column.ShouldBe(report.Reasons.Importance[0].Column);
        report.ToHtml().ShouldContain("id=\"effect-3-title\"");
        RunReport.FromJson(report.ToJson()).ToHtml().ShouldBe(report.ToHtml());
        report.ToHtml().ShouldContain(HtmlText.Encoded(report.Reasons.Without!));
    }

    [Fact]
    public void A_stored_model_is_judged_on_another_table()
    {
        Frame table = Table(LearningTask.BinaryClassification), other = Table(LearningTask.BinaryClassification, seed: 9);
        ModelFile file = Training.Run(Plan with { Statements = new ModelStatements { Owner = "Ada" } }, table, Context).ToModelFile();

        RunReport report = RunReport.Of(file, PlannedTable.Like(Plan, other, file.Model.Signature), other, new ReportFacts { TableName = "other.csv", Context = Context });

        (report.Kind, report.TestRows, report.Evaluation!.RowCount).ShouldBe((ReportKind.Evaluation, 300, 300));
        report.Evaluation.Intervals.Keys.ShouldContain("roc_auc");
        report.Statements.Owner.ShouldBe("Ada");
        report.LeakChecks.ShouldBeEmpty();
        RunReport.FromJson(report.ToJson()).ToHtml().ShouldBe(report.ToHtml());
    }

    [Fact]
    public void A_comparison_and_a_choice_have_their_leaderboard()
    {
        Frame table = Table(LearningTask.BinaryClassification);
        var plan = new ComparisonPlan { Plan = Plan, Algorithms = ["decision_tree(max_depth=2)", "logistic_regression"], Folds = 3 };
        AlgorithmComparison comparison = AlgorithmComparison.Run(plan, table, Context);

        RunReport report = RunReport.Of(comparison, plan, table, new ReportFacts { TableName = "flowers.csv", Context = Context });

        report.Leaderboard!.Rows.Select(row => row.Name).ShouldBe(["logistic_regression", "decision_tree(max_depth=2)", "baseline"]);
        RankedModel first = report.Leaderboard.Rows[0];
        first.Score.ShouldBe(comparison.Algorithms[0].Scores.Average());
        (first.Low < first.Score && first.Score < first.High).ShouldBeTrue();
        report.ModelCard.ShouldBeEmpty();
        report.ToHtml().ShouldContain("id=\"leaderboard-title\"");
        RunReport.FromJson(report.ToJson()).ToHtml().ShouldBe(report.ToHtml());
    }

    [Fact]
    public void An_automatic_training_shows_all_that_it_tried_with_scores_on_test_rows()
    {
        var settings = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["preset"] = "fast", ["algorithms"] = new System.Text.Json.Nodes.JsonArray("linear"), ["folds"] = 2, ["deterministic"] = true };
        Frame table = Table(LearningTask.BinaryClassification);
        TrainingOutcome outcome = Training.Run(Plan with { Algorithm = "automl", Hyperparameters = settings }, table, Context, withImportance: false);

        RunReport report = RunReport.Of(outcome, table, new ReportFacts { Context = Context });

        report.Kind.ShouldBe(ReportKind.Automl);
        report.Leaderboard!.Rows[0].Name.ShouldBe("ensemble");
        report.Leaderboard.Rows.Count(row => row.TestScore is not null).ShouldBeGreaterThan(1);
        report.ToHtml().ShouldContain("id=\"leaderboard-title\"");
    }

    [Fact]
    public void Outliers_that_nobody_named_are_reported_without_pictures_of_right_and_wrong()
    {
        Frame table = Table(LearningTask.BinaryClassification).Drop(["outcome", "colour", "side"]);
        TrainingOutcome outcome = Training.Run(new TrainingPlan { Algorithm = "isolation_forest", Threads = 1 }, table, Context);

        RunReport report = RunReport.Of(outcome, table, new ReportFacts { Context = Context });

        report.Data.Target.ShouldBeNull();
        report.LeakChecks.ShouldBeEmpty();
        report.ToHtml().ShouldContain(">Model card</h2>");
    }

    [Fact]
    public void The_largest_page_stays_below_a_megabyte()
    {
        const int rows = 6000, columns = 120, classes = 30;
        var random = new Strata.Tensors.RandomSource(2);
        int[] codes = [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(classes))];
        Column[] numbers = [.. Enumerable.Range(0, columns).Select(column => new Float64Column($"a rather long name of column {column}", [.. codes.Select(code => code * (column % 3) + random.NextGaussian())]))];
        var table = new Frame(numbers.Append(new CategoryColumn("outcome", codes, [.. Enumerable.Range(0, classes).Select(code => $"class number {code:00}")])));
        TrainingOutcome outcome = Training.Run(new TrainingPlan { Target = "outcome", Algorithm = "random_forest", Hyperparameters = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["trees"] = 5, ["max_depth"] = 5 }, Threads = 2 }, table, Context, withImportance: false);

        RunReport report = RunReport.Of(outcome, table, new ReportFacts { Context = Context });

        Encoding.UTF8.GetByteCount(report.ToHtml()).ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public void Files_are_written_beside_one_another_and_a_JSON_name_is_refused()
    {
        string folder = Directory.CreateTempSubdirectory("strata-report-").FullName;
        try
        {
            RunReport report = Trained(LearningTask.Regression);
            report.Save(Path.Combine(folder, "r.html")).ShouldBe([Path.Combine(folder, "r.html"), Path.Combine(folder, "r.json")]);
            File.ReadAllText(Path.Combine(folder, "r.html")).ShouldBe(report.ToHtml());
            File.ReadAllText(Path.Combine(folder, "r.json")).ShouldBe(report.ToJson());
            Should.Throw<DataException>(() => report.Save(Path.Combine(folder, "r.json"))).Message.ShouldContain(".html");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static readonly TrainingPlan Plan = new() { Target = "outcome", Algorithm = "gradient_boosting", Hyperparameters = new Dictionary<string, System.Text.Json.Nodes.JsonNode?> { ["trees"] = 10 }, Seed = 5, Threads = 1 };

    private static RunReport Trained(LearningTask task, ModelStatements? statements = null)
    {
        Frame table = Table(task);
        TrainingOutcome outcome = Training.Run(Plan with { Statements = statements }, table, Context);
        return RunReport.Of(outcome, table, new ReportFacts { TableName = "flowers.csv", Context = Context });
    }

    private static Frame Table(LearningTask task, ulong seed = 1)
    {
        TrainingTable sample = SampleTables.Mixed(task, seed: seed);
        return sample.Features.With(sample.Target is ClassTarget classes ? new CategoryColumn("outcome", classes.Codes, classes.Classes) : new Float64Column("outcome", ((NumberTarget)sample.Target).Values));
    }

    [GeneratedRegex(" id=\"([^\"]*)\"", RegexOptions.None, 10_000)]
    private static partial Regex Id();

    [GeneratedRegex("<[a-zA-Z][^>]*>", RegexOptions.None, 10_000)]
    private static partial Regex Tag();

    [GeneratedRegex("href=\"#([^\"]*)\"", RegexOptions.None, 10_000)]
    private static partial Regex Link();

    /// <summary>No time goes by, so that fits take none.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
