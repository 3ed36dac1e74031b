using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Xunit;
using static Strata.Tensors.Tests.Gradients.GradientContract;

namespace Strata.Tensors.Tests.Gradients;

public sealed class RecurrenceGradientTests
{
    [Theory]
    [InlineData(RecurrentCell.Tanh, false)]
    [InlineData(RecurrentCell.Tanh, true)]
    [InlineData(RecurrentCell.Relu, false)]
    [InlineData(RecurrentCell.Gru, false)]
    [InlineData(RecurrentCell.Gru, true)]
    [InlineData(RecurrentCell.Lstm, false)]
    [InlineData(RecurrentCell.Lstm, true)]
    public void A_layer_of_rows_that_end_early(RecurrentCell cell, bool isReversed)
    {
        int rows = 2 * (cell == RecurrentCell.Lstm ? 4 : cell == RecurrentCell.Gru ? 3 : 1);
        ShouldHold(
            [new Shape(4, 3, 3), new Shape(rows, 3), new Shape(rows, 2), new Shape(rows), new Shape(rows)],
            x => x[0].Tape.Recur(cell, x[0], x[1], x[2], x[3], x[4], [3, 1, 2, 0], isReversed));
    }

    [Fact]
    public void First_states_and_no_biases()
    {
        ShouldHold(
            [new Shape(3, 2, 2), new Shape(8, 2), new Shape(8, 2), new Shape(3, 2), new Shape(3, 2)],
            x => x[0].Tape.Recur(RecurrentCell.Lstm, x[0], x[1], x[2], lengths: [2, 1, 0], initialHidden: x[3], initialCell: x[4]));
        ShouldHold(
            [new Shape(2, 2, 2), new Shape(6, 2), new Shape(6, 2), new Shape(2, 2)],
            x => x[0].Tape.Recur(RecurrentCell.Gru, x[0], x[1], x[2], initialHidden: x[3], isReversed: true));
    }

    [Fact]
    public void Last_steps()
    {
        ShouldHold([new Shape(3, 4, 2)], x => x[0].Tape.LastSteps(x[0], [4, 0, 2]));
        ShouldHold([new Shape(3, 4, 2)], x => x[0].Tape.LastSteps(x[0], [4, 0, 2], isReversed: true));
        ShouldHold([new Shape(3, 4, 2)], x => x[0].Tape.LastSteps(x[0]));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);
        Variable<double> x = tape.Constant(new double[12], new Shape(2, 3, 2)), input = tape.Constant(new double[16], new Shape(8, 2)), hidden = tape.Constant(new double[16], new Shape(8, 2));

        Should.Throw<ArgumentException>(() => tape.Recur(RecurrentCell.Gru, x, input, hidden)).Message.ShouldContain("not those of Gru cells");
        Should.Throw<ArgumentException>(() => tape.Recur(RecurrentCell.Lstm, x, input, hidden, lengths: [3, 4])).Message.ShouldContain("4 steps is not within 0 to 3");
        Should.Throw<ArgumentException>(() => tape.Recur(RecurrentCell.Lstm, x, input, hidden, lengths: [3])).Message.ShouldContain("1 lengths for 2 rows");
    }
}
