using Shouldly;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Tensors;
using Xunit;

namespace Strata.Testing;

/// <content>Rows and columns: weights, order, batches, and whether anything was learned.</content>
public abstract partial class RecipeContract
{
    [Fact]
    public virtual void A_weight_of_two_equals_the_row_twice()
    {
        TrainingTable table = Sample;
        double[] weights = [.. AllRows(table).Select(row => row % 3 == 0 ? 2.0 : 1.0)];
        int[] repeated = [.. AllRows(table).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];

        IModel weighted = Fit(new TrainingTable(table.Features, table.Target, weights));
        IModel twice = Fit(table.Take(repeated));

        ShouldBeWithin(WeightTolerance, weighted.Predict(table.Features), twice.Predict(table.Features));
    }

    [Fact]
    public virtual void The_order_of_training_rows_does_not_matter()
    {
        TrainingTable table = Sample;
        int[] shuffled = AllRows(table);
        RandomSource.For(3, "row order").Shuffle(shuffled.AsSpan());

        IModel inOrder = Fit(table);
        IModel outOfOrder = Fit(table.Take(shuffled));

        ShouldBeWithin(RowOrderTolerance, outOfOrder.Predict(table.Features), inOrder.Predict(table.Features));
    }

    [Fact]
    public virtual void One_row_is_predicted_as_in_a_batch()
    {
        IModel model = Fitted;
        Predictions batch = model.Predict(Sample.Features);

        for (int row = 0; row < 40; row++)
        {
            Predictions one = model.Predict(Sample.Features.Take([row]));
            int width = batch.Values.Length / batch.RowCount, outputs = batch.RawScores.Length / batch.RowCount;
            Bits(one.Values).ShouldBe(Bits(batch.Values[(row * width)..((row + 1) * width)]));
            Bits(one.RawScores).ShouldBe(Bits(batch.RawScores[(row * outputs)..((row + 1) * outputs)]));
        }
    }

    [Fact]
    public virtual void Predicting_with_more_threads_gives_the_same_bits()
    {
        IModel model = Fitted;
        int[] many = [.. Enumerable.Range(0, 20).SelectMany(_ => AllRows(Sample))];
        Frame rows = Sample.Features.Take(many);

        ShouldBeTheSameBits(model.Predict(rows, threads: 4), model.Predict(rows, threads: 1));
    }

    [Fact]
    public virtual void Columns_in_another_order_and_further_columns_make_no_difference()
    {
        IModel model = Fitted;
        var further = new Float64Column("a column of no concern", [.. AllRows(Sample).Select(row => (double)row)]);
        var shuffled = new Frame(Sample.Features.Columns.Reverse().Prepend(further));

        ShouldBeTheSameBits(model.Predict(shuffled), model.Predict(Sample.Features));
    }

    [Fact]
    public virtual void No_rows_give_no_predictions()
    {
        Predictions none = Fitted.Predict(Sample.Features.Take([]));

        none.RowCount.ShouldBe(0);
        none.Values.ShouldBeEmpty();
    }

    [Fact]
    public virtual void Predictions_are_sound() => ShouldBeSound(Fitted.Predict(Sample.Features), Sample.RowCount);

    [Fact]
    public virtual void It_learns_more_than_the_best_constant()
    {
        TrainingTable table = Sample;
        int[] rows = AllRows(table);
        TrainingTable training = table.Take(rows.AsSpan(0, 200)), unseen = table.Take(rows.AsSpan(200));

        Predictions predictions = Fit(training).Predict(unseen.Features);

        if (unseen.Target is NumberTarget numbers)
        {
            double mean = ((NumberTarget)training.Target).Values.Average();
            double error = numbers.Values.Zip(predictions.Values, (truth, value) => (truth - value) * (truth - value)).Average();
            error.ShouldBeLessThan(0.8 * numbers.Values.Average(truth => (truth - mean) * (truth - mean)));
        }
        else
        {
            int[] codes = ((ClassTarget)unseen.Target).Codes;
            double right = codes.Where((code, row) => predictions.ClassCode(row) == code).Count();
            double mostFrequent = codes.GroupBy(code => code).Max(same => same.Count());
            right.ShouldBeGreaterThan(1.1 * mostFrequent);
        }
    }
}
