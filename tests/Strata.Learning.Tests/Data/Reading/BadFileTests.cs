using System.IO.Compression;
using System.Text;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Xunit;

namespace Strata.Learning.Tests.Data.Reading;

public sealed class BadFileTests
{
    private static string MessageOf(byte[] bytes, TableReadOptions? options = null) => Should.Throw<DataException>(() => Texts.Read(bytes, options)).Message;

    private static string MessageOf(string text, TableReadOptions? options = null) => MessageOf(Encoding.UTF8.GetBytes(text), options);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\r\n")]
    [InlineData("\uFEFF")]
    public void An_empty_file_is_named_so(string text) => MessageOf(text).ShouldBe("The file is empty.");

    [Theory]
    [InlineData("a,b")]
    [InlineData("a,b\n")]
    [InlineData("a,b\n\n   \n")]
    public void A_header_without_rows_is_named_so(string text) => MessageOf(text).ShouldBe("The file has a header with 2 columns but no rows.");

    [Fact]
    public void Comments_alone_are_no_table() => MessageOf("# a\n# b\n").ShouldBe("The file has 2 comment lines and nothing else.");

    [Fact]
    public void Binary_files_are_named_by_their_kind()
    {
        MessageOf([0xFF, 0xD8, 0xFF, 0xE0]).ShouldStartWith("The file is a JPEG image; expected CSV");
        MessageOf("PAR1 and so on").ShouldStartWith("The file is a Parquet file");
    }

    [Fact]
    public void A_nul_byte_is_named_with_its_line() =>
        MessageOf([.. "a,b\n1,2\n3,"u8, 0, .. "4\n"u8]).ShouldBe("There is a NUL byte on line 3, which no text has: this is a binary file, or its encoding is another one.");

    [Fact]
    public void An_unclosed_quote_is_named_with_its_line()
    {
        MessageOf("a,b\n1,x\n2,\"y\n3,z\n").ShouldStartWith("The quote that opens on line 3 is never closed.");
        MessageOf("a,\"b\n1,x\n2,y\n").ShouldStartWith("The quote that opens on line 1 is never closed.");
    }

    [Fact]
    public void An_unclosed_quote_before_much_text_is_refused_at_once()
    {
        string text = "a,b\n1,\"x\n" + string.Concat(Enumerable.Repeat("2,y\n", 2_000_000));
        MessageOf(text).ShouldStartWith("The quoted field on line 2 is longer than 1048576 bytes");
    }

    [Fact]
    public void Too_many_columns_are_refused_before_rows_are_read()
    {
        string text = string.Join(',', Enumerable.Range(0, 50_000)) + "\n" + string.Concat(Enumerable.Repeat("1,", 49_999)) + "1\n";
        MessageOf(text).ShouldBe("The table has 50000 columns; at most 20000 are read.");
    }

    [Fact]
    public void A_wide_header_above_nearly_empty_lines_does_not_fill_the_memory()
    {
        string text = string.Join(',', Enumerable.Range(0, 10_000)) + "\n" + string.Concat(Enumerable.Repeat("1\n", 100_000));
        MessageOf(text).ShouldStartWith("The header has 10000 columns, but the 100000 lines below it hold 199999 bytes");
    }

    [Fact]
    public void A_line_without_end_is_refused()
    {
        string text = "a,b\n1," + new string('x', 3 << 20) + "\n";
        MessageOf(text).ShouldBe("A field on line 2 has 3145728 bytes; at most 1048576 are read.");
    }

    [Fact]
    public void A_gzip_bomb_is_refused()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (int i = 0; i < 128; i++)
            {
                gzip.Write(zeros);
            }
        }

        MessageOf(packed.ToArray()).ShouldStartWith("The file unpacks to more than 100 times its size");
        MessageOf(packed.ToArray(), new TableReadOptions { MaxUnpackedBytes = 1000 }).ShouldBe("The table unpacks to more than 1000 bytes; that is the most that is read.");
    }

    [Fact]
    public void A_damaged_gzip_file_is_named_so()
    {
        MessageOf([0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]).ShouldStartWith("The gzip file is damaged");
    }

    [Fact]
    public void A_type_that_does_not_fit_is_refused_with_the_first_value_and_its_line()
    {
        static TableReadOptions As(ColumnType type) => new() { Types = new Dictionary<string, ColumnType> { ["a"] = type } };
        MessageOf("a,b\n1,x\n\nabc,y\n2.5,z\n", As(ColumnType.Float64)).ShouldBe("Column 'a' has 'abc' on line 4; expected a number, as asked for.");
        MessageOf("a,b\n1,x\n2.5,z\n", As(ColumnType.Int64)).ShouldBe("Column 'a' has '2.5' on line 3; expected a whole number, as asked for.");
        MessageOf("a,b\n1,x\n2.5,z\n", As(ColumnType.Boolean)).ShouldBe("Column 'a' has '2.5' on line 3; expected true or false (or 1 or 0), as asked for.");
        MessageOf("a,b\n2020-01-01,x\nsoon,z\n", As(ColumnType.Date)).ShouldStartWith("Column 'a' has 'soon' on line 3; expected a date");
        MessageOf("aa,b\n1,x\n", As(ColumnType.Text)).ShouldContain("There is no column 'a'. Did you mean 'aa'?");
    }

    [Fact]
    public void A_missing_file_is_named_so() => Should.Throw<DataException>(() => TableFile.Read("no/such/file.csv")).Message.ShouldBe("There is no file 'no/such/file.csv'.");

    [Fact]
    public void Reading_stops_when_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Should.Throw<OperationCanceledException>(() => TableFile.Read(new MemoryStream("a\n1\n"u8.ToArray()), cancellation: cancelled.Token));
    }
}
