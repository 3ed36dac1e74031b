using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Shouldly;
using Strata.Client;
using Strata.Client.Contracts;
using Xunit;

namespace Strata.Server.Tests.Datasets;

public abstract class DatasetContract(SharedServer shared)
{
    private readonly RunningServer server = shared.Running;

    [Fact]
    public async Task An_uploaded_table_can_be_looked_at()
    {
        DatasetView dataset = await Upload("name,size,kind\nada,1.5,a\nbob,,b\ncid,2.5,a\n", "people.csv");
        dataset.Status.ShouldBe(DatasetStatus.Ready);
        dataset.Name.ShouldBe("people");
        dataset.Version.ShouldBe(1);
        dataset.Origin.ShouldBe(DatasetOrigin.Upload);
        dataset.RowCount.ShouldBe(3);
        dataset.Columns.Select(column => column.Name).ShouldBe(["name", "size", "kind"]);
        dataset.Columns[1].Type.ShouldBe(ColumnType.Float64);

        DatasetRows rows = await server.Client.DatasetRowsAsync(dataset.Id, 1, 1, Cancellation);
        rows.RowCount.ShouldBe(3);
        rows.Rows.Single().ShouldBe(["bob", null, "b"]);

        TableProfileView profile = await (await server.Http.GetAsync($"/api/datasets/{dataset.Id}/profile?target=kind", Cancellation)).Read<TableProfileView>();
        profile.Target.ShouldBe("kind");
        profile.Columns[1].Missing.ShouldBe(1);
        profile.Columns[1].Mean.ShouldBe(2);

        (await server.Client.DatasetsAsync(cancellation: Cancellation)).Items.ShouldContain(item => item.Id == dataset.Id);
    }

    [Fact]
    public async Task Sparse_rows_are_uploaded_and_looked_at_like_any_table()
    {
        string lines = string.Concat(Enumerable.Range(0, 200).Select(row => $"{row % 2} {1 + row % 40}:2.5 {100 + row % 7}:1\n"));
        DatasetView dataset = await Upload(lines, "mails.svmlight");
        (dataset.Status, dataset.RowCount, dataset.ColumnCount).ShouldBe((DatasetStatus.Ready, 200, 48));

        DatasetRows rows = await server.Client.DatasetRowsAsync(dataset.Id, 41, 1, Cancellation);
        rows.Rows.Single().Take(4).ShouldBe(["1", "0", "2.5", "0"]);
    }

