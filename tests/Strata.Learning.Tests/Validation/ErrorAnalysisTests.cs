using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Validation.Errors;
using Strata.Tensors;
using Strata.Testing;
using Xunit;

namespace Strata.Learning.Tests.Validation;

public sealed class ErrorAnalysisTests
{
    [Fact]
    public void The_slice_in_which_a_model_fails_is_named_with_its_count_and_significance()
    {
        var random = new RandomSource(3);
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression, 2000);
        var colour = (CategoryColumn)table.Features["colour"];
        double[] truth = ((NumberTarget)table.Target).Values;
        Predictions predictions = Predictions.OfNumbers([.. truth.Select((value, row) => value + random.NextGaussian() * (colour.TextAt(row) == "red" ? 4 : 1))]);

        var analysis = ErrorAnalysis.Of(table.Features, predictions, table.Target);

        ErrorSlice worst = analysis.Slices[0];
        worst.ToString().ShouldBe("colour = red");
        worst.RowCount.ShouldBe(colour.Codes.Count(code => code == 2));
        worst.MeanLoss.ShouldBeGreaterThan(2 * worst.MeanLossElsewhere);
        worst.PValue.ShouldBeLessThan(1e-6);
        analysis.WorstRows.Count(row => colour.TextAt(row) == "red").ShouldBeGreaterThan(15);
        analysis.WorstRows.Select(row => analysis.Losses[row]).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void A_failure_of_two_conditions_together_is_found()
    {
        var random = new RandomSource(4);
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression, 3000);
        Column side = table.Features["side"], colour = table.Features["colour"];
        double[] truth = ((NumberTarget)table.Target).Values;
        Predictions predictions = Predictions.OfNumbers([.. truth.Select((value, row) => value + random.NextGaussian() * (side.TextAt(row) == "left" && colour.TextAt(row) == "blue" ? 6 : 1))]);

        ErrorAnalysis.Of(table.Features, predictions, table.Target).Slices.ShouldContain(slice => slice.Conditions.Count == 2 && slice.ToString().Contains("side = left") && slice.ToString().Contains("colour = blue"));
    }

    [Fact]
    public void Errors_that_are_the_same_everywhere_have_no_slices()
    {
        var random = new RandomSource(5);
        TrainingTable table = SampleTables.Mixed(LearningTask.Regression, 2000);
        Predictions predictions = Predictions.OfNumbers([.. ((NumberTarget)table.Target).Values.Select(value => value + random.NextGaussian())]);

        ErrorAnalysis.Of(table.Features, predictions, table.Target).Slices.ShouldBeEmpty();
    }
}
