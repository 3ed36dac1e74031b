using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Xunit;

namespace Strata.Learning.Tests;

public sealed class PredictedUncertaintyTests
{
    [Fact]
    public void Models_that_agree_leave_only_noise_and_models_that_are_sure_only_disagreement()
    {
        PredictedUncertainty uncertainty = PredictedUncertainty.OfClasses([[0.5, 0.5, 1, 0, 0.9, 0.1], [0.5, 0.5, 0, 1, 0.3, 0.7]], classes: 2);

        uncertainty.Epistemic[0].ShouldBe(0, 1e-12);
        uncertainty.Aleatoric![0].ShouldBe(Math.Log(2), 1e-12);
        uncertainty.Epistemic[1].ShouldBe(Math.Log(2), 1e-12);
        uncertainty.Aleatoric[1].ShouldBe(0, 1e-12);
        (uncertainty.Epistemic[2] + uncertainty.Aleatoric[2]).ShouldBe(-0.6 * Math.Log(0.6) - 0.4 * Math.Log(0.4), 1e-12);
    }

    [Fact]
    public void Of_numbers_the_parts_are_the_variance_of_means_and_the_mean_of_variances()
    {
        PredictedUncertainty uncertainty = PredictedUncertainty.OfNumbers([[1, 5], [3, 5]], [[0.5, 2], [1.5, 4]]);
        Predictions predictions = Predictions.OfNumbers([2, 5]).With(uncertainty);

        uncertainty.Epistemic.ShouldBe([1, 0]);
        uncertainty.Aleatoric.ShouldBe([1, 3]);
        predictions.StandardDeviations.ShouldBe([Math.Sqrt(2), Math.Sqrt(3)]);
        predictions.With(decision: null, regions: null).Uncertainty.ShouldBe(uncertainty);
    }

    [Fact]
    public void A_table_of_predictions_has_both_parts_where_they_are_asked_for_and_known()
    {
        Predictions unsure = Predictions.OfNumbers([2, 5]).With(PredictedUncertainty.OfNumbers([[1, 5], [3, 5]], variances: null));

        PredictionTable.Of(unsure, withUncertainty: true).Columns.Select(column => column.Name).ShouldBe(["row", "prediction", "epistemic"]);
        PredictionTable.Of(unsure).Columns.Count.ShouldBe(2);
        Should.Throw<DataException>(() => PredictionTable.Of(Predictions.OfNumbers([2]), withUncertainty: true)).Message.ShouldContain("ensemble_members");
    }
}
