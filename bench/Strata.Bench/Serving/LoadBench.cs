using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Strata.Bench.Serving;

/// <summary>A load generator in a process of its own: so many connections that each send the same request again as soon as it is answered, for so many seconds after a warm-up.</summary>
internal static class LoadBench
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        var address = new Uri(options.Text("url") ?? throw new ArgumentException("--url is missing."));
        byte[] request = Request(address, File.ReadAllBytes(options.Text("body") ?? throw new ArgumentException("--body is missing.")));
        List<double> warmUp = Measure(address, request, options.Number("connections", 16), options.Number("warm-up", 3));
        List<double> latencies = Measure(address, request, options.Number("connections", 16), options.Number("seconds", 8));
        latencies.Sort();
        Console.WriteLine(new JsonObject
        {
            ["requests_per_second"] = Math.Round(latencies.Count / (double)options.Number("seconds", 8)),
            ["p50_ms"] = Math.Round(latencies[latencies.Count / 2], 3),
            ["p99_ms"] = Math.Round(latencies[(int)(latencies.Count * 0.99)], 3),
            ["requests"] = warmUp.Count + latencies.Count,
        }.ToJsonString());
        return 0;
    }

    private static byte[] Request(Uri address, byte[] body)
    {
        string head = string.Create(CultureInfo.InvariantCulture, $"POST {address.AbsolutePath} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    /// <summary>The milliseconds of every request that was answered in time.</summary>
    private static List<double> Measure(Uri address, byte[] request, int connections, int seconds)
    {
        long end = Stopwatch.GetTimestamp() + seconds * Stopwatch.Frequency;
        Task<List<double>>[] loops = [.. Enumerable.Range(0, connections).Select(_ => Task.Run(() => Loop(address, request, end)))];
        return [.. loops.SelectMany(loop => loop.GetAwaiter().GetResult())];
    }

    private static async Task<List<double>> Loop(Uri address, byte[] request, long end)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port);
        var buffer = new byte[1 << 16];
        var latencies = new List<double>();
        while (Stopwatch.GetTimestamp() is var began && began < end)
        {
            await socket.SendAsync(request);
            int held = 0;
            while (!IsWhole(buffer.AsSpan(0, held)))
            {
                int read = await socket.ReceiveAsync(buffer.AsMemory(held));
                held += read > 0 ? read : throw new IOException("The server closed the connection.");
            }

            latencies.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return latencies;
    }

    /// <summary>Whether an answer is there in full. One that is no success ends the measurement.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        int head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return false;
        }

        if (!answer.StartsWith("HTTP/1.1 200"u8))
        {
            throw new IOException($"The server answered: {Encoding.UTF8.GetString(answer)}");
        }

        // Names of headers are written either way.
        int length = answer[..head].IndexOf("ength: "u8);
        return length >= 0 && Utf8Parser.TryParse(answer[(length + 7)..], out int bytes, out _) ? answer.Length >= head + 4 + bytes : answer.EndsWith("\r\n0\r\n\r\n"u8);
    }
}
