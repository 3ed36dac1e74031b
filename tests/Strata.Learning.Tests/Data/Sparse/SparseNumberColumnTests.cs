using Shouldly;
using Strata.Learning.Data;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Data.Sparse;

public class SparseNumberColumnTests
{
    public static TheoryData<int, double, double, ColumnType> Shapes => new()
    {
        { 0, 0, 0, ColumnType.Float64 }, { 1, 0, 1, ColumnType.Float64 }, { 200, 0, 0.1, ColumnType.Float64 }, { 300, -1.25, 0.05, ColumnType.Float64 },
        { 250, double.NaN, 0.1, ColumnType.Float64 }, { 1000, 0, 0, ColumnType.Float64 }, { 90, 0, 1, ColumnType.Float64 }, { 500, 0, 0.1, ColumnType.Boolean }, { 400, 1, 0.1, ColumnType.Boolean },
        { 128, -0.0, 0.1, ColumnType.Float64 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_operation_gives_what_the_column_in_full_gives(int count, double common, double share, ColumnType type)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = RandomSource.For(seed, "sparse column");
            SparseNumberColumn sparse = Drawn(random, count, common, share, type);
            Column full = sparse.InFull();

            full.ShouldNotBeOfType<SparseNumberColumn>();
            ShouldBeEqual(sparse, full);
            ShouldBeEqual(sparse.Named("other"), full.Named("other"));
            ShouldBeEqual(SparseNumberColumn.Compact(full, common), full);
            int[] any = [.. Enumerable.Range(0, count == 0 ? 0 : random.NextInt(2 * count)).Select(_ => random.NextInt(count))];
            int[] ascending = [.. any.Distinct().Order()];
            foreach (int[] rows in new[] { any, ascending, [] })
            {
                ShouldBeEqual(sparse.Take(rows), full.Take(rows));
                ShouldBeEqual(sparse.Take(new TakenRows(rows, count)), full.Take(rows));
                ShouldBeEqual(new Frame(sparse).Take(rows).Columns[0], full.Take(rows));
            }
        }
    }

    [Fact]
    public void A_function_is_applied_to_entries_and_to_the_common_value()
    {
        var sparse = new SparseNumberColumn("x", 6, [1, 4], [3, double.NaN]);

        Numbers(sparse.Map(value => double.IsNaN(value) ? 7 : value - 1)).ShouldBe([-1, 2, -1, -1, 7, -1]);
    }

    [Fact]
    public void Minus_zero_is_not_taken_for_zero()
    {
        var numbers = new double[100];
        numbers[3] = -0.0;

        var compact = SparseNumberColumn.Compact(new Float64Column("x", numbers)).ShouldBeOfType<SparseNumberColumn>();

        compact.Rows.ShouldBe([3]);
        compact.TextAt(3).ShouldBe("-0");
    }

    [Fact]
    public void What_hardly_repeats_is_left_in_full()
    {
        double[] numbers = [.. Enumerable.Range(0, 100).Select(row => row % 5 == 0 ? 1.0 : 0)];

        SparseNumberColumn.Compact(new Float64Column("x", numbers)).ShouldBeOfType<Float64Column>();
    }

    [Fact]
    public void Rows_that_do_not_ascend_within_the_count_are_refused()
    {
        Should.Throw<ArgumentException>(() => new SparseNumberColumn("x", 3, [1, 1], [1, 2]));
        Should.Throw<ArgumentException>(() => new SparseNumberColumn("x", 3, [3], [1]));
        Should.Throw<ArgumentException>(() => new SparseNumberColumn("x", 3, [0, 1], [1]));
        Should.Throw<ArgumentException>(() => new SparseNumberColumn("x", 3, [-1], [1]));
        Should.Throw<ArgumentException>(() => new SparseNumberColumn("x", 3, [0], [2], type: ColumnType.Boolean));
        Should.Throw<ArgumentException>(() => new SparseNumberColumn("x", 3, [0], [2], type: ColumnType.Text));
    }

    [Fact]
    public void A_schema_does_not_tell_it_from_a_column_in_full()
    {
        var frame = new Frame(new SparseNumberColumn("x", 3, [1], [2]), new SparseNumberColumn("b", 3, [1], [1], type: ColumnType.Boolean));

        frame.Schema.Columns.Select(column => column.Type).ShouldBe([ColumnType.Float64, ColumnType.Boolean]);
        frame.Schema.Conform(frame).ShouldBeSameAs(frame);
        FrameCsv.ToText(frame).ShouldBe("x,b\n0,false\n2,true\n0,false\n");
    }

    [Fact]
    public void A_whole_number_is_expected_where_it_was_stored_as_a_whole_number()
    {
        var schema = new Schema([new SchemaColumn("x", ColumnType.Int64)]);

        schema.Conform(new Frame(new SparseNumberColumn("x", 3, [1], [2]))).Columns[0].ShouldBeOfType<Int64Column>().Values.ShouldBe([0, 2, 0]);
    }

    internal static SparseNumberColumn Drawn(RandomSource random, int count, double common, double share, ColumnType type = ColumnType.Float64, string name = "x")
    {
        int[] rows = [.. Enumerable.Range(0, count).Where(_ => random.NextDouble() < share)];
        double[] values = [.. rows.Select(_ => type == ColumnType.Boolean ? random.NextInt(2) : random.NextInt(10) == 0 ? double.NaN : random.NextGaussian())];
        return new SparseNumberColumn(name, count, rows, values, common, type);
    }

    private static double[] Numbers(Column column)
    {
        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        return numbers;
    }

    private static void ShouldBeEqual(Column column, Column full)
    {
        (column.Name, column.Type, column.Count, column.MissingCount).ShouldBe((full.Name, full.Type, full.Count, full.MissingCount));
        Bits(Numbers(column)).ShouldBe(Bits(Numbers(full)));
        for (int row = 0; row < full.Count; row++)
        {
            (column.TextAt(row), column.IsMissing(row)).ShouldBe((full.TextAt(row), full.IsMissing(row)));
            BitConverter.DoubleToInt64Bits(column.NumberAt(row)).ShouldBe(BitConverter.DoubleToInt64Bits(full.NumberAt(row)));
        }

        for (int start = 0; start < full.Count; start += 7)
        {
            double[] part = new double[Math.Min(11, full.Count - start)], expected = new double[part.Length];
            column.CopyNumbers(start, part);
            full.CopyNumbers(start, expected);
            Bits(part).ShouldBe(Bits(expected));
        }
    }

    private static long[] Bits(double[] numbers) => Array.ConvertAll(numbers, BitConverter.DoubleToInt64Bits);
}
