using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Strata.Platform.Tests.Monitoring;

/// <summary>A server of one address on the loopback that keeps what is posted to it.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly Func<int, string> answer;
    private readonly Task loop;

    /// <param name="answer">The head of the answer to the n-th request, such as <c>200 OK</c>.</param>
    public WebhookReceiver(Func<int, string>? answer = null)
    {
        this.answer = answer ?? (_ => "204 No Content");
        listener.Start();
        loop = ServeAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hook";

    public ConcurrentQueue<(IReadOnlyDictionary<string, string> Headers, string Body)> Got { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await loop;
        ending.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await listener.AcceptTcpClientAsync(ending.Token);
                using var reader = new StreamReader(client.GetStream(), Encoding.UTF8, leaveOpen: true);
                var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                for (string? line = await reader.ReadLineAsync(ending.Token); line is { Length: > 0 }; line = await reader.ReadLineAsync(ending.Token))
                {
                    if (line.IndexOf(": ", StringComparison.Ordinal) is > 0 and int colon)
                    {
                        headers[line[..colon]] = line[(colon + 2)..];
                    }
                }

                var body = new char[int.Parse(headers["Content-Length"], System.Globalization.CultureInfo.InvariantCulture)];
                await reader.ReadBlockAsync(body, ending.Token);
                Got.Enqueue((headers, new string(body)));
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer(Got.Count)}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), ending.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
        {
            // The test is over.
        }
    }
}
