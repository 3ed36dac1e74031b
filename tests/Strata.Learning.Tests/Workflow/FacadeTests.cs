using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Workflow;

public class FacadeTests
{
    private static readonly FitContext Context = new() { Threads = 1 };

    [Fact]
    public void A_selection_has_not_seen_the_rows_that_the_training_tests_on()
    {
        // The targets of the rows set aside are spoilt. A choice that looked at them would come out differently.
        DataPreparation data = DataPreparation.Of(Table(LearningTask.Regression)).Predict("outcome").Seeded(3);
        int[] tested = TrainingDashboard.Train(data.Using("decision_tree"), Context).Outcome.Test.RowNumbers;
        Column outcome = data.Table["outcome"];
        double[] spoilt = [.. Enumerable.Range(0, outcome.Count).Select(row => tested.Contains(row) ? 1e6 * row : outcome.NumberAt(row))];
        DataPreparation other = DataPreparation.Of(data.Table.With(new Float64Column("outcome", spoilt))).Predict("outcome").Seeded(3);

        Selection first = new ModelSelector(data).Try("decision_tree", "ridge").Select(Context);
        Selection second = new ModelSelector(other).Try("decision_tree", "ridge").Select(Context);

        TrainingDashboard.Train(other.Using("decision_tree"), Context).Outcome.Test.RowNumbers.Order().ShouldBe(tested.Order());
        second.Comparison.Algorithms.Select(one => one.Scores).ShouldBe(first.Comparison.Algorithms.Select(one => one.Scores));
    }

    [Fact]
    public void Preparing_changes_nothing_and_decides_step_by_step()
    {
        DataPreparation data = DataPreparation.Of(Table());

        DataPreparation further = data.Predict("outcome").LeaveOut("side").KeepTogether("colour").FillGaps().Scale().Step("select_variance");

        (data.Plan.Target, data.Plan.Preparation, data.Plan.Group).ShouldBe((null, null, null));
        data.Plan.Drop.ShouldBeEmpty();
        further.Plan.Preparation!.Select(step => step.Step).ShouldBe(["impute", "scale", "select_variance"]);
        (further.Plan.Target, further.Plan.Group).ShouldBe(("outcome", "colour"));
        further.Plan.Drop.ShouldBe(["side"]);
        Should.Throw<DataException>(() => data.Step("scael")).Message.ShouldContain("scale");
    }

    [Fact]
    public void Steps_are_fitted_on_training_rows_only()
    {
        DataPreparation data = DataPreparation.Of(Table()).Predict("outcome").FillGaps(Strata.Learning.Preparation.NumberFill.Mean).Seeded(3);
        TrainingOutcome outcome = TrainingDashboard.Train(data.Using("logistic_regression"), Context).Outcome;
        int[] training = [.. Enumerable.Range(0, data.Table.RowCount).Except(outcome.Test.RowNumbers)];
        double mean = training.Select(row => data.Table["height"].NumberAt(row)).Where(double.IsFinite).Average();

        Frame missing = data.Table.Drop(["outcome"]).Take([0]).With(new Float64Column("height", [double.NaN]));

        ((Strata.Learning.Preparation.PipelineModel)outcome.Model).Steps[0].Apply(missing)["height"].NumberAt(0).ShouldBe(mean, 1e-9);
    }

    [Fact]
    public void A_dashboard_keeps_the_curves_and_a_deployment_answers_the_same_after_its_file()
    {
        string folder = Directory.CreateTempSubdirectory("strata-facade-").FullName;
        try
        {
            using var watch = new StringWriter();
            TrainingDashboard training = TrainingDashboard.Train(DataPreparation.Of(Table()).Predict("outcome").Using("gradient_boosting"), Context, watch);
            string path = Path.Combine(folder, "m.strata");
            ModelDeployment.Of(training, "Outcome").Save(path);
            ModelDeployment deployed = ModelDeployment.Load(path);
            training.SaveCurves(Path.Combine(folder, "curves.svg"));
            IReadOnlyList<string> saved = ModelEvaluator.Of(training).Save(Path.Combine(folder, "evaluation"));

            training.Curves.ShouldNotBeEmpty();
            training.Curves[0].X[0].ShouldBe(1);
            watch.ToString().ShouldContain("100 %");
            saved.Select(Path.GetFileName).ShouldBe(["confusion.svg", "roc.svg", "precision_recall.svg", "calibration.svg", "importance.svg", "evaluation.json"]);
            File.ReadAllText(Path.Combine(folder, "curves.svg")).ShouldContain("</svg>");
            deployed.Card.Title.ShouldBe("Outcome");
            Frame one = Table().Take([4]);
            double expected = training.Outcome.Model.Predict(one).Values[1];
            deployed.Predict(one).Values[1].ShouldBe(expected);
            deployed.Predict(one.Columns.Where(column => column.Name != "outcome").ToDictionary(column => column.Name, Value)).Values[1].ShouldBe(expected);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_row_with_an_unknown_column_is_refused_with_the_near_name()
    {
        ModelDeployment deployed = ModelDeployment.Of(TrainingDashboard.Train(DataPreparation.Of(Table()).Predict("outcome").Using("decision_tree"), Context));

        Should.Throw<DataException>(() => deployed.Predict(new Dictionary<string, object?> { ["hieght"] = 180.0 })).Message.ShouldContain("Did you mean 'height'?");
    }

    private static object? Value(Column column) => column.IsMissing(0) ? null
        : column is BooleanColumn boolean ? boolean.Values[0]
        : column.IsNumeric ? column.NumberAt(0) : column.TextAt(0);

    private static Frame Table(LearningTask task = LearningTask.BinaryClassification)
    {
        TrainingTable sample = SampleTables.Mixed(task);
        int[] order = [.. Enumerable.Range(0, sample.RowCount)];
        new RandomSource(9).Shuffle<int>(order);
        Column outcome = sample.Target is NumberTarget numbers ? new Float64Column("outcome", numbers.Values) : new CategoryColumn("outcome", ((ClassTarget)sample.Target).Codes, sample.Target.Classes);
        return sample.Features.With(outcome).Take(order);
    }
}
