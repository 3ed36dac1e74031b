using Shouldly;
using Strata.Learning.Data;
using Xunit;

namespace Strata.Learning.Tests.Data;

public sealed class JoinedFramesTests
{
    private static readonly long Day = new DateTime(2021, 5, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    [Fact]
    public void Columns_of_one_type_keep_it_and_their_gaps()
    {
        var gap = new MissingMask(2) { [1] = true };
        var first = new Frame(
            new Int64Column("whole", [1, 2], gap), new BooleanColumn("flag", [true, false]), new DateColumn("day", [Day, Day + 1]), CategoryColumn.Of("colour", ["red", null]), new TextColumn("note", ["a", null]), new Float64Column("only here", [1, 2]));
        var second = new Frame(
            new TextColumn("note", ["c"]), new Int64Column("whole", [7]), new BooleanColumn("flag", [true]), new DateColumn("day", [Day]), CategoryColumn.Of("colour", ["blue"]));

        Frame joined = JoinedFrames.Of(first, second);

        joined.Names.ShouldBe(["whole", "flag", "day", "colour", "note"]);
        joined.Columns.Select(column => column.Type).ShouldBe([ColumnType.Int64, ColumnType.Boolean, ColumnType.Date, ColumnType.Category, ColumnType.Text]);
        Texts(joined["whole"]).ShouldBe(["1", null, "7"]);
        Texts(joined["colour"]).ShouldBe(["red", null, "blue"]);
        Texts(joined["note"]).ShouldBe(["a", null, "c"]);
        joined["day"].NumberAt(2).ShouldBe(joined["day"].NumberAt(0));
    }

    [Fact]
    public void Columns_of_two_types_meet_as_numbers_or_as_text()
    {
        Frame joined = JoinedFrames.Of(
            new Frame(new Int64Column("a", [1, 2]), new Int64Column("b", [1, 2])), new Frame(new Float64Column("a", [0.5]), CategoryColumn.Of("b", ["x"])));

        joined["a"].ShouldBeOfType<Float64Column>().Values.ShouldBe([1, 2, 0.5]);
        Texts(joined["b"].ShouldBeOfType<TextColumn>()).ShouldBe(["1", "2", "x"]);
    }

    [Fact]
    public void Sparse_columns_stay_sparse_beside_one_another_and_are_written_out_beside_others()
    {
        var sparse = new Frame(new SparseNumberColumn("f", 100, [3, 50], [1, double.NaN]));

        SparseNumberColumn both = JoinedFrames.Of(sparse, sparse)["f"].ShouldBeOfType<SparseNumberColumn>();

        both.Count.ShouldBe(200);
        both.Rows.ShouldBe([3, 50, 103, 150]);
        both.NumberAt(103).ShouldBe(1);
        JoinedFrames.Of(sparse, new Frame(new Float64Column("f", [7])))["f"].ShouldBeOfType<Float64Column>().Values[^1].ShouldBe(7);
    }

    private static IEnumerable<string?> Texts(Column column) => Enumerable.Range(0, column.Count).Select(column.TextAt);
}
