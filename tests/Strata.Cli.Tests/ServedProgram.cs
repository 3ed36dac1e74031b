using System.Diagnostics;
using System.Text;
using Shouldly;
using Xunit;

namespace Strata.Cli.Tests;

/// <summary>The real program in a process of its own: <c>strata serve</c> on a free port of the loopback, or any other command to its end.</summary>
internal sealed class ServedProgram : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder said;

    private ServedProgram(Process process, StringBuilder said, Uri address) => (this.process, this.said, Address) = (process, said, address);

    /// <summary>On the loopback, wherever else it listens.</summary>
    public Uri Address { get; }

    /// <summary>What it has written on its standard error so far.</summary>
    public string Said
    {
        get
        {
            lock (said)
            {
                return said.ToString();
            }
        }
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ServedProgram> StartAsync(string data, params string[] options)
    {
        Process process = Start(["serve", "--port", "0", "--data", data, .. options], []);
        var said = new StringBuilder();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (said)
            {
                said.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        string? first = await process.StandardOutput.ReadLineAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        first.ShouldNotBeNull(said.ToString()).ShouldStartWith("Listening on ");
        var listening = new Uri(first["Listening on ".Length..]);
        return new ServedProgram(process, said, new UriBuilder(listening) { Host = "127.0.0.1" }.Uri);
    }

    /// <summary>Runs a command to its end, with a text on its standard input and further variables of its environment.</summary>
    public static async Task<CommandLine.Outcome> RunAsync(string[] arguments, string input = "", params (string Name, string Value)[] environment)
    {
        using Process process = Start(arguments, environment);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(Cancellation), error = process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        return new CommandLine.Outcome(process.ExitCode, await output, await error);
    }

    public HttpClient NewClient(HttpMessageHandler? handler = null) => new(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private static Process Start(string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Path.Join(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "strata.exe" : "strata"), arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
