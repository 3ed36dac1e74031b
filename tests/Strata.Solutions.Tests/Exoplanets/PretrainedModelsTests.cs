using System.IO.Compression;
using Shouldly;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Exoplanets.Pretrained;
using Strata.Solutions.Exoplanets.Survey;
using Xunit;

namespace Strata.Solutions.Tests.Exoplanets;

public sealed class PretrainedModelsTests
{
    public static TheoryData<string> Names => [.. PretrainedModels.All.Select(model => model.Card.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_reads_the_common_vocabulary_and_its_card_says_so(string name)
    {
        PretrainedModel model = PretrainedModels.Named(name);
        model.File.Model.Signature.Features.Names.ShouldBe(TransitFeatures.Columns.Select(column => column.Name));
        model.Card.Inputs.Select(input => input.Name).ShouldBe(TransitFeatures.Columns.Select(column => column.Name));
        model.Card.Classes.ShouldBe(model.File.Model.Signature.Classes);
        model.Card.Metrics.Keys.ShouldContain("accuracy");
        model.Card.TrainedOn.ShouldNotBeEmpty();
        model.Card.Licence.ShouldContain("NASA Exoplanet Archive");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_file_is_small_and_holds_trees_and_nothing_of_the_size_of_a_table(string name)
    {
        PretrainedModel model = PretrainedModels.Named(name);
        using Stream stream = model.Open();
        stream.Length.ShouldBeLessThan(500_000);
        using var zip = new ZipArchive(stream);
        string[] trees =
        [
            "base_scores", "category_set", "category_set_start", "category_words", "cover", "feature", "gain", "left", "missing_left", "right", "row_count", "threshold", "tree_output", "tree_start", "value",
        ];
        zip.Entries.Select(entry => entry.FullName).Order().ShouldBe(trees.Select(tree => $"tensors/content.trees.{tree}").Append("manifest.json").Order());
        zip.GetEntry("manifest.json")!.Length.ShouldBeLessThan(20_000);
        int rows = model.Card.TrainedOn.Sum(table => table.Rows);
        model.Card.Inputs.ShouldAllBe(input => input.Quantiles.Count <= 5);
        rows.ShouldBeGreaterThan(1000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_predicts_on_every_mission(string name)
    {
        IModel model = PretrainedModels.Named(name).File.Model;
        foreach (Mission mission in Mission.All)
        {
            Frame features = TransitFeatures.Of(new TransitSurvey { Mission = mission, Stars = 5000 }.Table(), mission.Columns);
            Predictions predictions = model.Predict(features);
            predictions.RowCount.ShouldBe(features.RowCount);
            predictions.Values.ShouldAllBe(value => value >= 0 && value <= 1);
        }
    }

    [Fact]
    public void The_solution_lists_its_models() =>
        Solution.All.Single(solution => solution.Name == "exoplanets").Pretrained.Select(model => model.Card.Name).ShouldBe(PretrainedModels.All.Select(model => model.Card.Name));
}
