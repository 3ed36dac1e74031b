using System.CommandLine;
using Strata.Platform.Jobs;
using Strata.Server;

namespace Strata.Cli;

/// <summary><c>strata serve</c> and the worker that it starts for each job.</summary>
internal static class ServerCommands
{
    public static Command Serve(Terminal terminal)
    {
        Option<int> port = Port();
        Option<string> data = Data();
        var corsOrigins = new Option<string[]>("--cors-origin") { Description = "Another origin whose pages may call the API, such as http://localhost:5173; may be given several times." };
        var allowedHosts = new Option<string[]>("--allowed-host") { Description = "A further host name that requests may name, such as a reverse proxy's; may be given several times." };
        var maxUpload = new Option<int?>("--max-upload-mb") { Description = "The largest upload in megabytes; 100 when not given." };
        var command = new Command("serve", "Serves the web page and the REST API on this machine until interrupted.") { port, data, corsOrigins, allowedHosts, maxUpload };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new ServerOptions { Port = parsed.GetValue(port), CorsOrigins = parsed.GetValue(corsOrigins) ?? [], AllowedHosts = parsed.GetValue(allowedHosts) ?? [] };
            await using LocalServer server = await LocalServer.StartAsync(parsed.GetValue(data)!, options, parsed.GetValue(maxUpload) * 1_000_000L, cancellation);
            terminal.Output.WriteLine($"Listening on {server.Address.GetLeftPart(UriPartial.Authority)}");
            terminal.Output.Flush();
            terminal.Note($"Data is in {Path.GetFullPath(parsed.GetValue(data)!)}. Ctrl-C ends the server; jobs that are running go on.");
            await LocalServer.RunUntilAsync(cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Work()
    {
        var folder = new Argument<string>("folder") { Description = "The attempt's folder." };
        var command = new Command("work", "Works on one attempt of a job; the server starts this.") { folder };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => Worker.RunAsync(parsed.GetValue(folder)!, HouseJobKinds.All, TimeProvider.System, cancellation));
        return command;
    }

    internal static Option<int> Port()
    {
        var option = new Option<int>("--port") { Description = "The TCP port on this machine; 0 takes any free one.", DefaultValueFactory = _ => 5080 };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65535)
            {
                result.AddError("--port takes a whole number from 0 to 65535.");
            }
        });
        return option;
    }

    internal static Option<string> Data() => new("--data") { Description = "The folder where everything is kept; STRATA_DATA when not given.", DefaultValueFactory = _ => LocalServer.DefaultDataFolder };
}
