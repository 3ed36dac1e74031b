using Shouldly;
using Strata.Learning.Automl;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.ModelFiles;
using Strata.Learning.Trees;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Automl;

public class LayerCheckTests
{
    [Fact]
    public void A_second_layer_that_only_looks_better_is_not_used()
    {
        TrainingTable table = Numbered(SampleTables.Numbers(LearningTask.BinaryClassification));
        var answers = new Dictionary<long, int>();

        AutomlModel model = (Studies.Of("peeking") with { Maker = (_, _, _) => new Peeking(answers), Layers = 2 }).Fit(table, Studies.Context with { Threads = 1 });

        model.Notes.ShouldContain(note => note.StartsWith("The second layer is not used", StringComparison.Ordinal));
        model.Leaderboard.Rows.ShouldAllBe(row => row.Layer == 1);
    }

    /// <summary>What the guard is there for: by what rows of other folds say the leak looks perfect.</summary>
    [Fact]
    public void The_same_layer_looks_perfect_on_the_rows_of_its_own_folds()
    {
        TrainingTable table = Numbered(Studies.Noise(300));
        var peeking = new Candidate("peeking", "peeking", "peeking", 1, new Peeking([], isAlways: true));
        using var time = new CandidateTime(double.PositiveInfinity, double.PositiveInfinity, TimeProvider.System, default, default);

        FittedCandidate fitted = new FoldFits(table, RowSplits.Folds(table, 3, 0).Folds, Studies.Context with { Threads = 1 }).Fit(peeking, time)!;

        Metric.Named("roc_auc").Of(fitted.Unseen, table.Target).ShouldBeGreaterThan(0.7);
    }

    [Fact]
    public void A_second_layer_that_helps_is_used()
    {
        TrainingTable table = Studies.LineAndSteps(500);

        AutomlModel model = (Studies.Of("gradient_boosting(trees=60)") with { Layers = 2 }).Fit(table, Studies.Context);

        model.Notes.ShouldContain(note => note.StartsWith("The second layer is used", StringComparison.Ordinal));
        model.Leaderboard.Rows.Where(row => row.Layer == 2 && row.Name != "ensemble").Sum(row => row.Weight).ShouldBeGreaterThan(0.5);
        double withoutIt = Studies.Of("gradient_boosting(trees=60)").Fit(table, Studies.Context).Leaderboard.Ensemble.Score!.Value;
        model.Leaderboard.Ensemble.Score!.Value.ShouldBeLessThan(0.9 * withoutIt);

        foreach (string name in model.Candidates.Where(name => name.EndsWith("layer 2", StringComparison.Ordinal)))
        {
            IModel alone = Catalog.ModelFile.Load(new MemoryStream(Studies.FileOf(model.Candidate(name)))).Model;
            alone.Predict(table.Features).Values.ShouldBe(model.Candidate(name).Predict(table.Features).Values);
        }
    }

    private static TrainingTable Numbered(TrainingTable table) =>
        table.WithFeatures(table.Features.With(new Float64Column("id", [.. Enumerable.Range(0, table.RowCount).Select(row => (double)row)])));

    /// <summary>In a second layer it tells of any row that some fit has seen what its target was, and guesses of the others: a leak by folds.</summary>
    private sealed class Peeking(Dictionary<long, int> answers, bool isAlways = false) : IRecipe
    {
        public string Algorithm => "decision_tree";

        public IModel Fit(TrainingTable table, FitContext context)
        {
            var tree = new DecisionTree { MaxDepth = 2 }.Fit(table, context);
            if (!isAlways && !table.Features.Names.Any(name => name.StartsWith("peeking", StringComparison.Ordinal)))
            {
                return tree;
            }

            for (int row = 0; row < table.RowCount; row++)
            {
                answers[(long)table.Features["id"].NumberAt(row)] = ((ClassTarget)table.Target).Codes[row];
            }

            return new Told(tree, answers);
        }

        private sealed class Told(IModel tree, Dictionary<long, int> answers) : IModel
        {
            public string Algorithm => tree.Algorithm;

            public ModelSignature Signature => tree.Signature;

            public Predictions Predict(Frame rows, int threads = 1)
            {
                double[] second = [.. Enumerable.Range(0, rows.RowCount).Select(row => (long)rows["id"].NumberAt(row)).Select(id => answers.TryGetValue(id, out int code) ? 0.1 + 0.8 * code : id % 7 / 7.0)];
                return Predictions.OfProbabilities(Signature.Classes, second, [.. second.SelectMany(p => new[] { 1 - p, p })]);
            }

            public void Write(ModelWriter writer) => tree.Write(writer);
        }
    }
}
