using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Client;
using Strata.Client.Contracts;

namespace Strata.Cli;

/// <summary><c>strata job</c>: the jobs of a running server.</summary>
internal static class JobCommands
{
    public static Command Job(Terminal terminal) => new("job", "Lists the jobs of a running server, shows their logs, pauses, resumes, finishes and cancels them.")
    {
        List(terminal),
        Show(terminal),
        Logs(terminal),
        Act(terminal, "cancel", "Asks a job to stop; refused when it has ended.", (client, id, cancellation) => client.CancelAsync(id, cancellation)),
        Act(terminal, "pause", "Puts a job aside: a running one saves what it has first.", (client, id, cancellation) => client.PauseAsync(id, cancellation)),
        Act(terminal, "finish", "Asks a running job to end soon with what is ready, as AutoML can.", (client, id, cancellation) => client.FinishAsync(id, cancellation)),
        Act(terminal, "resume", "Lets a paused job wait for its turn again; it goes on from what it has saved.", (client, id, cancellation) => client.ResumeAsync(id, cancellation)),
    };

    private static Command List(Terminal terminal)
    {
        Option<Uri> server = ServerAddress.Option();
        Option<bool> json = CommonOptions.Json();
        var count = new Option<int>("--count") { Description = "How many jobs, the newest first; up to 1000.", DefaultValueFactory = _ => 20 };
        var command = new Command("list", "Lists the jobs, the newest first.") { server, count, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using HttpClient http = ServerAddress.Connect(parsed.GetValue(server)!);
            Page<JobView> jobs = await new StrataClient(http).JobsAsync(0, parsed.GetValue(count), cancellation);
            terminal.Result(parsed.GetValue(json), Json(jobs), writer => TextTable.Write(
                writer,
                ["ID", "KIND", "STATUS", "DONE", "CREATED", "WHAT IT DOES"],
                jobs.Items.Select(job => (string[])[job.Id, job.Kind, StatusOf(job), $"{job.Progress:0} %", Time(job.CreatedAt), Doing(job)])));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show(Terminal terminal)
    {
        Argument<string> id = Id();
        Option<Uri> server = ServerAddress.Option();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("show", "Shows one job.") { id, server, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using HttpClient http = ServerAddress.Connect(parsed.GetValue(server)!);
            Write(terminal, parsed.GetValue(json), await new StrataClient(http).JobAsync(parsed.GetValue(id)!, cancellation));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Logs(Terminal terminal)
    {
        Argument<string> id = Id();
        Option<Uri> server = ServerAddress.Option();
        var follow = new Option<bool>("--follow") { Description = "Go on with what the job says until it ends." };
        var command = new Command("logs", "Prints the log of a job.") { id, server, follow };
        command.SetAction(async (parsed, cancellation) =>
        {
            using HttpClient http = ServerAddress.Connect(parsed.GetValue(server)!);
            var client = new StrataClient(http);
            long last = 0;
            for (JobLog log; (log = await client.LogAsync(parsed.GetValue(id)!, last, cancellation)).Lines.Count > 0; last = log.Next)
            {
                Print(terminal, log.Lines);
            }

            if (parsed.GetValue(follow))
            {
                await Follow(terminal, client, parsed.GetValue(id)!, last, cancellation);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static async Task Follow(Terminal terminal, StrataClient client, string id, long last, CancellationToken cancellation)
    {
        await foreach (JobHappening happened in client.EventsAsync(id, cancellation))
        {
            if (happened.Line is LogLine line && line.Number > last)
            {
                Print(terminal, [line]);
                last = line.Number;
            }
        }
    }

    private static Command Act(Terminal terminal, string verb, string description, Func<StrataClient, string, CancellationToken, Task<JobView>> act)
    {
        Argument<string> id = Id();
        Option<Uri> server = ServerAddress.Option();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(verb, description) { id, server, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using HttpClient http = ServerAddress.Connect(parsed.GetValue(server)!);
            Write(terminal, parsed.GetValue(json), await act(new StrataClient(http), parsed.GetValue(id)!, cancellation));
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Id() => new("id") { Description = "The job's id." };

    private static void Write(Terminal terminal, bool asJson, JobView job) => terminal.Result(asJson, Json(job), writer =>
    {
        writer.WriteLine($"{job.Kind} {job.Id}: {StatusOf(job)}, {job.Progress:0} %");
        foreach ((string name, string? value) in Details(job))
        {
            if (value is { Length: > 0 })
            {
                writer.WriteLine($"  {name,-10} {Plain(value)}");
            }
        }
    });

    private static (string Name, string? Value)[] Details(JobView job) =>
    [
        ("asked by", $"{job.AskedBy}, priority {job.Priority.ToString().ToLowerInvariant()}"),
        ("created", Time(job.CreatedAt)),
        ("started", job.StartedAt is { } started ? Time(started) : null),
        ("ended", job.EndedAt is { } ended ? Time(ended) : null),
        ("attempt", job.Attempt > 1 ? job.Attempt.ToString(CultureInfo.InvariantCulture) : null),
        ("place", job.QueuePosition is int place ? $"{place} in line for a free worker" : null),
        ("after", string.Join(", ", job.After)),
        ("doing", job.CurrentStep),
        ("error", job.Error),
        ("result", job.Result?.ToString()),
    ];

    private static string StatusOf(JobView job) => job.Pausing ? "pausing" : job.Status.ToString().ToLowerInvariant();

    private static string Doing(JobView job) => Plain(job.Error ?? job.CurrentStep);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void Print(Terminal terminal, IEnumerable<LogLine> lines)
    {
        foreach (LogLine line in lines)
        {
            terminal.Output.WriteLine($"{Time(line.Time)}  {Plain(line.Text)}");
        }
    }

    /// <summary>What a terminal would obey instead of showing is left out.</summary>
    private static string Plain(string text) => string.Concat(text.Where(letter => !char.IsControl(letter) || letter == '\t'));

    private static JsonNode Json<T>(T value) => JsonSerializer.SerializeToNode(value, WireJson.Options)!;
}
