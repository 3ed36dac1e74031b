using System.Text.Json.Nodes;
using Xunit;

namespace Strata.Cli.Tests;

/// <summary>Runs the program in this process as a script would: no terminal, output and errors kept apart.</summary>
internal sealed class CommandLine : IDisposable
{
    public CommandLine()
    {
        Folder = Directory.CreateTempSubdirectory("strata-cli-").FullName;
    }

    public string Folder { get; }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Write(string name, string content)
    {
        File.WriteAllText(PathOf(name), content);
        return PathOf(name);
    }

    public Task<Outcome> Run(params string[] arguments) => Run(arguments, string.Empty);

    public async Task<Outcome> Run(string[] arguments, string input)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = await new StrataProgram(new Terminal(output, error, isInteractive: false, new StringReader(input))).RunAsync(arguments, TestContext.Current.CancellationToken);
        return new Outcome(exitCode, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    internal sealed record Outcome(int ExitCode, string Output, string Error)
    {
        public JsonObject Json => JsonNode.Parse(Output)!.AsObject();
    }
}
