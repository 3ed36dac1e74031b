using System.Text;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Tensors;
using Xunit;

namespace Strata.Learning.Tests.Data.Reading;

public class SvmlightTableTests
{
    [Fact]
    public void Labels_queries_and_entries_become_columns_in_the_order_of_their_indices()
    {
        TableReading reading = Read("# a table\n+1 qid:3 10:2.5 2:1e2 # the first\n\n-1 qid:4\r\n1\tqid:4 7:-3\n");

        reading.Frame.Names.ShouldBe(["label", "qid", "f2", "f7", "f10"]);
        reading.Frame["label"].ShouldBeOfType<Int64Column>().Values.ShouldBe([1, -1, 1]);
        reading.Frame["qid"].ShouldBeOfType<Int64Column>().Values.ShouldBe([3, 4, 4]);
        Numbers(reading.Frame["f2"]).ShouldBe([100, 0, 0]);
        Numbers(reading.Frame["f7"]).ShouldBe([0, 0, -3]);
        Numbers(reading.Frame["f10"]).ShouldBe([2.5, 0, 0]);
        (reading.Format.Kind, reading.Format.CommentLines.Single()).ShouldBe((TableKind.Svmlight, "a table"));
        reading.Notes.Single().ShouldBe("No index is 0: indices seem to count from 1. 3 columns have 3 entries; all other numbers are 0.");
    }

    [Fact]
    public void Labels_with_fractions_are_numbers_and_an_index_of_zero_is_noted()
    {
        TableReading reading = Read("1.5 0:1\n-2 1:nan\n");

        reading.Frame["label"].ShouldBeOfType<Float64Column>().Values.ShouldBe([1.5, -2]);
        reading.Frame["f1"].IsMissing(1).ShouldBeTrue();
        reading.Notes.Single().ShouldStartWith("Indices count from 0.");
    }

    [Fact]
    public void Every_bad_token_is_named_with_its_line()
    {
        var error = Should.Throw<DataException>(() => Read("1 1:2\nyes 1:2\n1,2 1:1\n1 3:x 4\n1 -1:2\n1 qid:a\n1 5:inf\n"));

        error.Problems.ShouldBe([
            "Line 2 has 'yes'; expected a label that is a number.",
            "Line 3 has '1,2'; expected one label; several labels of one row are not taken.",
            "Line 4 has '3:x'; expected index:value with a finite number.",
            "Line 4 has '4'; expected index:value with a whole index of at least 0.",
            "Line 5 has '-1:2'; expected index:value with a whole index of at least 0.",
            "Line 6 has 'qid:a'; expected qid: and a whole number.",
            "Line 7 has '5:inf'; expected index:value with a finite number.",
        ]);
    }

    [Fact]
    public void An_index_twice_in_a_line_a_query_in_some_rows_and_no_row_at_all_are_refused()
    {
        Should.Throw<DataException>(() => Read("1 1:1\n1 2:1 3:4 2:5\n")).Message.ShouldBe("Line 2 has index 2 twice; expected each index once.");
        Should.Throw<DataException>(() => Read("1 qid:1 1:1\n1 2:1\n")).Message.ShouldContain("1 of 2 rows have a query");
        Should.Throw<DataException>(() => Read("# nothing\n\n")).Message.ShouldContain("no row");
    }

    [Fact]
    public void More_indices_than_allowed_are_refused() =>
        Should.Throw<DataException>(() => Read("1 1:1 2:1 3:1\n", new TableReadOptions { MaxSparseColumns = 2 })).Message.ShouldContain("at most 2");

    [Fact]
    public void Columns_that_a_model_expects_are_zero_where_no_line_mentions_them()
    {
        var schema = new Schema([new SchemaColumn("f1", ColumnType.Float64), new SchemaColumn("f90", ColumnType.Float64), new SchemaColumn("other", ColumnType.Float64)]);

        Frame frame = Read("0 1:5\n", new TableReadOptions().Suiting(schema)).Frame;

        frame.Names.ShouldBe(["label", "f1", "f90"]);
        Numbers(frame["f90"]).ShouldBe([0]);
    }

    [Fact]
    public void A_large_file_reads_back_to_what_was_written_and_keeps_only_entries()
    {
        var random = RandomSource.For(3, "svmlight");
        var text = new StringBuilder();
        var expected = new double[500][];
        for (int row = 0; row < 500; row++)
        {
            expected[row] = new double[101];
            text.Append(row % 3);
            foreach (int index in Enumerable.Range(1, 100).Where(_ => random.NextInt(20) == 0))
            {
                expected[row][index] = random.NextGaussian();
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $" {index}:{expected[row][index]:R}");
            }

            text.Append('\n');
        }

        Frame frame = Read(text.ToString()).Frame;

        frame.Columns.Skip(1).ShouldAllBe(column => column is SparseNumberColumn);
        for (int index = 1; index <= 100; index++)
        {
            Numbers(frame[$"f{index}"]).ShouldBe([.. expected.Select(row => row[index])]);
        }
    }

    [Fact]
    public void Any_other_name_is_read_as_before() =>
        TableFile.Read(new MemoryStream("a b\n1 2:3\n"u8.ToArray()), "table.txt", new TableReadOptions { Delimiter = ' ' }, TestContext.Current.CancellationToken).Frame.Names.ShouldBe(["a", "b"]);

    private static TableReading Read(string text, TableReadOptions? options = null) => TableFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "rows.svmlight", options, TestContext.Current.CancellationToken);

    private static double[] Numbers(Column column)
    {
        var numbers = new double[column.Count];
        column.CopyNumbers(numbers);
        return numbers;
    }
}
