using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Linear;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Ensembles;

public class BlockEnsembleTests
{
    private static readonly FitContext Context = new() { Seed = 3, Threads = 1 };

    private static Pipeline Line(LearningTask task) => new Pipeline(DefaultPreparation.CompleteNumbers, task.IsClassification() ? new LogisticRegression() : new Ridge());

    private static BlockModel Fit(TrainingTable table, BlockSets sets = BlockSets.Each, double evenness = 0) => new BlockEnsemble { Recipes = [Line(table.Target.Task)], Sets = sets, Evenness = evenness }.Fit(table, Context);

    [Theory]
    [InlineData(LearningTask.BinaryClassification)]
    [InlineData(LearningTask.Regression)]
    public void Blocks_with_a_signal_count_and_one_of_noise_hardly(LearningTask task)
    {
        BlockModel model = Fit(SimulatedBlocks.Of(task));

        model.Blocks.ShouldBe(["a", "b", "c"]);
        IReadOnlyList<double> weights = model.WeightsWith("a", "b", "c");
        weights.Sum().ShouldBe(1, 1e-9);
        (weights[0] > 0.3, weights[1] > 0.2, weights[2] < 0.15).ShouldBe((true, true, true), string.Join(", ", weights));
    }

    [Theory]
    [InlineData(LearningTask.BinaryClassification)]
    [InlineData(LearningTask.Regression)]
    public void Rows_without_a_block_are_answered_by_the_members_of_the_others(LearningTask task)
    {
        TrainingTable table = SimulatedBlocks.Of(task);
        BlockModel model = Fit(table);

        double[] answers = model.Predict(table.Features.Drop(["b:1", "b:2"])).Values;

        IReadOnlyList<double> weights = model.WeightsWith("a", "c");
        weights[1].ShouldBe(0);
        double[] a = model.Members[0].Model.Predict(table.Features).Values, c = model.Members[2].Model.Predict(table.Features).Values;
        answers.ShouldBe(a.Zip(c, (one, other) => weights[0] * one + weights[2] * other), 1e-9);
    }

    [Fact]
    public void Rows_with_and_without_a_block_can_stand_in_one_table()
    {
        TrainingTable table = SimulatedBlocks.Of(LearningTask.BinaryClassification);
        BlockModel model = Fit(table, BlockSets.EachAndAll);
        Predictions complete = model.Predict(table.Features), lacking = model.Predict(table.Features.Drop(["a:1", "a:2"]));

        Predictions mixed = model.Predict(SimulatedBlocks.Without(table.Features, "a", row => row % 3 == 0));

        for (int row = 0; row < table.RowCount; row++)
        {
            mixed.Probability(row, 1).ShouldBe((row % 3 == 0 ? lacking : complete).Probability(row, 1), 1e-12);
        }
    }

    [Fact]
    public void A_block_that_some_training_rows_lack_is_learned_from_the_others()
    {
        TrainingTable table = SimulatedBlocks.Of(LearningTask.BinaryClassification);
        var seen = new RowsSeen();
        TrainingTable lacking = table.WithFeatures(SimulatedBlocks.Without(table.Features, "b", row => row < 60));

        new BlockEnsemble { Recipes = [seen], Sets = BlockSets.Each, Evenness = 1 }.Fit(lacking, Context);

        seen.Tables.Select(rows => rows.RowCount).ShouldBe([150, 90, 150]);
        seen.Tables[1].Features.Names.ShouldBe(["b:1", "b:2"]);
    }

    [Fact]
    public void With_every_set_there_is_a_member_of_all_blocks_that_are_there()
    {
        BlockModel model = Fit(SimulatedBlocks.Of(LearningTask.BinaryClassification), BlockSets.Every, evenness: 0.5);

        model.Members.Select(member => member.Name.Split(':')[0]).ShouldBe(["a", "b", "c", "a and b", "a and c", "b and c", "all"]);
        IReadOnlyList<double> weights = model.WeightsWith("a", "b");
        model.Members.Where((_, member) => weights[member] > 0).Select(member => member.Name.Split(':')[0]).ShouldBe(["a", "b", "a and b"]);
    }