    [Fact]
    public async Task A_wide_table_is_looked_at_in_few_rows_at_a_time()
    {
        string header = string.Join(',', Enumerable.Range(0, 2000).Select(column => $"c{column}"));
        DatasetView dataset = await Upload($"{header}\n{string.Join(',', Enumerable.Repeat("1", 2000))}\n", "wide.csv");
        HttpResponseMessage answer = await server.Http.GetAsync($"/api/datasets/{dataset.Id}/rows?count=1000", Cancellation);
        (await answer.Problem(422)).Detail.ShouldContain("at most 500 rows");
        (await server.Client.DatasetRowsAsync(dataset.Id, cancellation: Cancellation)).Rows.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_type_makes_another_version()
    {
        DatasetView first = await Upload("code,y\n1,2\n3,4\n", "codes.csv");
        HttpResponseMessage answer = await server.Http.PostAsync(
            $"/api/datasets/{first.Id}/types", new StringContent("""{"types":{"code":"category"}}""", Encoding.UTF8, "application/json"), Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        DatasetView second = await answer.Read<DatasetView>();
        second.Id.ShouldNotBe(first.Id);
        second.Version.ShouldBe(2);
        second.Columns[0].Type.ShouldBe(ColumnType.Category);
        second.Columns[1].Type.ShouldBe(first.Columns[1].Type);
    }

    [Fact]
    public async Task Types_may_come_with_the_upload()
    {
        using var content = new MemoryStream("code,y\n1,2\n"u8.ToArray());
        DatasetView dataset = await server.Client.UploadAsync(content, "t.csv", types: new Dictionary<string, ColumnType> { ["code"] = ColumnType.Text }, cancellation: Cancellation);
        dataset.Columns[0].Type.ShouldBe(ColumnType.Text);
    }

    [Fact]
    public async Task A_table_that_takes_long_to_read_is_accepted_and_becomes_ready_later()
    {
        await using RunningServer hasty = await RunningServer.Start(configure: options => options with { ReadingPatience = TimeSpan.Zero });
        using var form = new MultipartFormDataContent { { new ByteArrayContent("a,b\n1,2\n"u8.ToArray()), "file", "t.csv" } };
        HttpResponseMessage answer = await hasty.Http.PostAsync("/api/datasets", form, Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        DatasetView dataset = await answer.Read<DatasetView>();
        dataset.Status.ShouldBe(DatasetStatus.Reading);
        await (await hasty.Http.GetAsync($"/api/datasets/{dataset.Id}/rows", Cancellation)).Problem(409);
        await hasty.Client.WaitAsync(dataset.JobId!, cancellation: Cancellation);
        (await hasty.Client.DatasetAsync(dataset.Id, Cancellation)).Status.ShouldBe(DatasetStatus.Ready);
    }

    [Fact]
    public async Task A_type_that_does_not_fit_is_refused_and_makes_no_version()
    {
        DatasetView first = await Upload("code,y\nx,2\nz,4\n", "letters.csv");
        HttpResponseMessage answer = await server.Http.PostAsync(
            $"/api/datasets/{first.Id}/types", new StringContent("""{"types":{"code":"float64"}}""", Encoding.UTF8, "application/json"), Cancellation);
        (await answer.Problem(422)).Detail.ShouldContain("code");
        (await server.Client.DatasetAsync(first.Id, Cancellation)).Status.ShouldBe(DatasetStatus.Ready);
    }

    [Fact]
    public async Task The_original_comes_back_as_a_download_that_no_browser_runs()
    {
        const string Page = "<script>alert(1)</script>,b\n1,2\n";
        DatasetView dataset = await Upload(Page, "evil.html");
        HttpResponseMessage answer = await server.Http.GetAsync($"/api/datasets/{dataset.Id}/file", Cancellation);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldBe(Page);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task A_deleted_dataset_is_gone()
    {
        DatasetView dataset = await Upload("a,b\n1,2\n", "t.csv");
        await server.Client.DeleteDatasetAsync(dataset.Id, Cancellation);
        await (await server.Http.GetAsync($"/api/datasets/{dataset.Id}", Cancellation)).Problem(404);
    }

    [Theory]
    [InlineData("../../../escape.csv")]
    [InlineData("..\\..\\escape.csv")]
    [InlineData("%2e%2e%2fescape.csv")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\windows\\x.csv")]
    [InlineData("\\\\host\\share\\x.csv")]
    [InlineData("CON")]
    [InlineData("name. ")]
    [InlineData("-rf")]
    [InlineData("\u202Evsc.exe")]
    [InlineData("a;b=c\u0001.csv")]
    public async Task A_name_like_a_path_stays_a_name(string fileName)
    {
        string parent = Path.GetDirectoryName(server.DataFolder)!;
        string[] before = Directory.GetFileSystemEntries(parent);
        DatasetView dataset = await Upload("a,b\n1,2\n", fileName);
        dataset.Name.ShouldNotContain("/");
        dataset.Name.ShouldNotContain("\\");
        dataset.Name.ShouldNotContain(character => char.IsControl(character));
        Directory.GetFileSystemEntries(parent).ShouldBe(before);
        HttpResponseMessage file = await server.Http.GetAsync($"/api/datasets/{dataset.Id}/file", Cancellation);
        ContentDispositionHeaderValue disposition = file.Content.Headers.ContentDisposition.ShouldNotBeNull();
        (disposition.FileNameStar ?? disposition.FileName)!.Trim('"').ShouldNotContain(character => character == '/' || character == '\\' || char.IsControl(character));
    }

    [Fact]
    public async Task A_file_over_the_limit_is_refused_with_the_limit_and_leaves_nothing()
    {
        await using RunningServer small = await RunningServer.Start(options => options with { MaxUploadBytes = 10_000 });
        using var content = new MemoryStream(new byte[2_000_000]);
        RefusedException refused = await Should.ThrowAsync<RefusedException>(() => small.Client.UploadAsync(content, "big.csv", cancellation: Cancellation));
        refused.Problem.Status.ShouldBe(413);
        refused.Problem.Detail.ShouldContain("10000");
        (await small.Client.DatasetsAsync(cancellation: Cancellation)).Total.ShouldBe(0);
        Directory.EnumerateFiles(Path.Join(small.DataFolder, "incoming")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("application/json", "{}", 415)]
    [InlineData("text/plain", "a,b", 415)]
    [InlineData("multipart/form-data", "a,b", 400)]
    [InlineData("multipart/form-data; boundary=x", "", 400)]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nno header", 400)]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--", 400)]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=other\r\n\r\n1\r\n--x--", 422)]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=file; filename=a.csv\r\n\r\na,b\n1,2", 400)]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=types\r\n\r\n{\"a\":\"integer\"}\r\n--x\r\nContent-Disposition: form-data; name=file; filename=a.csv\r\n\r\na,b\n1,2\r\n--x--", 400)]
    public async Task A_damaged_form_is_refused(string type, string body, int status)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        await (await server.Http.PostAsync("/api/datasets", content, Cancellation)).Problem(status);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<DatasetView> Upload(string content, string fileName)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        return await server.Client.UploadAsync(stream, fileName, cancellation: Cancellation);
    }
}

public sealed class DatasetTests(SharedServer shared) : DatasetContract(shared), IClassFixture<SharedServer>;

public sealed class DatasetOnPostgresTests(SharedPostgresServer shared) : DatasetContract(shared), IClassFixture<SharedPostgresServer>;
