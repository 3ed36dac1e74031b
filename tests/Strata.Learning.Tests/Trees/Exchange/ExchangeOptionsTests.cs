using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Learning.Trees.Exchange;
using Xunit;

namespace Strata.Learning.Tests.Trees.Exchange;

public sealed class ExchangeOptionsTests
{
    private static readonly FitContext Context = new() { Seed = 1, Threads = 1 };

    [Fact]
    public void Every_reason_against_an_export_is_told_at_once()
    {
        PipelineModel model = new Pipeline([new Impute(), new OneHot()], new RandomForest { Trees = 3 }).Fit(ExchangeTable.Of("four classes", 200), Context);

        DataException refusal = Should.Throw<DataException>(() => ModelExport.Of(model, TreeModelFormat.Xgboost));

        refusal.Problems.Count.ShouldBe(2);
        refusal.Problems[0].ShouldContain("softmax");
        refusal.Problems[1].ShouldContain("impute, one_hot");
        refusal.Problems[1].ShouldContain("--without-preparation");
    }

    [Fact]
    public void Without_its_preparation_a_model_expects_the_prepared_columns()
    {
        TrainingTable table = ExchangeTable.Of("number", 200);
        PipelineModel model = new Pipeline([new Impute(), new OneHot()], new GradientBoosting { Trees = 5 }).Fit(table, Context);

        ExportedModel exported = ModelExport.Of(model, TreeModelFormat.Lightgbm, withoutPreparation: true);

        exported.Columns.Select(column => column.Name).ShouldContain("colour=red");
        exported.Notes.ShouldContain(note => note.Contains("impute, one_hot", StringComparison.Ordinal));
        var prepared = new Frame(model.Prepare(table.Features).Columns.Select((column, i) => column.Named(exported.Columns[i].Name)));
        ModelImport.Read(exported.Content).Model.Predict(prepared).Values.ShouldBe(model.Predict(table.Features).Values, 1e-12);
    }

    [Fact]
    public void Columns_that_a_model_left_out_do_not_stand_against_an_export()
    {
        TrainingTable table = ExchangeTable.Of("number", 200);
        PipelineModel model = new Pipeline([new DropColumns(["flag"])], new GradientBoosting { Trees = 5 }).Fit(table, Context);

        ModelExport.Of(model, TreeModelFormat.Xgboost).Columns.Select(column => column.Name).ShouldBe(["a", "b", "colour"]);
    }

    [Fact]
    public void Zero_as_missing_is_LightGBMs_own_and_refused_for_XGBoost()
    {
        IModel model = ModelImport.Read(ExchangeFixture.Read("lightgbm_zero_as_missing").ModelPath).Model;

        Should.Throw<DataException>(() => ModelExport.Of(model, TreeModelFormat.Xgboost)).Message.ShouldContain("mark_missing");
        ModelExport.Of(model, TreeModelFormat.Lightgbm).Columns.Count.ShouldBe(5);
    }

    [Fact]
    public void Names_that_the_other_program_refuses_are_changed_and_stay_different()
    {
        TrainingTable table = ExchangeTable.Of("number", 200);
        Frame renamed = new(table.Features["a"].Named("x [m]"), table.Features["b"].Named("x_[m]"), table.Features["flag"].Named("x <m>"));
        GradientBoostingModel model = new GradientBoosting { Trees = 3 }.Fit(new TrainingTable(renamed, table.Target), Context);

        ModelExport.Of(model, TreeModelFormat.Xgboost).Columns.Select(column => column.Name).ShouldBe(["x _m_", "x__m_", "x _m>"]);
        ExportedModel lightgbm = ModelExport.Of(model, TreeModelFormat.Lightgbm);
        lightgbm.Columns.Select(column => column.Name).ShouldBe(["x_[m]", "x_[m]_2", "x_<m>"]);
        lightgbm.Notes.ShouldContain(note => note.Contains("'x [m]' to 'x_[m]'", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_rounds_can_be_taken_and_classes_must_fit()
    {
        string path = ExchangeFixture.Read("xgboost_multiclass").ModelPath;

        ((ITreeModel)ModelImport.Read(path, new ImportOptions { Rounds = 2 }).Model).Trees.TreeCount.ShouldBe(8);
        Should.Throw<DataException>(() => ModelImport.Read(path, new ImportOptions { Rounds = 6 })).Message.ShouldContain("5 rounds");
        Should.Throw<DataException>(() => ModelImport.Read(path, new ImportOptions { Classes = ["a", "b", "b", "c"] })).Message.ShouldContain("4 different names");
        ModelImport.Read(path, new ImportOptions { Classes = ["a", "b", "c", "d"] }).Model.Signature.Classes.ShouldBe(["a", "b", "c", "d"]);
    }

    [Theory]
    [InlineData("[9.75E1]")]
    [InlineData("97.5")]
    public void A_base_score_may_be_a_list_as_later_versions_write_it(string baseScore)
    {
        ExchangeFixture fixture = ExchangeFixture.Read("xgboost_regression");
        string text = File.ReadAllText(fixture.ModelPath).Replace("\"base_score\":\"9.75E1\"", $"\"base_score\":\"{baseScore}\"", StringComparison.Ordinal);

        ((ITreeModel)ModelImport.Read(System.Text.Encoding.UTF8.GetBytes(text)).Model).Trees.BaseScores.ShouldBe([97.5]);
    }
}
