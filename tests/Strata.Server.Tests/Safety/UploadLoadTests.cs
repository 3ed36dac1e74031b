using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Shouldly;
using Xunit;

namespace Strata.Server.Tests.Safety;

/// <summary>More uploads than a server cares to have: many at once, and ones that never end.</summary>
public sealed class UploadLoadTests
{
    private const int Most = 300;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_uploads_at_once_are_stored_or_refused_by_the_quota_and_nothing_else()
    {
        const int uploads = 1000;
        await using RunningServer server = await RunningServer.Start(
            options => options with { WorkerProgram = null, MaxQueuedPerUser = Most },
            options => options with { ReadingPatience = TimeSpan.FromMilliseconds(1) });
        int blobs = Blobs(server);
        var statuses = new ConcurrentBag<HttpStatusCode>();
        await Task.WhenAll(Enumerable.Range(0, uploads).Select(async i =>
        {
            using var form = new MultipartFormDataContent { { new StringContent($"a,b\n{i},2\n"), "file", $"t{i}.csv" } };
            using HttpResponseMessage answer = await server.Http.PostAsync("/api/datasets", form, Cancellation);
            statuses.Add(answer.StatusCode);
        }));
        statuses.Count(status => status == HttpStatusCode.Accepted).ShouldBe(Most);
        statuses.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBe(uploads - Most);
        server.Platform.Datasets.List().Total.ShouldBe(Most);
        server.Platform.Jobs.List().Total.ShouldBe(Most);
        Directory.GetFiles(Path.Join(server.DataFolder, "incoming")).ShouldBeEmpty();
        (await server.Http.GetAsync("/api/health", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await server.Platform.Storage.SweepAsync();
        Blobs(server).ShouldBe(blobs + Most);
    }

    [Fact]
    public async Task An_upload_of_a_byte_a_second_is_cut_off_and_leaves_nothing()
    {
        await using RunningServer server = await RunningServer.Start(options => options with { WorkerProgram = null });
        using var connection = new TcpClient();
        await connection.ConnectAsync(server.Address.Host, server.Address.Port, Cancellation);
        NetworkStream stream = connection.GetStream();
        string head = $"POST /api/datasets HTTP/1.1\r\nHost: {server.Address.Authority}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t.csv\"\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), Cancellation);
        var watch = Stopwatch.StartNew();
        Task<string> answer = ReadToEnd(stream);
        while (!answer.IsCompleted)
        {
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
            try
            {
                await stream.WriteAsync("x"u8.ToArray(), Cancellation);
            }
            catch (IOException)
            {
                break;
            }

            await Task.WhenAny(answer, Task.Delay(1000, Cancellation));
        }

        string said = await answer;
        said.ShouldMatch("^(HTTP/1.1 408|$)");
        Directory.GetFiles(Path.Join(server.DataFolder, "incoming")).ShouldBeEmpty();
        server.Platform.Datasets.List().Total.ShouldBe(0);
    }

    private static int Blobs(RunningServer server) => Directory.GetFiles(Path.Join(server.DataFolder, "blobs"), "*", SearchOption.AllDirectories).Length;

    private static async Task<string> ReadToEnd(NetworkStream stream)
    {
        using var kept = new MemoryStream();
        try
        {
            await stream.CopyToAsync(kept, Cancellation);
        }
        catch (IOException)
        {
            // Cut off.
        }

        return Encoding.ASCII.GetString(kept.ToArray());
    }
}
