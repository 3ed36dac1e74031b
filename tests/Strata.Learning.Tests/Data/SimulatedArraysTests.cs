using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Xunit;

namespace Strata.Learning.Tests.Data;

public class SimulatedArraysTests
{
    [Fact]
    public void Simulated_tables_are_the_same_from_one_seed_and_others_from_another()
    {
        foreach (Func<int, ulong, Frame> make in new Func<int, ulong, Frame>[] { SimulatedArrays.Series, SimulatedArrays.Images, SimulatedArrays.Clouds })
        {
            FrameCsv.ToText(make(20, 1)).ShouldBe(FrameCsv.ToText(make(20, 1)));
            FrameCsv.ToText(make(20, 1)).ShouldNotBe(FrameCsv.ToText(make(20, 2)));
        }
    }

    [Theory]
    [InlineData("series", "wave")]
    [InlineData("images", "figure")]
    [InlineData("clouds", "body")]
    public void Trees_tell_most_of_them_by_their_description(string kind, string target)
    {
        Func<int, ulong, Frame> make = kind == "series" ? SimulatedArrays.Series : kind == "images" ? SimulatedArrays.Images : SimulatedArrays.Clouds;
        (TrainingTable train, TrainingTable test) = (Table(make(300, 1), target), Table(make(150, 2), target));
        Algorithm forest = Algorithms.Named("random_forest");

        Predictions predicted = forest.Prepared(forest.Recipe()).Fit(train, new FitContext()).Predict(test.Features);

        var truth = (ClassTarget)test.Target;
        Enumerable.Range(0, test.RowCount).Count(row => predicted.Classes[Best(predicted.Probabilities(row))] == truth.Classes[truth.Codes[row]]).ShouldBeGreaterThan(120);
    }

    private static int Best(ReadOnlySpan<double> shares)
    {
        int best = 0;
        for (int i = 1; i < shares.Length; i++)
        {
            best = shares[i] > shares[best] ? i : best;
        }

        return best;
    }

    private static TrainingTable Table(Frame rows, string target)
    {
        var labels = (CategoryColumn)rows[target];
        return new TrainingTable(rows.Drop([target]), new ClassTarget(target, labels.Codes, labels.Levels));
    }
}
