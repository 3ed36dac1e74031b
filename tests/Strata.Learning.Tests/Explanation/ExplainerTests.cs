using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Linear;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Explanation;

public sealed class ExplainerTests
{
    private static readonly TrainingTable Table = SampleTables.Mixed(LearningTask.MulticlassClassification, rows: 60);

    [Fact]
    public void Columns_of_every_type_are_explained_in_the_models_order_and_outputs()
    {
        TreeModel model = TreeModel.Of(Table);

        Contributions contributions = Explainer.Explain(model, Table.Features.Select(Table.Features.Names.Reverse()));

        contributions.Columns.ShouldBe(Table.Features.Names);
        contributions.Outputs.ShouldBe(["low", "middle", "high"]);
        ShouldAddUp(contributions, model.Predict(Table.Features).RawScores);
    }

    public static TheoryData<string, LearningTask> Learners =>
        [.. from algorithm in Algorithms.All from task in algorithm.Tasks where algorithm.Name != "adaboost" || task != LearningTask.Regression select new TheoryDataRow<string, LearningTask>(algorithm.Name, task)];

    private const int Trees = 15;

    private static readonly ConcurrentDictionary<(string Name, LearningTask Task), Lazy<Fitted>> Fits = new();

    /// <summary>
    /// A model of every algorithm, fitted once for the tests that ask for it. Settings are the defaults, but for fewer trees than their hundreds: a sum over few trees is a
    /// sum as any other, and found as any other.
    /// </summary>
    private static Fitted FitOf(string name, LearningTask task) => Fits.GetOrAdd((name, task), _ => new Lazy<Fitted>(() =>
    {
        Algorithm algorithm = Algorithms.Named(name);
        TrainingTable table = WithPositiveNumbers(SampleArrays.Of(algorithm.ArrayTypes, task, rows: 150));
        var settings = new Dictionary<string, JsonNode?>();
        foreach (Hyperparameter known in algorithm.Hyperparameters)
        {
            JsonNode? value = known.Name switch
            {
                "trees" or "n_estimators" => Trees,
                "epochs" => 1,
                "points" => 24,
                "deterministic" => true,
                "algorithms" => "linear",
                "members" when name != "bagged" => $"gradient_boosting(trees={Trees}), random_forest(trees={Trees}), {(task.IsClassification() ? "logistic_regression" : "ridge")}",
                _ => null,
            };
            if (value is not null)
            {
                settings[known.Name] = value;
            }
        }

        IReadOnlyList<IStep> steps = algorithm.NeedsCompleteNumbers ? [new Impute(), new OneHot()] : [];
        return new Fitted(new Pipeline(steps, algorithm.Recipe(settings)).Fit(table, new FitContext { Threads = 1 }), table, SampleArrays.Of(algorithm.ArrayTypes, task, rows: 60, seed: 2).Features);
    })).Value;

    private sealed record Fitted(PipelineModel Model, TrainingTable Table, Frame Unseen);

    [Theory]
    [MemberData(nameof(Learners))]
    public void Every_algorithm_of_the_catalog_is_explained_to_its_raw_scores_or_says_what_to_do_instead(string name, LearningTask task)
    {
        (PipelineModel model, TrainingTable table, Frame unseen) = FitOf(name, task);
        if (!Explainer.CanExplain(model))
        {
            Should.Throw<DataException>(() => Explainer.Explain(model, unseen)).Message.ShouldContain("permutation importance");
            return;
        }

        Contributions contributions = Explainer.Explain(model, unseen, threads: 2);

        contributions.Columns.ShouldBe(table.Features.Names);
        contributions.Outputs.ShouldBe(task == LearningTask.MulticlassClassification ? ["low", "middle", "high"] : [task.HasTarget() ? "outcome" : "outlier"]);
        ShouldAddUp(contributions, model.Predict(unseen).RawScores);
    }