    [Fact]
    public void How_much_a_member_counts_is_learned_from_rows_that_it_had_not_seen()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.BinaryClassification, rows: 120, columns: 20);
        var learnsByHeart = new Pipeline(DefaultPreparation.AsItIs, new DecisionTree { MaxDepth = 30, MinRowsPerLeaf = 1 });

        BlockModel model = new BlockEnsemble { Recipes = [learnsByHeart, Line(table.Target.Task)], Evenness = 0 }.Fit(table, Context);

        Predictions byHeart = model.Members[0].Model.Predict(table.Features);
        Enumerable.Range(0, table.RowCount).ShouldAllBe(row => byHeart.ClassCode(row) == ((ClassTarget)table.Target).Codes[row]);
        model.WeightsWith("others")[0].ShouldBeLessThan(0.4);
    }

    [Fact]
    public void A_part_of_a_block_cannot_be_missing()
    {
        TrainingTable table = SimulatedBlocks.Of(LearningTask.BinaryClassification);
        BlockModel model = Fit(table);

        Should.Throw<DataException>(() => model.Predict(table.Features.Drop(["b:2"]))).Message.ShouldContain("b:2");
        Should.Throw<DataException>(() => model.Predict(new Frame(new Float64Column("x", [1])))).Problems.Count.ShouldBe(6);
    }

    [Fact]
    public void A_pipeline_around_it_can_do_without_a_block_too_and_its_file_still_can()
    {
        TrainingTable table = SimulatedBlocks.Of(LearningTask.BinaryClassification);
        Algorithm algorithm = Algorithms.Named("blocks");
        PipelineModel model = algorithm.Prepared(algorithm.Recipe(new Dictionary<string, JsonNode?> { ["members"] = "logistic_regression(keep=1)", ["blocks"] = "a:, b:, c:" })).Fit(table, Context);
        Frame lacking = table.Features.Drop(["b:1", "b:2"]);
        using var file = new MemoryStream();
        new ModelFile(model, new ModelCard()).Save(file);
        file.Position = 0;

        ModelFile read = ModelFile.Load(file);

        read.Model.Predict(lacking).Values.ShouldBe(model.Predict(lacking).Values);
        read.Model.Signature.Features.ConformWithNotes(lacking).Notes.ShouldBe(["Block 'b' is missing (2 columns): its values count as unknown."]);
        ((BlockModel)model.Learner).Members.ShouldAllBe(member => ((LogisticRegressionModel)((PipelineModel)member.Model).Learner).Signature.Features.Columns.Count == 1);
    }

    [Fact]
    public void Blocks_are_told_by_given_prefixes_the_longest_first_and_the_rest_is_one_more()
    {
        IReadOnlyList<ColumnBlock> blocks = ColumnBlock.Of(["m_1", "m_x_1", "age", "m_2", "m_x_2"], "m_, m_x_");

        blocks.Select(block => $"{block.Name}={string.Join('+', block.Columns)}").ShouldBe(["m=m_1+m_2", "m_x=m_x_1+m_x_2", "others=age"]);
        ColumnBlock.Of(["a", "b:1", "b:2:3"], string.Empty).Select(block => $"{block.Name}={block.Columns.Count}").ShouldBe(["others=1", "b=2"]);
        Should.Throw<DataException>(() => ColumnBlock.Of(["a"], "x_,y_")).Problems.Count.ShouldBe(2);
    }

    [Fact]
    public void Too_many_blocks_are_refused()
    {
        var features = new Frame(Enumerable.Range(0, 9).Select(block => new Float64Column($"{block}:x", [1, 2, 3, 4])));
        var table = new TrainingTable(features, new NumberTarget("outcome", [1, 2, 3, 4]));

        Should.Throw<DataException>(() => Fit(table)).Message.ShouldContain("There are 9 blocks");
    }

    [Fact]
    public void Shares_of_a_mean_are_those_with_the_least_loss()
    {
        PoolWeights.OfClasses([[0.9, 0.9, 0.9], [0.1, 0.1, 0.1]], [1, 1, 1]).ShouldBe([1, 0], 1e-4);
        PoolWeights.OfClasses([[1, 0, 0], [0, 1, 1]], [1, 1, 1]).ShouldBe([1 / 3.0, 2 / 3.0], 1e-4);
        PoolWeights.OfClasses([[1, 0, 0], [0, 1, 1]], [4, 1, 1]).ShouldBe([2 / 3.0, 1 / 3.0], 1e-4);
        PoolWeights.OfNumbers([[2, 3, 4], [0, 1, 2], [9, -9, 9]], [1, 2, 3], [1, 1, 1]).ShouldBe([0.5, 0.5, 0], 1e-6);
        PoolWeights.OfNumbers([[1, 1], [5, 5]], [2, 2], [1, 1]).ShouldBe([0.75, 0.25], 1e-6);
    }
}
