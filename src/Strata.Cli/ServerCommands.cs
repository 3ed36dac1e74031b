using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Strata.Learning.Data;
using Strata.Platform.Accounts;
using Strata.Platform.Jobs;
using Strata.Server;

namespace Strata.Cli;

/// <summary><c>strata serve</c> and the worker that it starts for each job.</summary>
internal static class ServerCommands
{
    /// <summary>The variable by which all that sends to OpenTelemetry collectors is told where.</summary>
    private const string CollectorVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static Command Serve(Terminal terminal)
    {
        Option<int> port = Port();
        Option<string> data = Data();
        Option<string?> database = Database();
        var corsOrigins = new Option<string[]>("--cors-origin") { Description = "Another origin whose pages may call the API, such as http://localhost:5173; may be given several times." };
        var allowedHosts = new Option<string[]>("--allowed-host") { Description = "A further host name that requests may name, such as a reverse proxy's; may be given several times." };
        var maxUpload = new Option<int?>("--max-upload-mb") { Description = "The largest upload in megabytes; 100 when not given." };
        var listen = new Option<string>("--listen") { Description = "The address to listen on; anything but this machine's own takes an administrator ('strata admin create') or --set-up.", HelpName = "ADDRESS", DefaultValueFactory = _ => "127.0.0.1" };
        listen.Validators.Add(result =>
        {
            if (!IPAddress.TryParse(result.GetValueOrDefault<string>(), out _))
            {
                result.AddError("--listen takes an IP address, such as 0.0.0.0 for all of this machine's.");
            }
        });
        var certificate = new Option<string?>("--certificate") { Description = "A PEM file with certificate and key, or a PKCS#12 file, for HTTPS; its password is read from STRATA_CERTIFICATE_PASSWORD.", HelpName = "FILE" };
        var setUp = new Option<bool>("--set-up") { Description = "While there are no accounts, print a one-time token that makes the first administrator, and let nobody in before." };
        var idle = new Option<double?>("--idle-minutes") { Description = "After how many minutes without use a browser's session ends; 30 when not given." };
        var pace = new Option<int?>("--requests-per-second") { Description = "How many requests a second one user or token may make in the long run, once there are accounts; 100 when not given." };
        var secondFactor = new Option<bool>("--require-second-factor") { Description = "People must have a second factor: who has none may do nothing but set one up." };
        var replica = new Option<bool>("--replica") { Description = "Be a replica: a further server over the PostgreSQL and the data folder of another one, which answers predictions and leaves everything else to it." };
        var webhookAllow = new Option<string[]>("--webhook-allow") { Description = "A host, address or network (10.1.0.0/16) that webhooks may reach although it is not on the public Internet; may be given several times.", HelpName = "HOST" };
        var collector = new Option<string?>("--otlp")
        {
            Description = $"An OpenTelemetry collector that gets metrics and traces by OTLP over HTTP, such as http://localhost:4318; {CollectorVariable} when not given, none without either.",
            HelpName = "URL",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(CollectorVariable) is { Length: > 0 } address ? address : null,
        };
        collector.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is string given && !(Uri.TryCreate(given, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"))
            {
                result.AddError("--otlp takes an address such as http://localhost:4318.");
            }
        });
        var limits = new LimitOptions();
        var command = new Command("serve", "Serves the web page and the REST API until interrupted.") { port, data, database, listen, certificate, setUp, corsOrigins, allowedHosts, maxUpload, idle, pace, secondFactor, replica, webhookAllow, collector };
        limits.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            string? token = parsed.GetValue(setUp) ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) : null;
            var options = new ServerOptions
            {
                Address = IPAddress.Parse(parsed.GetValue(listen)!),
                Port = parsed.GetValue(port),
                CorsOrigins = parsed.GetValue(corsOrigins) ?? [],
                AllowedHosts = parsed.GetValue(allowedHosts) ?? [],
                Certificate = parsed.GetValue(certificate) is string file ? ReadCertificate(file) : null,
                SetUpToken = token,
                Collector = parsed.GetValue(collector) is string address ? new Uri(address) : null,
                RequestsPerSecond = Math.Max(1, parsed.GetValue(pace) ?? new ServerOptions().RequestsPerSecond),
            };
            var accounts = new AccountSettings { RequiresSecondFactor = parsed.GetValue(secondFactor) };
            accounts = parsed.GetValue(idle) is double minutes ? accounts with { IdleTime = TimeSpan.FromMinutes(minutes) } : accounts;
            await using LocalServer server = await LocalServer.StartAsync(parsed.GetValue(data)!, parsed.GetValue(database), options, parsed.GetValue(maxUpload) * 1_000_000L, cancellation, accounts: accounts, limits: settings => limits.Apply(parsed, settings) with { IsReplica = parsed.GetValue(replica), WebhookAllow = parsed.GetValue(webhookAllow) ?? [] });
            terminal.Output.WriteLine($"Listening on {server.Address.GetLeftPart(UriPartial.Authority)}");
            terminal.Output.Flush();
            terminal.Note($"Data is in {Path.GetFullPath(parsed.GetValue(data)!)}. Ctrl-C ends the server; jobs that are running go on.");
            if (token is not null && !server.HasAccounts)
            {
                terminal.Note($"To make the first administrator, open the page and give this token, which is good for once: {token}");
            }

            await LocalServer.RunUntilAsync(cancellation);
            return ExitCode.Done;
        });
        return command;
    }

    private static X509Certificate2 ReadCertificate(string path)
    {
        try
        {
            return Path.GetExtension(path).ToUpperInvariant() is ".PFX" or ".P12"
                ? X509CertificateLoader.LoadPkcs12FromFile(path, Environment.GetEnvironmentVariable("STRATA_CERTIFICATE_PASSWORD"))
                : X509Certificate2.CreateFromPemFile(path);
        }
        catch (CryptographicException e)
        {
            throw new DataException($"The certificate '{path}' cannot be used: {e.Message}");
        }
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

    internal static Option<string?> Database() => new("--database")
    {
        Description = "A connection string of PostgreSQL, such as 'Host=localhost;Database=strata;Username=strata'; STRATA_DATABASE when not given, where a password is safer. SQLite in the data folder without either.",
        DefaultValueFactory = _ => LocalServer.DefaultDatabase,
    };

    internal static Option<string> Data() => new("--data") { Description = "The folder where everything is kept; STRATA_DATA when not given.", DefaultValueFactory = _ => LocalServer.DefaultDataFolder };
}