    [Theory]
    [MemberData(nameof(Learners))]
    public void Every_algorithm_of_the_catalog_is_explained_against_a_background_and_by_pairs(string name, LearningTask task)
    {
        (PipelineModel model, TrainingTable table, Frame unseen) = FitOf(name, task);
        var options = new ExplanationOptions { Method = ExplanationMethod.Interventional, Background = table.Features, MostBackgroundRows = 30 };
        if (!Explainer.CanExplain(model))
        {
            Should.Throw<DataException>(() => Explainer.Interactions(model, unseen)).Message.ShouldContain("permutation importance");
            return;
        }

        Contributions against = Explainer.Explain(model, unseen, options);
        Interactions pairs = Explainer.Interactions(model, unseen);

        ShouldAddUp(against, model.Predict(unseen).RawScores);
        double[] background = model.Predict(options.BackgroundFor(unseen)).RawScores;
        against.BiasOf(3, 0).ShouldBe(background.Where((_, at) => at % against.Outputs.Count == 0).Average(), 1e-9);
        Contributions alone = Explainer.Explain(model, unseen);
        pairs.Columns.ShouldBe(table.Features.Names);
        pairs.Bias.ShouldBe(alone.Bias);
        pairs.Values.Chunk(pairs.Columns.Count).Select(line => line.Sum()).ShouldBe(alone.Values, 1e-9);
    }

    public static TheoryData<string, LearningTask> AllLearners => [.. from algorithm in Algorithms.All from task in algorithm.Tasks select new TheoryDataRow<string, LearningTask>(algorithm.Name, task)];

    [Theory]
    [MemberData(nameof(AllLearners))]
    public void Every_algorithm_of_the_catalog_is_explained_by_sampling_in_two_ways(string name, LearningTask task)
    {
        (PipelineModel model, TrainingTable table, Frame unseen) = FitOf(name, task);
        Frame rows = unseen.Take([1, 4]);
        foreach ((ExplanationMethod method, ExplainedOutput output) in new[] { (ExplanationMethod.Kernel, ExplainedOutput.Prediction), (ExplanationMethod.Permutation, ExplainedOutput.RawScore) })
        {
            var options = new ExplanationOptions { Method = method, Background = table.Features, MostBackgroundRows = 8, Evaluations = 12, Output = output };

            Contributions told = Explainer.Explain(model, rows, options);

            told.Columns.ShouldBe(table.Features.Names);
            told.Values.ShouldAllBe(value => double.IsFinite(value));
            told.AdditivityError!.Value.ShouldBeLessThan(1e-9 * (1 + told.Bias.Max(Math.Abs) + told.Values.Max(Math.Abs)));
        }
    }

    [Fact]
    public void The_background_is_a_seeded_choice_of_its_rows()
    {
        Frame rows = SampleTables.Numbers(LearningTask.Regression, rows: 300).Features;
        Frame Chosen(ulong seed) => new ExplanationOptions { Background = rows, Context = new FitContext { Seed = seed } }.BackgroundFor(rows.Take([0]));

        Chosen(1).RowCount.ShouldBe(100);
        Chosen(1)["x0"].NumberAt(50).ShouldBe(Chosen(1)["x0"].NumberAt(50));
        Enumerable.Range(0, 100).Any(row => Chosen(1)["x0"].NumberAt(row) != Chosen(2)["x0"].NumberAt(row)).ShouldBeTrue();
        Should.Throw<DataException>(() => new ExplanationOptions { Background = rows.Take([]) }.BackgroundFor(rows)).Message.ShouldContain("no rows");
    }

    /// <summary>Some algorithms take positive numbers only.</summary>
    private static TrainingTable WithPositiveNumbers(TrainingTable table) => table.Target is NumberTarget numbers
        ? new TrainingTable(table.Features, new NumberTarget(numbers.Name, [.. numbers.Values.Select(value => Math.Exp(value / 10))]))
        : table;

