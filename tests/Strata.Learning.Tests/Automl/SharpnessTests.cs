using Shouldly;
using Strata.Learning.Automl;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Metrics;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Automl;

public class SharpnessTests
{
    [Theory]
    [InlineData(0.4)]
    [InlineData(2.5)]
    public void The_exponent_by_which_truths_were_drawn_is_found(double exponent)
    {
        var random = new RandomSource(7);
        const int rows = 30_000;
        var (told, codes) = (new double[3 * rows], new int[rows]);
        for (int row = 0; row < rows; row++)
        {
            Span<double> shares = told.AsSpan(3 * row, 3);
            foreach (ref double share in shares)
            {
                share = 0.05 + random.NextDouble();
            }

            Sharpness.Apply(shares, Sharpness.None);
            double[] real = [.. shares];
            Sharpness.Apply(real, exponent);
            double chance = random.NextDouble();
            codes[row] = chance < real[0] ? 0 : chance < real[0] + real[1] ? 1 : 2;
        }

        string[] classes = ["a", "b", "c"];
        var table = new TrainingTable(new Frame(new Float64Column("x", new double[rows])), new ClassTarget("y", codes, classes));

        Sharpness.Of(Predictions.OfProbabilities(classes, told, told), table).ShouldBe(exponent, 0.06 * exponent);
    }

    [Fact]
    public void An_ensemble_that_is_too_unsure_answers_more_surely_and_better_and_keeps_that_in_its_file()
    {
        TrainingTable table = SampleTables.Numbers(LearningTask.MulticlassClassification, rows: 400), unseen = SampleTables.Numbers(LearningTask.MulticlassClassification, rows: 400, seed: 2);

        AutomlModel model = Studies.Of("random_forest(trees=60, min_rows_per_leaf=40, out_of_bag=false)").Fit(table, Studies.Context);

        model.Notes.ShouldContain(note => note.Contains("too unsure", StringComparison.Ordinal));
        model.Summands.ShouldBeNull();
        var mean = (VotingModel)model.Candidate(model.Leaderboard.Rows.Single(row => row.Weight == 1 && row.Name != Leaderboard.EnsembleName).Name);
        var loss = Metric.Named("log_loss");
        Predictions answer = model.Predict(unseen.Features);
        loss.Of(answer, unseen.Target).ShouldBeLessThan(loss.Of(mean.Predict(unseen.Features), unseen.Target));
        Studies.Read(Studies.FileOf(model)).Predict(unseen.Features).Values.ShouldBe(answer.Values);
    }
}
