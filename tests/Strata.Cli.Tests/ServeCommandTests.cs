using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Strata.Cli.Tests;

/// <summary><c>strata serve</c> and the commands that speak to it, as real programs.</summary>
public sealed class ServeCommandTests : IDisposable
{
    private const string Password = "correct horse battery staple";

    private readonly CommandLine commands = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => commands.PathOf("data");

    public void Dispose() => commands.Dispose();

    [Fact]
    public async Task Beyond_the_loopback_it_serves_when_somebody_administers_and_lets_nobody_else_in()
    {
        CommandLine.Outcome refused = await commands.Run("serve", "--listen", "0.0.0.0", "--port", "0", "--data", Data);
        refused.ExitCode.ShouldBe(ExitCode.Failed);
        refused.Error.ShouldContain("strata admin create");
        (await commands.Run(["admin", "create", "root", "--data", Data], "short\n")).Error.ShouldContain("8");
        (await commands.Run(["admin", "create", "root", "--data", Data], $"{Password}\n")).Output.ShouldContain("root administers now");

        await using ServedProgram served = await ServedProgram.StartAsync(Data, "--listen", "0.0.0.0");
        using HttpClient anybody = served.NewClient();
        (await anybody.GetAsync("/api/health", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await anybody.GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await anybody.PostAsJsonAsync("/api/session", new { name = "root", password = Password }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_that_is_printed_once_makes_the_first_administrator()
    {
        await using ServedProgram served = await ServedProgram.StartAsync(Data, "--set-up");
        using HttpClient anybody = served.NewClient();
        (await anybody.GetAsync("/api/datasets", Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        for (int i = 0; i < 200 && !served.Said.Contains("this token", StringComparison.Ordinal); i++)
        {
            await Task.Delay(20, Cancellation);
        }

        string token = served.Said.Split("good for once: ")[1].Split('\n')[0].Trim();
        token.Length.ShouldBe(32);
        (await anybody.PostAsJsonAsync("/api/session/set-up", new { name = "root", password = Password, token }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await anybody.PostAsJsonAsync("/api/session/set-up", new { name = "other", password = Password, token }, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task With_a_certificate_it_speaks_HTTPS_and_tells_browsers_to_stay_with_it()
    {
        await using ServedProgram served = await ServedProgram.StartAsync(Data, "--certificate", Certificate());
        served.Address.Scheme.ShouldBe("https");
        using HttpClient client = served.NewClient(new SocketsHttpHandler { UseCookies = false, SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject == "CN=strata.test" } });
        using HttpResponseMessage answer = await client.GetAsync("/api/health", Cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Strict-Transport-Security").Single().ShouldBe("max-age=31536000");
        using HttpResponseMessage made = await client.PostAsJsonAsync("/api/session/set-up", new { name = "root", password = Password }, Cancellation);
        made.Headers.GetValues("Set-Cookie").Single().ShouldMatch("^__Host-strata_session=[^;]+; path=/; secure; samesite=lax; httponly$");

        (await commands.Run("serve", "--certificate", commands.Write("no.pem", "nonsense"), "--data", commands.PathOf("other"))).Error.ShouldContain("no.pem");
    }

    [Fact]
    public async Task Accounts_are_made_and_used_from_the_command_line_against_a_running_server()
    {
        async Task<CommandLine.Outcome> Prepare(string command, string input = "") => await commands.Run([.. command.Split(' '), "--data", Data], input);
        (await Prepare("admin create root", $"{Password}\n")).Output.ShouldContain("root administers now");
        (await Prepare("user create ann", $"{Password}\n")).Output.ShouldContain("Made ann");
        (await Prepare("project create lab")).Output.ShouldContain("Made lab");
        (await Prepare("project grant lab ann viewer")).Output.ShouldContain("ann is viewer of lab");
        (await Prepare("user create robot --service")).ExitCode.ShouldBe(ExitCode.Done);
        (await Prepare("project grant lab robot trainer")).ExitCode.ShouldBe(ExitCode.Done);

        await using ServedProgram served = await ServedProgram.StartAsync(Data);
        async Task<CommandLine.Outcome> Run(string command, params (string, string)[] who) => await ServedProgram.RunAsync([.. command.Split(' '), "--server", served.Address.ToString()], "", who);
        (string, string)[] root = [("STRATA_USER", "root"), ("STRATA_PASSWORD", Password)];
        CommandLine.Outcome made = await Run("token create nightly --user robot --scope trainer --project lab --json", root);
        string secret = made.Json["secret"]!.GetValue<string>();
        (await Run("job list --json", ("STRATA_TOKEN", secret))).Json["items"]!.AsArray().ShouldBeEmpty();
        (await Run("deployment list", ("STRATA_TOKEN", secret))).ExitCode.ShouldBe(ExitCode.Done);
        (await Run("user list", ("STRATA_TOKEN", secret))).Error.ShouldContain("administrators");
        (await Run($"token revoke {made.Json["id"]!.GetValue<string>()}", root)).ExitCode.ShouldBe(ExitCode.Done);
        (await Run("job list", ("STRATA_TOKEN", secret))).Error.ShouldContain("unknown, expired or revoked");
        (await Run("audit verify", root)).Output.ShouldContain("as they were written");
        served.Said.ShouldNotContain(secret);
        served.Said.ShouldNotContain(Password);
    }

    [Fact]
    public async Task Quotas_and_ceilings_are_options_and_ones_that_make_no_sense_are_refused_all_at_once()
    {
        CommandLine.Outcome refused = await commands.Run("serve", "--data", Data, "--port", "0", "--jobs", "0", "--job-memory-mb", "1", "--queue-per-user", "0");
        refused.ExitCode.ShouldBe(ExitCode.Failed);
        refused.Error.ShouldContain("max_concurrent_jobs is 0");
        refused.Error.ShouldContain("worker_memory_bytes is 1000000");
        refused.Error.ShouldContain("max_queued_per_user is 0");
        (await commands.Run("serve", "--data", Data, "--job-hours", "-1")).ExitCode.ShouldBe(ExitCode.Usage);

        await using ServedProgram served = await ServedProgram.StartAsync(Data, "--queue-per-user", "1", "--job-hours", "0.5", "--jobs-per-user", "1", "--jobs", "1");
        using HttpClient client = served.NewClient();
        var answers = new List<HttpResponseMessage>();
        for (int i = 0; i < 4; i++)
        {
            answers.Add(await client.PostAsJsonAsync("/api/sources/tess_simulated", new { row_count = 30, seed = i }, Cancellation));
        }

        answers[^1].StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await answers[^1].Content.ReadAsStringAsync(Cancellation)).ShouldContain("1 jobs of yours are waiting");
        answers[0].StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task A_server_that_dies_during_an_upload_leaves_nothing_of_it_behind()
    {
        Uri address;
        await using (ServedProgram served = await ServedProgram.StartAsync(Data))
        {
            address = served.Address;
            using var connection = new TcpClient();
            await connection.ConnectAsync(address.Host, address.Port, Cancellation);
            NetworkStream stream = connection.GetStream();
            string head = $"POST /api/datasets HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 10000000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t.csv\"\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), Cancellation);
            await stream.WriteAsync(new byte[3_000_000], Cancellation);
            await Until(() => Incoming().Sum(file => new FileInfo(file).Length) >= 1_000_000);
            await served.KillAsync();
        }

        Incoming().ShouldNotBeEmpty("the file of an upload lies there until the next start");
        await using ServedProgram again = await ServedProgram.StartAsync(Data);
        Incoming().ShouldBeEmpty();
        using HttpClient client = again.NewClient();
        (await client.GetFromJsonAsync<JsonObject>("/api/datasets", Cancellation))!["total"]!.GetValue<int>().ShouldBe(0);
        Directory.GetFiles(Path.Join(Data, "blobs"), "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
        using var form = new MultipartFormDataContent { { new StringContent("a,b\n1,2\n3,4\n"), "file", "t.csv" } };
        (await client.PostAsync("/api/datasets", form, Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    /// <summary>The same through MLflow's artifacts, which go straight into the store of blobs.</summary>
    [Fact]
    public async Task A_server_that_dies_while_an_artifact_is_sent_leaves_nothing_of_it_behind()
    {
        string blobs = Path.Join(Data, "blobs");
        string run;
        await using (ServedProgram served = await ServedProgram.StartAsync(Data))
        {
            using HttpClient client = served.NewClient();
            using HttpResponseMessage made = await client.PostAsJsonAsync("/api/2.0/mlflow/runs/create", new { experiment_id = "0", start_time = 1 }, Cancellation);
            run = (await made.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["run"]!["info"]!["run_id"]!.GetValue<string>();
            using var connection = new TcpClient();
            await connection.ConnectAsync(served.Address.Host, served.Address.Port, Cancellation);
            NetworkStream stream = connection.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"PUT /api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/large HTTP/1.1\r\nHost: {served.Address.Authority}\r\nContent-Length: 10000000\r\n\r\n"), Cancellation);
            await stream.WriteAsync(new byte[3_000_000], Cancellation);
            await Until(() => Directory.GetFiles(blobs, "*.tmp").Sum(file => new FileInfo(file).Length) >= 1_000_000);
            await served.KillAsync();
        }

        await using ServedProgram again = await ServedProgram.StartAsync(Data);
        Directory.GetFiles(blobs, "*.tmp").ShouldBeEmpty();
        using HttpClient other = again.NewClient();
        (await other.GetStringAsync($"/api/2.0/mlflow/artifacts/list?run_id={run}", Cancellation)).ShouldNotContain("large");
    }

    private string[] Incoming() => Directory.Exists(Path.Join(Data, "incoming")) ? Directory.GetFiles(Path.Join(Data, "incoming")) : [];

    private static async Task Until(Func<bool> holds)
    {
        for (int i = 0; i < 1000 && !holds(); i++)
        {
            await Task.Delay(20, Cancellation);
        }

        holds().ShouldBeTrue();
    }

    /// <summary>A PEM file with a certificate that nobody but this test trusts, and its key.</summary>
    private string Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=strata.test", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return commands.Write("server.pem", $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
    }
}