    [Fact]
    public void A_pipeline_is_explained_in_the_columns_before_preparation()
    {
        var one = new OneHot();
        IFittedStep step = one.Fit(Table, new FitContext());
        TrainingTable prepared = Table.WithFeatures(step.Apply(Table.Features));
        var pipeline = new PipelineModel(ModelSignature.Of(Table), [step], TreeModel.Of(prepared));

        Contributions contributions = Explainer.Explain(pipeline, Table.Features);

        prepared.Features.ColumnCount.ShouldBeGreaterThan(Table.Features.ColumnCount);
        contributions.Columns.ShouldBe(Table.Features.Names);
        ShouldAddUp(contributions, pipeline.Predict(Table.Features).RawScores);
    }

    [Fact]
    public void A_linear_model_is_explained_by_the_distance_from_the_means()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 60);
        RidgeModel model = new Ridge().Fit(table, new FitContext());

        Contributions contributions = Explainer.Explain(model, table.Features);

        contributions.Of(7, 0)[1].ShouldBe(model.CoefficientOf("x1") * (table.Features["x1"].NumberAt(7) - model.FeatureMeans[1]), 1e-12);
        contributions.BiasOf(7, 0).ShouldBe(((NumberTarget)table.Target).Values.Average(), 1e-9);
        ShouldAddUp(contributions, model.Predict(table.Features).RawScores);
    }

    [Fact]
    public void Several_classes_of_a_linear_model_behind_preparation_add_up_each()
    {
        var pipeline = new Pipeline([new Impute(), new OneHot(), new Scale()], new LogisticRegression());
        PipelineModel model = pipeline.Fit(Table, new FitContext());

        Contributions contributions = Explainer.Explain(model, Table.Features, threads: 2);

        contributions.Columns.ShouldBe(Table.Features.Names);
        ShouldAddUp(contributions, model.Predict(Table.Features).RawScores);
    }

    [Fact]
    public void What_a_linear_model_cannot_predict_it_does_not_explain()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.Regression, rows: 60, columns: 1);
        RidgeModel model = new Ridge().Fit(table, new FitContext());

        Should.Throw<DataException>(() => Explainer.Explain(model, new Frame(new Float64Column("x0", [1, double.NaN])))).Message.ShouldContain("missing value");
    }

    [Fact]
    public void A_model_without_a_rule_is_refused_with_the_way_out()
    {
        var model = new Unknown(ModelSignature.Of(Table));

        Explainer.CanExplain(model).ShouldBeFalse();
        Should.Throw<DataException>(() => Explainer.Explain(model, Table.Features)).Message.ShouldContain("'unknown' model has no exact contributions");
    }

    private static void ShouldAddUp(Contributions contributions, double[] rawScores)
    {
        contributions.RowCount.ShouldBe(60);
        for (int row = 0; row < 60; row++)
        {
            for (int output = 0; output < contributions.Outputs.Count; output++)
            {
                double sum = contributions.BiasOf(row, output) + contributions.Of(row, output).ToArray().Sum();
                sum.ShouldBe(rawScores[row * contributions.Outputs.Count + output], 1e-9);
            }
        }
    }

    /// <summary>Random trees over the table's columns.</summary>
    private sealed record TreeModel(ModelSignature Signature, TreeEnsemble Trees) : ITreeModel
    {
        public string Algorithm => "random_trees";

        public static TreeModel Of(TrainingTable table) =>
            new(ModelSignature.Of(table), new RandomTrees(3, table.Features.ColumnCount).Ensemble(trees: 30, depth: 5, outputs: table.Target.Classes.Count));

        public Predictions Predict(Frame rows, int threads = 1)
        {
            var scores = new double[rows.RowCount * Trees.OutputCount];
            for (int row = 0; row < rows.RowCount; row++)
            {
                Trees.Score([.. rows.Columns.Select(column => column.NumberAt(row))], scores.AsSpan(row * Trees.OutputCount, Trees.OutputCount));
            }

            return Predictions.OfProbabilities(Signature.Classes, scores, scores);
        }

        public void Write(ModelWriter writer) => Trees.Write(writer);
    }

    private sealed record Unknown(ModelSignature Signature) : IModel
    {
        public string Algorithm => "unknown";

        public Predictions Predict(Frame rows, int threads = 1) => throw new InvalidOperationException();

        public void Write(ModelWriter writer) => throw new InvalidOperationException();
    }
}
