using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Strata.Solutions.Tests.Exoplanets;

/// <summary>A server on this machine that plays one prepared answer a connection, down to where the bytes break off.</summary>
internal sealed class LoopbackArchive : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Task serving;

    public LoopbackArchive(params ReadOnlySpan<Answer> answers)
    {
        listener.Start();
        serving = ServeAsync(answers.ToArray());
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}/TAP/sync");

    /// <summary>The head of each request, in order.</summary>
    public List<string> Requests { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await serving;
        end.Dispose();
    }

    private async Task ServeAsync(Answer[] answers)
    {
        try
        {
            foreach (Answer answer in answers)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(end.Token);
                NetworkStream stream = client.GetStream();
                Requests.Add(await HeadAsync(stream));
                await stream.WriteAsync(answer.Bytes, end.Token);
                if (answer.ThenSilent)
                {
                    await Task.Delay(Timeout.Infinite, end.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
        {
            // The test is over, or the client went away.
        }
    }

    private async Task<string> HeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            int read = await stream.ReadAsync(buffer, end.Token);
            if (read == 0)
            {
                break;
            }

            head.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        return head.ToString();
    }
}

/// <summary>What the server says on one connection, byte for byte.</summary>
internal sealed record Answer(byte[] Bytes, bool ThenSilent = false)
{
    public static Answer Of(string body, string status = "200 OK", string headers = "") =>
        new(Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{headers}\r\n{body}"));

    /// <summary>Says that all of it will come, and breaks off.</summary>
    public static Answer BrokenOff(string body, int after, string headers = "") =>
        new(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n{headers}\r\n{body[..after]}"));

    /// <summary>Never says how much will come, as a server that writes while it queries.</summary>
    public static Answer Unmeasured(string body) => new(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{body}"));

    public static Answer Silent() => new([], ThenSilent: true);
}
