using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;
using Strata.Learning;
using Strata.Learning.ModelFiles;

namespace Strata.Cli;

/// <summary>Where a command speaks: results on standard output (people's text, or one JSON object), everything else on standard error.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool isInteractive, TextReader? input = null)
{
    private static readonly JsonSerializerOptions Indented = new(ModelFileJson.Options) { WriteIndented = true };

    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>The real console: bars and colour only where a person looks on.</summary>
    public static Terminal OfProcess() => new(
        Console.Out,
        Console.Error,
        !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb"),
        Console.IsInputRedirected ? Console.In : null);

    /// <summary>What a script gives on standard input; null where a person types.</summary>
    public TextReader? Input { get; } = input;

    public void Note(string text) => Error.WriteLine(text);

    public void Notes(IEnumerable<string> notes)
    {
        foreach (string note in notes)
        {
            Note($"note: {note}");
        }
    }

    /// <summary>Says that the work was broken off. A bar that was left behind hides the cursor: it is shown again.</summary>
    public void Interrupted() => Note(isInteractive ? "\u001b[?25hinterrupted" : "interrupted");

    /// <summary>One problem a line, the first introduced by <c>error:</c>.</summary>
    public void Problems(IReadOnlyList<string> problems)
    {
        foreach (string problem in problems)
        {
            Error.WriteLine($"error: {problem}");
        }
    }

    public void Result(bool asJson, JsonNode json, Action<TextWriter> forPeople)
    {
        if (asJson)
        {
            Output.WriteLine(json.ToJsonString(Indented));
        }
        else
        {
            forPeople(Output);
        }
    }

    /// <summary>Does the work while a bar on standard error shows how far it is.</summary>
    public T Watch<T>(string title, Func<IProgress<FitProgress>?, T> work)
    {
        if (!isInteractive)
        {
            return work(null);
        }

        return Bars().Start(context =>
        {
            ProgressTask bar = context.AddTask(Markup.Escape(title));
            return work(new BarProgress(bar, title));
        });
    }

    /// <summary>The same for work that reports per cent done and what it does just now; without a bar each new step is a line, its details after a comma left out.</summary>
    public async Task<T> WatchAsync<T>(string title, Func<Action<double, string>, Task<T>> work)
    {
        if (!isInteractive)
        {
            string last = string.Empty;
            return await work((_, detail) =>
            {
                string step = detail.Split(',')[0];
                if (step != last && step.Length > 0)
                {
                    Note($"{title}: {last = step}");
                }
            });
        }

        return await Bars().StartAsync(context =>
        {
            ProgressTask bar = context.AddTask(Markup.Escape(title));
            return work((percent, step) =>
            {
                bar.Value = percent;
                bar.Description = Markup.Escape($"{title}  {step}");
            });
        });
    }

    private Progress Bars() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Error) })
        .Progress()
        .AutoClear(true)
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn());


    private sealed class BarProgress(ProgressTask bar, string title) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            bar.MaxValue = Math.Max(1, value.StepCount);
            bar.Value = value.Step + 1;
            string metrics = string.Join("  ", value.Metrics.Take(2).Select(metric => $"{metric.Key} {metric.Value:0.0000}"));
            bar.Description = Markup.Escape($"{title}  {metrics}");
        }
    }
}
