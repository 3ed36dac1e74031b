using System.IO.Compression;
using System.Text;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Datasets;

/// <summary>Each kind of bad file gets a refusal that helps, or a repair that is said; never an unexpected error, never a hang.</summary>
public sealed class BadFileTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private StrataClient Client => shared.Running.Client;

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a,b\n", "no rows")]
    [InlineData("a,b\n1,2\n3\u00004\n", "NUL")]
    [InlineData("a,b\n1,\"2\n3,4\n", "never closed")]
    public async Task A_text_without_a_table_is_refused(string text, string named) => (await Refused(Encoding.UTF8.GetBytes(text))).ShouldContain(named);

    [Fact]
    public async Task A_binary_file_is_refused_by_its_kind() => (await Refused([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 1])).ShouldContain("PNG");

    [Fact]
    public async Task Fifty_thousand_columns_are_refused_with_the_limit()
    {
        string line = string.Join(',', Enumerable.Range(0, 50_000).Select(column => $"c{column}"));
        (await Refused(Encoding.UTF8.GetBytes($"{line}\n{line}\n"))).ShouldContain("20000");
    }

    [Fact]
    public async Task A_line_that_is_too_short_or_too_long_is_repaired_and_said()
    {
        DatasetView dataset = await Upload("a,b,c\n1,2,3\n4,5\n6,7,8,9\n"u8.ToArray());
        dataset.Notes.ShouldContain(note => note.Contains("line 3", StringComparison.OrdinalIgnoreCase));
        dataset.Notes.ShouldContain(note => note.Contains("line 4", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Another_encoding_is_read_and_said()
    {
        DatasetView dataset = await Upload(Encoding.Latin1.GetBytes("name,n\ncafé,1\nnaïve,2\n"));
        dataset.Notes.ShouldContain(note => note.Contains("not UTF-8", StringComparison.Ordinal));
        (await Client.DatasetRowsAsync(dataset.Id, cancellation: Cancellation)).Rows[0][0].ShouldBe("café");
    }

    [Fact]
    public async Task Duplicate_and_odd_headers_are_made_unique_and_said()
    {
        DatasetView dataset = await Upload("a,a,,__proto__,constructor,A, x \n1,2,3,4,5,6,7\n"u8.ToArray());
        dataset.Columns.Select(column => column.Name).Distinct(StringComparer.Ordinal).Count().ShouldBe(7);
        dataset.Columns.ShouldAllBe(column => column.Name.Length > 0);
        dataset.Notes.ShouldNotBeEmpty();
        (await Client.DatasetRowsAsync(dataset.Id, cancellation: Cancellation)).Rows.Single().ShouldBe(["1", "2", "3", "4", "5", "6", "7"]);
    }

    [Fact]
    public async Task A_target_without_a_value_is_refused()
    {
        DatasetView dataset = await Upload("a,y\n1,\n2,\n3,\n"u8.ToArray());
        (await RefusedRun(dataset, "y")).ShouldContain("no value in any of its 3 rows");
    }

    [Theory]
    [InlineData("a,y\n1,x\n2,x\n3,x\n", "'x'")]
    [InlineData("a,y\n1,7\n2,7\n3,7\n", "same value")]
    public async Task A_target_of_one_class_is_refused(string table, string named)
    {
        DatasetView dataset = await Upload(Encoding.UTF8.GetBytes(table));
        (await RefusedRun(dataset, "y")).ShouldContain(named);
    }

    [Fact]
    public async Task Infinite_values_are_repaired_or_refused_and_said()
    {
        var table = new StringBuilder("a,b,y\n");
        for (int row = 0; row < 200; row++)
        {
            table.Append(row % 9 == 0 ? "inf" : row % 11 == 0 ? "-inf" : row % 13 == 0 ? "1e999" : $"{row}").Append(',').Append(row % 7).Append(',').Append(row % 2 == 0 ? "u" : "v").Append('\n');
        }

        DatasetView dataset = await Upload(Encoding.UTF8.GetBytes(table.ToString()));
        await (await shared.Running.Http.GetAsync($"/api/datasets/{dataset.Id}/profile?target=y", Cancellation)).Read<TableProfileView>();
        await Client.DatasetRowsAsync(dataset.Id, cancellation: Cancellation);
        RunView run = await Client.StartRunAsync(new RunRequest(dataset.Id, new PlanRequest("y", Algorithm: "logistic_regression")), Cancellation);
        JobView job = await Client.WaitAsync(run.Job!.Id, cancellation: Cancellation);
        run = await Client.RunAsync(run.Id, Cancellation);
        string said = string.Join(' ', [.. dataset.Notes, .. run.Notes, job.Error ?? string.Empty]);
        said.ShouldContain("infini", Case.Insensitive);
    }

    [Fact]
    public async Task A_gzip_bomb_is_refused()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            byte[] zeros = new byte[1 << 20];
            Array.Fill(zeros, (byte)'0');
            for (int i = 0; i < 400; i++)
            {
                gzip.Write(zeros);
            }
        }

        (await Refused(packed.ToArray(), "bomb.csv.gz")).ShouldContain("unpacks");
    }

    [Fact]
    public async Task A_workbook_that_unpacks_to_far_more_than_it_is_is_refused()
    {
        byte[] bomb = Workbook.OfSheet($"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{new string(' ', 60 << 20)}</sheetData></worksheet>");
        bomb.Length.ShouldBeLessThan(1 << 20);
        (await Refused(bomb, "bomb.xlsx")).ShouldContain("unpacks");
    }

    [Fact]
    public async Task A_zip_that_is_no_workbook_and_a_workbook_that_is_no_zip_are_refused()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("../../evil.txt").Open();
            entry.Write("x"u8);
        }

        await Refused(packed.ToArray(), "table.xlsx");
        await Refused([.. "PK\u0003\u0004"u8, .. new byte[100]], "table.xlsx");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<DatasetView> Upload(byte[] content, string fileName = "table.csv")
    {
        using var stream = new MemoryStream(content);
        DatasetView dataset = await Client.UploadAsync(stream, fileName, cancellation: Cancellation);
        dataset.Status.ShouldBe(DatasetStatus.Ready);
        return dataset;
    }

    /// <summary>The reason of the refusal, which is 422 and keeps nothing.</summary>
    private async Task<string> Refused(byte[] content, string fileName = "table.csv")
    {
        int before = shared.Running.Platform.Datasets.List().Total;
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", fileName } };
        Problem problem = await (await shared.Running.Http.PostAsync("/api/datasets", form, Cancellation)).Problem(422);
        shared.Running.Platform.Datasets.List().Total.ShouldBe(before);
        return problem.Detail;
    }

    private async Task<string> RefusedRun(DatasetView dataset, string target)
    {
        RefusedException refused = await Should.ThrowAsync<RefusedException>(() => Client.StartRunAsync(new RunRequest(dataset.Id, new PlanRequest(target)), Cancellation));
        refused.Problem.Status.ShouldBe(422);
        return refused.Message;
    }
}
