using Shouldly;
using Strata.Tensors.Backends;
using Strata.Tensors.Gradients;
using Xunit;

namespace Strata.Tensors.Tests.Gradients;

public sealed class RowOperationTests
{
    [Fact]
    public void Rows_that_are_replaced_are_the_tables_and_the_others_stay()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);

        Variable<double> result = tape.ReplaceRows(tape.Constant([1, 2, 3, 4, 5, 6], new Shape(3, 2)), tape.Constant([7, 8, 9, 10], new Shape(2, 2)), [-1, 1, 0]);

        result.Values.ToArray().ShouldBe([1, 2, 9, 10, 7, 8]);
    }

    [Fact]
    public void Replaced_rows_send_their_gradients_to_the_table_and_kept_ones_to_where_they_came_from() =>
        GradientContract.ShouldHold([new Shape(5, 3), new Shape(2, 3)], inputs => inputs[0].Tape.ReplaceRows(inputs[0], inputs[1], [1, -1, 1, 0, -1]));

    [Fact]
    public void A_row_that_the_table_lacks_is_refused()
    {
        using var backend = new ReferenceBackend<double>();
        using var tape = new Tape<double>(backend);

        Should.Throw<ArgumentException>(() => tape.ReplaceRows(tape.Constant([1, 2], new Shape(1, 2)), tape.Constant([7, 8], new Shape(1, 2)), [1])).Message.ShouldContain("Row 1");
    }
}
