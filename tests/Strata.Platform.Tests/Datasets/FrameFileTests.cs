using Shouldly;
using Strata.Learning.Data;
using Strata.Platform.Datasets;
using Strata.Platform.Storage;
using Xunit;

namespace Strata.Platform.Tests.Datasets;

public class FrameFileTests
{
    [Fact]
    public void Every_type_comes_back_as_it_was()
    {
        Frame table = Table();
        Frame back = FrameFile.Read(Stored(table));
        back.Schema.Columns.Select(column => (column.Name, column.Type)).ShouldBe(table.Schema.Columns.Select(column => (column.Name, column.Type)));
        Texts(back).ShouldBe(Texts(table));
        ((Float64Column)back["float64"]).Values.ShouldBe(((Float64Column)table["float64"]).Values);
        ((CategoryColumn)back["category"]).Levels.ShouldBe(["a", "b", "unused"]);
        back["text"].MissingCount.ShouldBe(1);
    }

    [Fact]
    public void Any_stretch_of_rows_is_what_the_whole_table_has_there()
    {
        Frame table = Table(longText: 10);
        MemoryStream file = Stored(table);
        for (int offset = 0; offset <= table.RowCount + 1; offset++)
        {
            for (int count = 0; count <= table.RowCount + 1; count++)
            {
                file.Position = 0;
                int[] rows = [.. Enumerable.Range(0, table.RowCount).Skip(offset).Take(count)];
                Texts(FrameFile.Read(file, offset, count)).ShouldBe(Texts(table.Take(rows)));
            }
        }
    }

    [Fact]
    public void Sparse_columns_come_back_sparse_in_any_stretch_of_rows()
    {
        var numbers = new SparseNumberColumn("x", 300, [2, 70, 71, 299], [0.1, double.NaN, -0.0, 7], common: -1.5);
        var table = new Frame(numbers, new SparseNumberColumn("missing", 300, [5], [2], common: double.NaN), new SparseNumberColumn("flag", 300, [64], [1], type: ColumnType.Boolean), new SparseNumberColumn("empty", 300, [], []));
        MemoryStream file = Stored(table);

        file.Length.ShouldBeLessThan(1000);
        FrameFile.Read(file).Columns.ShouldAllBe(column => column is SparseNumberColumn);
        foreach ((int offset, int count) in new[] { (0, 300), (0, 2), (70, 2), (71, 229), (299, 5), (300, 1), (100, 50) })
        {
            file.Position = 0;
            int[] rows = [.. Enumerable.Range(0, table.RowCount).Skip(offset).Take(count)];
            Texts(FrameFile.Read(file, offset, count)).ShouldBe(Texts(table.Take(rows)));
        }
    }

    [Fact]
    public void A_table_without_rows_or_columns_comes_back_too()
    {
        FrameFile.Read(Stored(Table().Take([]))).RowCount.ShouldBe(0);
        FrameFile.Read(Stored(new Frame())).ColumnCount.ShouldBe(0);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        byte[] whole = Stored(Table(longText: 10)).ToArray();
        for (int length = 0; length < whole.Length; length++)
        {
            Should.Throw<StorageException>(() => FrameFile.Read(new MemoryStream(whole[..length])), $"cut at {length} of {whole.Length}");
        }
    }

    private static MemoryStream Stored(Frame table)
    {
        var file = new MemoryStream();
        FrameFile.Write(file, table);
        file.Position = 0;
        return file;
    }

    private static string[] Texts(Frame table) =>
        [.. Enumerable.Range(0, table.RowCount).Select(row => string.Join("|", table.Columns.Select(column => column.TextAt(row) ?? "<missing>")))];

    private static Frame Table(int longText = 70_000)
    {
        const int rows = 11;
        var missing = new MissingMask(rows) { [2] = true, [9] = true };
        var oneMissing = new MissingMask(rows) { [10] = true };
        return new Frame(
            new Float32Column("float32", [.. Enumerable.Range(0, rows).Select(i => i == 3 ? float.NaN : i / 3f)]),
            new Float64Column("float64", [.. Enumerable.Range(0, rows).Select(i => i == 4 ? double.NegativeInfinity : i / 7.0)]),
            new SparseNumberColumn("sparse", rows, [1, 8], [2.5, double.NaN]),
            new Int64Column("int64", [.. Enumerable.Range(0, rows).Select(i => long.MaxValue - i)], missing),
            new Int64Column("whole", [.. Enumerable.Range(0, rows).Select(i => (long)i)]),
            new BooleanColumn("boolean", [.. Enumerable.Range(0, rows).Select(i => i % 2 == 0)], oneMissing),
            new CategoryColumn("category", [.. Enumerable.Range(0, rows).Select(i => i % 3 - 1)], ["a", "b", "unused"]),
            new DateColumn("date", [.. Enumerable.Range(0, rows).Select(i => new DateTime(2020, 1, 1 + i, 0, 0, i, DateTimeKind.Utc).Ticks)], missing),
            new TextColumn("text", ["", "plain", "zwölf", "東京", "a\nb", "\0", "😀", "x", "y", null, new string('z', longText)]));
    }
}
