using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Workflow;

public class DistilledTrainingTests
{
    private const int Rows = 300;
    private static readonly FitContext Context = new() { Threads = 1 };
    private static readonly Frame Table = TableOf(seed: 1);
    private static readonly TrainingOutcome Teacher = Training.Run(Plan("random_forest", ("trees", 20)), Table, Context, withImportance: false);

    [Fact]
    public void The_small_model_learns_from_the_rows_that_are_not_tested_and_its_teacher_is_as_good_as_it_was()
    {
        var held = Teacher.Test.RowNumbers.ToHashSet();

        DistilledOutcome outcome = DistilledTraining.Run(Plan(), ("forest", Teacher.Model), Table, Context, unseen: held, withImportance: false);

        outcome.Training.Test.RowNumbers.ShouldBe(Teacher.Test.RowNumbers, ignoreOrder: true);
        outcome.Training.TrainingRows.ShouldBe(Rows - held.Count);
        outcome.Teacher.Metric.ShouldBe("log_loss");
        outcome.Teacher.Metrics["log_loss"].ShouldBe(Teacher.Evaluation.Metrics["log_loss"], 1e-12);
        outcome.Teacher.Fidelity!.Value.ShouldBeInRange(0.7, 1);
        outcome.Training.Evaluation.Metrics["accuracy"].ShouldBeGreaterThan(0.75);
        outcome.Training.Notes[0].ShouldStartWith($"It learned to answer as 'forest' does, from {Rows - held.Count} rows");
    }

    [Fact]
    public void The_truth_of_the_rows_that_are_learned_from_is_not_looked_at()
    {
        var held = Teacher.Test.RowNumbers.ToHashSet();
        string[] truth = [.. Enumerable.Range(0, Rows).Select(row => held.Contains(row) ? Table["y"].TextAt(row)! : "no")];
        Frame wrong = Table.With(new TextColumn("y", truth));

        DistilledOutcome right = DistilledTraining.Run(Plan(), ("forest", Teacher.Model), Table, Context, unseen: held, withImportance: false);
        DistilledTraining.Run(Plan(), ("forest", Teacher.Model), wrong, Context, unseen: held, withImportance: false).Training.Evaluation.Metrics.ShouldBe(right.Training.Evaluation.Metrics);
    }

    [Fact]
    public void Rows_of_which_nothing_is_known_are_parted_by_chance_and_a_table_of_its_own_is_tested_whole()
    {
        DistilledOutcome parted = DistilledTraining.Run(Plan(), ("forest", Teacher.Model), TableOf(seed: 2), Context, withImportance: false);
        (parted.Training.TrainingRows, parted.Training.Test.RowNumbers.Length).ShouldBe((240, 60));

        DistilledOutcome apart = DistilledTraining.Run(Plan(), ("forest", Teacher.Model), Table, Context, test: TableOf(seed: 3), withImportance: false);
        (apart.Training.TrainingRows, apart.Training.Test.RowNumbers.Length).ShouldBe((Rows, Rows));
    }

    [Fact]
    public void What_cannot_be_distilled_is_refused()
    {
        Should.Throw<DataException>(() => DistilledTraining.Run(Plan("ridge"), ("forest", Teacher.Model), Table, Context)).Message.ShouldContain("'ridge'");
        Should.Throw<DataException>(() => DistilledTraining.Run(Plan() with { Target = "x" }, ("forest", Teacher.Model), Table, Context)).Message.ShouldContain("predicts 'y'");
        Should.Throw<DataException>(() => DistilledTraining.Run(Plan(), ("forest", Teacher.Model), Table, Context, unseen: new HashSet<int> { 1, 2 })).Message.ShouldContain("Only 2 rows");
    }

    private static TrainingPlan Plan(string algorithm = "gradient_boosting", params (string Name, JsonNode Value)[] settings) => new()
    {
        Target = "y",
        Algorithm = algorithm,
        Hyperparameters = algorithm == "gradient_boosting" ? new Dictionary<string, JsonNode?> { ["trees"] = 40 } : settings.ToDictionary(pair => pair.Name, pair => (JsonNode?)pair.Value),
        Seed = 1,
    };

    private static Frame TableOf(ulong seed)
    {
        var random = new RandomSource(seed);
        double[] x = [.. Enumerable.Range(0, Rows).Select(_ => random.NextGaussian())], z = [.. Enumerable.Range(0, Rows).Select(_ => random.NextGaussian())];
        return new Frame(new Float64Column("x", x), new Float64Column("z", z), new TextColumn("y", [.. x.Zip(z, (a, b) => a + (b > 0 ? 1 : -1) + 0.2 * random.NextGaussian() > 0 ? "yes" : "no")]));
    }
}
