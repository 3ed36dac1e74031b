using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Explanation;
using Strata.Learning.Linear;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Ensembles;

public class FittedEnsembleTests
{
    private static readonly FitContext Context = new() { Seed = 3, Threads = 1 };

    private static FittedMember Tree(TrainingTable table, string name = "tree") => new(name, new DecisionTree { MaxDepth = 3 }.Fit(table, Context));

    private static FittedMember Line(TrainingTable table) => new("line", new Pipeline(DefaultPreparation.CompleteNumbers, table.Target.Task.IsClassification() ? new LogisticRegression() : new Ridge()).Fit(table, Context));

    /// <summary>The table with some of its columns.</summary>
    private static TrainingTable Of(TrainingTable table, params string[] columns) => table.WithFeatures(table.Features.Select(columns));

    [Fact]
    public void A_vote_of_models_of_different_columns_takes_the_columns_of_all()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);
        FittedMember one = Tree(Of(table, "height", "colour")), other = Line(Of(table, "mass", "height"));

        VotingModel model = FittedEnsemble.Vote([one, other], [1, 3]);

        model.Signature.Features.Names.ShouldBe(["height", "colour", "mass"]);
        double[] first = one.Model.Predict(table.Features).Values, second = other.Model.Predict(table.Features).Values;
        model.Predict(table.Features).Values.ShouldBe(first.Zip(second, (a, b) => (a + 3 * b) / 4), 1e-12);
    }

    [Fact]
    public void A_vote_of_models_of_different_columns_is_explained_to_its_scores()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.BinaryClassification);
        FittedMember boosted = new("boosted", new GradientBoosting { Trees = 5 }.Fit(Of(table, "height", "colour", "visits"), Context)), line = Line(Of(table, "mass", "height"));
        VotingModel model = FittedEnsemble.Vote([boosted, line], [2, 1], VoteKind.LogOdds);

        Contributions told = Explainer.Explain(model, table.Features);
        Interactions pairs = Explainer.Interactions(model, table.Features.Take([0, 1, 2]));

        told.Columns.ShouldBe(["height", "colour", "visits", "mass"]);
        double[] raw = model.Predict(table.Features).RawScores;
        for (int row = 0; row < table.RowCount; row++)
        {
            (told.BiasOf(row, 0) + told.Of(row, 0).ToArray().Sum()).ShouldBe(raw[row], 1e-6);
        }

        Contributions ofLine = Explainer.Explain(line.Model, table.Features);
        told.Of(7, 0)[3].ShouldBe(ofLine.Of(7, 0)[ofLine.Columns.ToList().IndexOf("mass")] / 3, 1e-9);
        (pairs.BiasOf(2, 0) + pairs.Of(2, 0).ToArray().Sum()).ShouldBe(raw[2], 1e-6);
    }

    [Fact]
    public void A_meta_learner_of_models_learns_which_of_them_to_trust()
    {
        // One model knows the answer but for a factor, the other has seen only noise.
        double[] x = [.. Enumerable.Range(0, 200).Select(row => row / 20.0)], noise = [.. x.Select(value => Math.Sin(37 * value))];
        var table = new TrainingTable(new Frame(new Float64Column("x", x), new Float64Column("noise", noise)), new NumberTarget("y", [.. x.Select(value => 2 * value)]));
        var half = new TrainingTable(table.Features, new NumberTarget("y", x));
        FittedMember good = new("good", new LinearRegression().Fit(Of(half, "x"), Context)), bad = new("bad", new LinearRegression().Fit(Of(half, "noise"), Context));

        StackedModel model = FittedEnsemble.Stack([good, bad], new LinearRegression(), table, Context);

        double[] answers = model.Predict(table.Features).Values;
        answers[100].ShouldBe(2 * x[100], 1e-6);
        ((LinearModel)model.MetaModel).Coefficients[0].ShouldBe(2, 1e-6);
        model.Notes.ShouldContain(note => note.Contains("200 rows that no member had learned from", StringComparison.Ordinal));
    }

    [Fact]
    public void An_ensemble_of_models_is_written_and_read_back_to_the_same_bits()
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.MulticlassClassification);
        FittedMember[] members = [Tree(Of(table, "height", "colour")), Line(table)];
        foreach (IModel model in new IModel[] { FittedEnsemble.Vote(members), FittedEnsemble.Stack(members, new DecisionTree { MaxDepth = 2 }, table, Context, passThrough: true) })
        {
            var file = new MemoryStream();
            new Catalog.ModelFile(model, new Catalog.ModelCard()).Save(file);
            file.Position = 0;

            IModel read = Catalog.ModelFile.Load(file).Model;

            read.Algorithm.ShouldBe(model.Algorithm);
            read.Predict(table.Features).Values.ShouldBe(model.Predict(table.Features).Values);
        }
    }

    [Fact]
    public void Levels_of_all_members_are_known_and_each_member_reads_its_own()
    {
        static SchemaColumn Category(params string[] levels) => new("colour", ColumnType.Category, levels);
        ModelSignature one = Signature(Category("red", "blue")), other = Signature(Category("blue", "green"));

        JointSignature.Of([("a", one), ("b", other)]).Features.Columns.ShouldHaveSingleItem().Levels.ShouldBe(["red", "blue", "green"]);
        JointSignature.Of([("a", one), ("b", Signature(Category("blue", "rest") with { UnseenLevel = "rest" }))]).Features.Columns[0].ShouldBe(new SchemaColumn("colour", ColumnType.Text));
        JointSignature.Of([("a", Signature(new SchemaColumn("x", ColumnType.Int64))), ("b", Signature(new SchemaColumn("x", ColumnType.Float32)))]).Features.Columns[0].Type.ShouldBe(ColumnType.Float64);
    }

    [Fact]
    public void All_that_keeps_models_apart_is_said_at_once()
    {
        ModelSignature first = Signature(new SchemaColumn("x", ColumnType.Float64), new SchemaColumn("z", ColumnType.Text));
        (string, ModelSignature)[] members =
        [
            ("a", first),
            ("b", first with { Target = "other", Task = LearningTask.Regression, Classes = [] }),
            ("c", Signature(new SchemaColumn("x", ColumnType.Category, ["p"])) with { Classes = ["no", "perhaps"] }),
            ("d", first with { Classes = ["yes", "no"] }),
            ("e", first with { Task = LearningTask.Clustering, Classes = [] }),
        ];

        DataException refused = Should.Throw<DataException>(() => JointSignature.Of(members));

        refused.Problems.ShouldBe(
        [
            "e predicts no target, so that it cannot vote.",
            "b predicts 'other', a predicts 'y'; expected the same target.",
            "b predicts numbers, a predicts classes.",
            "c tells 'no', 'perhaps' apart, a tells 'no', 'yes'; expected the same classes.",
            "d speaks of 'no' by its scores, a of 'yes'; train them with the same positive class.",
            "Column 'x' is a number for a and a category for c; expected the same kind for all.",
        ]);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(1.0, -1.0)]
    [InlineData(0.0, 0.0)]
    [InlineData(1.0, double.NaN)]
    public void Weights_that_do_not_fit_are_refused(params double[] weights)
    {
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression, 50);

        Should.Throw<DataException>(() => FittedEnsemble.Vote([Tree(table), Tree(table, "other")], weights)).Message.ShouldContain("for 2 members");
    }

    private static ModelSignature Signature(params SchemaColumn[] columns) => new(LearningTask.BinaryClassification, "y", ["no", "yes"], new Schema(columns));
}
