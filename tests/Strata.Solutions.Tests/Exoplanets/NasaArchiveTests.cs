using System.Text;
using Shouldly;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Exoplanets.Archive;
using Xunit;

namespace Strata.Solutions.Tests.Exoplanets;

public sealed class NasaArchiveTests : IDisposable
{
    private const string Header = "kepid,kepoi_name,kepler_name,koi_disposition,koi_period\n";

    private static readonly string Whole = Header + string.Concat(Enumerable.Range(1, 400).Select(i => $"{i},K{i:D5}.01,,\"CANDIDATE\",{i}.5\n"));

    private static readonly ArchiveSettings Hasty = new() { FirstPause = TimeSpan.FromMilliseconds(1), Silence = TimeSpan.FromSeconds(30), Attempts = 3 };

    private readonly string directory = Directory.CreateTempSubdirectory("strata-archive").FullName;
    private readonly HttpClient http = new();
    private readonly MovableClock clock = new();
    private readonly List<SourceProgress> progress = [];

    public void Dispose()
    {
        http.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_table_is_downloaded_whole_and_kept_with_what_is_known_of_it()
    {
        await using var archive = new LoopbackArchive(Answer.Of(Whole));
        FetchedTable table = await Fetch(archive.Address);

        Text(table).ShouldBe(Whole);
        archive.Requests.Single().ShouldStartWith("GET /TAP/sync?query=select+*+from+cumulative&format=csv ");
        table.Notes.Single().ShouldContain("400 rows, 5 columns");
        progress[^1].Bytes.ShouldBe(Whole.Length);
        progress[^1].TotalBytes.ShouldBe(Whole.Length);
        Directory.GetFiles(directory).Select(Path.GetFileName).Order().ShouldBe(["cumulative.csv", "cumulative.csv.lock", "cumulative.json"]);
    }

    [Fact]
    public async Task A_fresh_copy_is_used_without_asking_again()
    {
        await using (var archive = new LoopbackArchive(Answer.Of(Whole)))
        {
            await Fetch(archive.Address);
        }

        clock.Now += TimeSpan.FromHours(23);
        FetchedTable again = await Fetch(Unreachable());
        Text(again).ShouldBe(Whole);
        again.Notes.Single().ShouldStartWith("Copy of 2025-10-04");
    }

    [Fact]
    public async Task An_old_copy_is_replaced_by_what_the_archive_has_now()
    {
        string newer = Whole + "401,K00401.01,,CONFIRMED,1.5\n";
        await using var archive = new LoopbackArchive(Answer.Of(Whole), Answer.Of(newer));
        await Fetch(archive.Address);
        clock.Now += TimeSpan.FromDays(2);
        Text(await Fetch(archive.Address)).ShouldBe(newer);
    }

    [Fact]
    public async Task An_old_copy_serves_when_the_archive_cannot_be_reached_and_the_note_says_so()
    {
        await using (var archive = new LoopbackArchive(Answer.Of(Whole)))
        {
            await Fetch(archive.Address);
        }

        clock.Now += TimeSpan.FromDays(30);
        FetchedTable old = await Fetch(Unreachable());
        Text(old).ShouldBe(Whole);
        old.Notes.Single().ShouldContain("cannot be reached");
        old.Notes.Single().ShouldContain("The copy of 2025-10-04 was used instead");
    }

    [Fact]
    public async Task Offline_without_a_copy_the_error_says_what_to_do_instead()
    {
        SourceException error = await Should.ThrowAsync<SourceException>(() => Fetch(Unreachable()));
        error.Message.ShouldContain("cannot be reached");
        error.Message.ShouldContain("'kepler_simulated'");
        error.Message.ShouldContain("upload");
    }

    [Fact]
    public async Task A_copy_whose_bytes_were_changed_is_not_trusted()
    {
        await using var archive = new LoopbackArchive(Answer.Of(Whole), Answer.Of(Whole));
        await Fetch(archive.Address);
        File.WriteAllText(Path.Combine(directory, "cumulative.csv"), Whole.Replace("17.5", "99.5", StringComparison.Ordinal));
        Text(await Fetch(archive.Address)).ShouldBe(Whole);
        archive.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_server_error_is_tried_again()
    {
        await using var archive = new LoopbackArchive(Answer.Of("busy", "500 Internal Server Error"), Answer.Of("busy", "503 Busy", "Retry-After: 0\r\n"), Answer.Of(Whole));
        Text(await Fetch(archive.Address)).ShouldBe(Whole);
        progress.ShouldContain(step => step.Step.Contains("500") && step.Step.Contains("2 of 3"));
    }

    [Fact]
    public async Task A_server_that_keeps_failing_ends_in_an_error_that_names_its_answer()
    {
        await using var archive = new LoopbackArchive([.. Enumerable.Repeat(Answer.Of("no", "500 Internal Server Error"), 3)]);
        SourceException error = await Should.ThrowAsync<SourceException>(() => Fetch(archive.Address));
        error.Message.ShouldContain("500");
        error.Message.ShouldContain("Tried 3 times");
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again()
    {
        await using var archive = new LoopbackArchive(Answer.Of("<html><body><h1>Gone fishing</h1></body></html>", "404 Not Found"));
        SourceException error = await Should.ThrowAsync<SourceException>(() => Fetch(archive.Address));
        error.Message.ShouldContain("404");
        error.Message.ShouldContain("Gone fishing");
        archive.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_falls_silent_is_given_up_in_time_and_tried_again()
    {
        await using var archive = new LoopbackArchive(Answer.Silent());
        SourceException error = await Should.ThrowAsync<SourceException>(() => Fetch(archive.Address, Hasty with { Silence = TimeSpan.FromMilliseconds(400) }, TestContext.Current.CancellationToken));
        error.Message.ShouldContain("silent for 0.4 s");
    }

    [Fact]
    public async Task A_download_that_breaks_off_is_continued_where_the_server_names_its_bytes()
    {
        const string tag = "ETag: \"v1\"\r\n";
        await using var archive = new LoopbackArchive(
            Answer.BrokenOff(Whole, 3000, tag),
            Answer.Of(Whole[3000..], "206 Partial Content", $"{tag}Content-Range: bytes 3000-{Whole.Length - 1}/{Whole.Length}\r\n"));
        Text(await Fetch(archive.Address)).ShouldBe(Whole);
        archive.Requests[1].ShouldContain("Range: bytes=3000-");
        archive.Requests[1].ShouldContain("If-Range: \"v1\"");
    }

    [Fact]
    public async Task A_later_fetch_continues_what_an_earlier_one_left()
    {
        const string tag = "ETag: \"v1\"\r\n";
        await using var archive = new LoopbackArchive(
            Answer.BrokenOff(Whole, 3000, tag),
            Answer.Of("x", "400 Bad Request"),
            Answer.Of(Whole[3000..], "206 Partial Content", $"{tag}Content-Range: bytes 3000-{Whole.Length - 1}/{Whole.Length}\r\n"));
        await Should.ThrowAsync<SourceException>(() => Fetch(archive.Address));
        Text(await Fetch(archive.Address)).ShouldBe(Whole);
    }

    [Fact]
    public async Task Bytes_that_changed_meanwhile_are_downloaded_from_the_start()
    {
        string newer = Whole + "401,K00401.01,,CONFIRMED,1.5\n";
        await using var archive = new LoopbackArchive(Answer.BrokenOff(Whole, 3000, "ETag: \"v1\"\r\n"), Answer.Of(newer, headers: "ETag: \"v2\"\r\n"));
        Text(await Fetch(archive.Address)).ShouldBe(newer);
    }

    [Fact]
    public async Task A_server_that_names_no_bytes_is_asked_from_the_start()
    {
        await using var archive = new LoopbackArchive(Answer.BrokenOff(Whole, 3000), Answer.Of(Whole));
        Text(await Fetch(archive.Address)).ShouldBe(Whole);
        archive.Requests[1].ShouldNotContain("Range");
    }

    [Fact]
    public async Task A_cut_row_is_noticed_where_the_server_never_said_how_much_would_come()
    {
        await using var archive = new LoopbackArchive(Answer.Unmeasured(Whole[..5000]), Answer.Unmeasured(Whole));
        Text(await Fetch(archive.Address)).ShouldBe(Whole);
        progress.ShouldContain(step => step.Step.Contains("broke off after"));
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><VOTABLE xmlns=\"http://www.ivoa.net/xml/VOTable/v1.3\"><RESOURCE type=\"results\"><INFO name=\"QUERY_STATUS\" value=\"ERROR\">ORA-00942: table or view does not exist</INFO></RESOURCE></VOTABLE>")]
    [InlineData("ERROR<br>\nORA-00942: table or view does not exist<br>")]
    public async Task An_error_inside_an_answer_of_status_200_is_told_and_not_tried_again(string body)
    {
        await using var archive = new LoopbackArchive(Answer.Of(body));
        SourceException error = await Should.ThrowAsync<SourceException>(() => Fetch(archive.Address));
        error.Message.ShouldContain("refused the query");
        error.Message.ShouldContain("ORA-00942: table or view does not exist");
        error.Message.ShouldNotContain("<");
    }

    [Fact]
    public async Task An_answer_that_is_another_table_is_refused_and_not_kept()
    {
        await using var archive = new LoopbackArchive(Answer.Of("a,b\n1,2\n"));
        SourceException error = await Should.ThrowAsync<SourceException>(() => Fetch(archive.Address));
        error.Message.ShouldContain("no column 'kepid', 'koi_disposition', 'koi_period'");
        File.Exists(Path.Combine(directory, "cumulative.csv")).ShouldBeFalse();
    }

    [Fact]
    public async Task Cancelling_ends_a_download_at_once()
    {
        await using var archive = new LoopbackArchive(Answer.Silent());
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Should.ThrowAsync<OperationCanceledException>(() => Fetch(archive.Address, new ArchiveSettings(), cancel.Token));
    }

    [Fact]
    public async Task Two_fetches_at_once_download_once()
    {
        await using var archive = new LoopbackArchive(Answer.Of(Whole));
        FetchedTable[] both = await Task.WhenAll(Fetch(archive.Address), Fetch(archive.Address));
        both.ShouldAllBe(table => Text(table) == Whole);
        archive.Requests.Count.ShouldBe(1);
    }

    private Task<FetchedTable> Fetch(Uri address) => Fetch(address, Hasty, TestContext.Current.CancellationToken);

    private Task<FetchedTable> Fetch(Uri address, ArchiveSettings settings, CancellationToken cancellation)
    {
        var context = new SourceContext
        {
            Http = http,
            CacheDirectory = directory,
            ArchiveAddress = address,
            Clock = clock,
            Progress = new Listener(progress),
            Cancellation = cancellation,
        };
        return Task.Run(() => new NasaArchive(Mission.Kepler, settings).FetchAsync(new SourceRequest(), context), cancellation);
    }

    private static string Text(FetchedTable table)
    {
        using var reader = new StreamReader(table.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>A port that nobody listens on.</summary>
    private static Uri Unreachable() => new("http://127.0.0.1:1/TAP/sync");

    private sealed class Listener(List<SourceProgress> steps) : IProgress<SourceProgress>
    {
        public void Report(SourceProgress value)
        {
            lock (steps)
            {
                steps.Add(value);
            }
        }
    }

    /// <summary>Real timers; only the date is ours.</summary>
    private sealed class MovableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2025, 10, 4, 2, 5, 47, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
