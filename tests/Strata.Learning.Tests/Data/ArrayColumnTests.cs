using Shouldly;
using Strata.Learning.Data;
using Xunit;

namespace Strata.Learning.Tests.Data;

public class ArrayColumnTests
{
    private static readonly ArrayColumn Series = new("s", ColumnType.Series, ["x", "y"], [[1, 2, 3, 4], null, [0.5f, float.NaN]]);
    private static readonly ArrayColumn Images = new("i", ColumnType.Image, ["value"], [[1, 2, 3, 4, 5, 6], [7, 8], null], [3, 1, 0]);

    [Fact]
    public void Steps_and_sizes_are_those_of_each_row()
    {
        Enumerable.Range(0, 3).Select(Series.StepsOf).ShouldBe([2, 0, 1]);
        Enumerable.Range(0, 3).Select(Images.SizeOf).ShouldBe([(2, 3), (2, 1), (0, 0)]);
        Series.MissingCount.ShouldBe(1);
    }

    [Fact]
    public void A_cell_is_shown_as_JSON()
    {
        Series.TextAt(0).ShouldBe("[[1,2],[3,4]]");
        Series.TextAt(1).ShouldBeNull();
        Series.TextAt(2).ShouldBe("[[0.5,null]]");
        Images.TextAt(0).ShouldBe("[[1,2,3],[4,5,6]]");
        new ArrayColumn("one", ColumnType.Series, ArrayColumn.OneChannel, [[1, 2.5f]]).TextAt(0).ShouldBe("[1,2.5]");
        new ArrayColumn("colours", ColumnType.Image, ["r", "g"], [[1, 2, 3, 4]], [1]).TextAt(0).ShouldBe("[[[1,2]],[[3,4]]]");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Text_reads_back_to_the_same_arrays(bool isImage)
    {
        ArrayColumn column = isImage ? Images : Series;
        var texts = new TextColumn(column.Name, [.. Enumerable.Range(0, 3).Select(column.TextAt)]);
        var read = (ArrayColumn)new Frame(column).Schema.Conform(new Frame(texts)).Columns[0];
        read.Values.ShouldBe(column.Values);
        read.Widths.ShouldBe(column.Widths);
    }

    [Fact]
    public void Rows_are_taken_with_their_widths()
    {
        var taken = (ArrayColumn)Images.Take([1, 0]);
        taken.SizeOf(0).ShouldBe((2, 1));
        taken.IsSame(0, 1).ShouldBeFalse();
        ((ArrayColumn)Series.Take([2, 2])).IsSame(0, 1).ShouldBeTrue();
    }

    [Fact]
    public void Numbers_that_do_not_fill_the_channels_are_refused_with_their_row() =>
        Should.Throw<DataException>(() => new ArrayColumn("s", ColumnType.Series, ["x", "y"], [[1, 2], [1, 2, 3]]))
            .Message.ShouldBe("Column 's' has 3 numbers in row 2; expected a multiple of 2, one for each of 2 channels.");

    [Theory]
    [InlineData("[1,2,3]", "Column 's' has '[1,2,3]' in row 1; expected series of 2 channels ('x', 'y'), as a JSON list.")]
    [InlineData("[[1,2],[3]]", "Column 's' has '[[1,2],[3]]' in row 1; expected series of 2 channels ('x', 'y'), as a JSON list.")]
    [InlineData("[[1,1e99]]", "Column 's' has '[[1,1e99]]' in row 1; expected series of 2 channels ('x', 'y'), as a JSON list.")]
    [InlineData("hello", "Column 's' has 'hello' in row 1; expected series of 2 channels ('x', 'y'), as a JSON list.")]
    public void Text_of_another_shape_is_refused(string text, string message) =>
        Should.Throw<DataException>(() => new Frame(Series).Schema.Conform(new Frame(new TextColumn("s", [text])))).Message.ShouldBe(message);

    [Fact]
    public void Single_values_do_not_pass_for_arrays_nor_arrays_for_single_values()
    {
        var numbers = new Frame(new Float64Column("s", [1, 2, 3]));
        Should.Throw<DataException>(() => new Frame(Series).Schema.Conform(numbers)).Message.ShouldBe("Column 's' holds single values; expected series of 2 channels ('x', 'y').");
        Should.Throw<DataException>(() => numbers.Schema.Conform(new Frame(Series))).Message.ShouldBe("Column 's' holds series; expected single values.");
        Should.Throw<DataException>(() => new Frame(new ArrayColumn("s", ColumnType.Series, ["x"], [[1]])).Schema.Conform(new Frame(Series)))
            .Message.ShouldBe("Column 's' holds series of 2 channels; expected series of 1 channel.");
    }
}
