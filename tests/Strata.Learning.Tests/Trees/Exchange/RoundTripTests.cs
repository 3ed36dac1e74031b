using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Trees;
using Strata.Learning.Trees.Exchange;
using Xunit;

namespace Strata.Learning.Tests.Trees.Exchange;

public sealed class RoundTripTests
{
    /// <summary>All but zero as missing for XGBoost, which has no word for it: the refusal is tested with the others.</summary>
    public static TheoryData<string, TreeModelFormat> Imported => new(ExchangeFixture.Names.SelectMany(name => Enum.GetValues<TreeModelFormat>().Where(format => format == TreeModelFormat.Lightgbm || !name.Contains("zero", StringComparison.Ordinal)).Select(format => (name, format))));

    public static TheoryData<string, TreeModelFormat> Trained => Both(["number", "two classes", "four classes", "poisson", "gamma", "tweedie", "absolute_error", "quantile", "huber", "lambda_rank"]);

    [Theory]
    [MemberData(nameof(Imported))]
    public void A_model_that_was_imported_is_exported_to_the_same_predictions(string name, TreeModelFormat format)
    {
        ExchangeFixture fixture = ExchangeFixture.Read(name);
        IModel model = ModelImport.Read(fixture.ModelPath).Model;
        string[] classes = [.. model.Signature.Classes];

        ExportedModel exported = ModelExport.Of(model, format);
        IModel back = ModelImport.Read(exported.Content, new ImportOptions { Target = model.Signature.Target, Classes = classes.Length == 0 ? null : classes }).Model;

        Same(back.Predict(Renamed(fixture.Rows, exported)), model.Predict(fixture.Rows), format, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Trained))]
    public void A_model_that_was_trained_here_comes_back_from_a_file_with_the_same_predictions(string kind, TreeModelFormat format)
    {
        TrainingTable table = ExchangeTable.Of(kind, 500);
        GradientBoostingModel model = ExchangeTable.Boosted(kind, table);

        ExportedModel exported = ModelExport.Of(model, format);
        ImportedModel back = ModelImport.Read(exported.Content, new ImportOptions { Target = "y", Classes = table.Target.Classes.Count == 0 ? null : table.Target.Classes });

        back.Model.Signature.Features.Names.ShouldBe(model.Signature.Features.Names);
        Same(back.Model.Predict(table.Features), model.Predict(table.Features), format, 2e-6);
        if (format == TreeModelFormat.Lightgbm)
        {
            ((GradientBoostingModel)back.Model).Objective.ShouldBe(model.Objective);
        }
    }

    [Theory]
    [InlineData("number", TreeModelFormat.Xgboost)]
    [InlineData("number", TreeModelFormat.Lightgbm)]
    [InlineData("two classes", TreeModelFormat.Xgboost)]
    [InlineData("two classes", TreeModelFormat.Lightgbm)]
    [InlineData("four classes", TreeModelFormat.Lightgbm)]
    public void A_forest_comes_back_from_a_file_with_the_same_predictions(string kind, TreeModelFormat format)
    {
        TrainingTable table = ExchangeTable.Of(kind, 400);
        RandomForestModel model = new RandomForest { Trees = 15, MaxDepth = 6 }.Fit(table, new FitContext { Seed = 3, Threads = 1 });

        ImportedModel back = ModelImport.Read(ModelExport.Of(model, format).Content, new ImportOptions { Target = "y", Classes = table.Target.Classes.Count == 0 ? null : table.Target.Classes });

        back.Model.Signature.Task.ShouldBe(model.Signature.Task);
        Same(back.Model.Predict(table.Features), model.Predict(table.Features), format, 2e-6);
    }

    [Fact]
    public void Levels_come_back_by_name_from_both_formats()
    {
        GradientBoostingModel model = new GradientBoosting { Trees = 8 }.Fit(ExchangeTable.Of("number", 400), new FitContext { Seed = 1, Threads = 1 });

        foreach (TreeModelFormat format in Enum.GetValues<TreeModelFormat>())
        {
            ExportedModel exported = ModelExport.Of(model, format);

            exported.Levels["colour"].ShouldBe(["blue", "green", "red", "violet", "yellow"]);
            SchemaColumn colour = ModelImport.Read(exported.Content).Model.Signature.Features.Columns.Single(column => column.Name == "colour");
            colour.Levels.ShouldBe(exported.Levels["colour"]);
            colour.UnseenLevel.ShouldBeNull();
        }
    }

    /// <summary>LightGBM holds doubles: the same bits. XGBoost holds floats.</summary>
    private static void Same(Predictions back, Predictions original, TreeModelFormat format, double tolerance)
    {
        back.Classes.ShouldBe(original.Classes);
        for (int i = 0; i < original.Values.Length; i++)
        {
            double allowed = format == TreeModelFormat.Lightgbm ? 1e-12 : tolerance;
            back.Values[i].ShouldBe(original.Values[i], allowed * Math.Max(1, Math.Abs(original.Values[i])), $"value {i}");
        }
    }

    private static Frame Renamed(Frame rows, ExportedModel exported) => new(rows.Columns.Select((column, i) => column.Named(exported.Columns[i].Name)));

    private static TheoryData<string, TreeModelFormat> Both(IEnumerable<string> names) => new(names.SelectMany(name => Enum.GetValues<TreeModelFormat>().Select(format => (name, format))));
}
