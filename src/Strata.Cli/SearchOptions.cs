using System.CommandLine;
using System.Text.Json;
using Strata.Learning.Search;
using Strata.Learning.Workflow;

namespace Strata.Cli;

/// <summary>The options of <c>strata tune</c> that make a <see cref="TuningPlan"/> of a training plan.</summary>
internal sealed class SearchOptions
{
    private readonly Option<int?> trials = new("--trials") { Description = "How many trials to end; 50 when neither this nor --time-limit is given." };
    private readonly Option<string> method = Named<SearchMethod>("--method", "How points are chosen.", SearchMethod.Tpe);
    private readonly Option<double?> timeLimit = new("--time-limit") { Description = "Seconds for the search and the last fit together.", HelpName = "SECONDS" };
    private readonly Option<double?> memoryLimit = new("--memory-limit") { Description = "Megabytes that the program may take; the youngest trial is given up above it.", HelpName = "MB" };
    private readonly Option<string?> metric = new("--metric") { Description = "The metric to tune for; log_loss or rmse when not given. See 'strata metrics'." };
    private readonly Option<int> folds = new("--folds") { Description = "Into how many folds the training rows are split for each trial.", DefaultValueFactory = _ => 5 };
    private readonly Option<string[]> space = new("--space") { Description = "A hyperparameter's range in place of the usual one: NAME=MIN..MAX, with :log or :step=S, or NAME=A|B|C; @OTHER=VALUE behind it for a condition. May be given several times.", HelpName = "NAME=RANGE" };
    private readonly Option<string> pruning = Named<PruningMethod>("--pruning", "Which trials are given up early.", PruningMethod.Median);
    private readonly Option<string> pruneBy = Named<PruneBy>("--prune-by", "What trials are judged by while they run: each fold's metric, or the first fold's rounds of boosting.", PruneBy.Folds);
    private readonly Option<int> parallel = new("--parallel") { Description = "How many trials to evaluate at once; they share the threads.", DefaultValueFactory = _ => 1 };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { trials, method, timeLimit, memoryLimit, metric, folds, space, pruning, pruneBy, parallel })
        {
            command.Options.Add(option);
        }
    }

    public TuningPlan Read(ParseResult parsed, TrainingPlan training) => new()
    {
        Training = training,
        Method = Value<SearchMethod>(parsed.GetValue(method)!),
        Space = parsed.GetValue(space) ?? [],
        Metric = parsed.GetValue(metric),
        Folds = parsed.GetValue(folds),
        Pruning = Value<PruningMethod>(parsed.GetValue(pruning)!),
        PruneBy = Value<PruneBy>(parsed.GetValue(pruneBy)!),
        Trials = parsed.GetValue(trials),
        TimeLimit = parsed.GetValue(timeLimit),
        MemoryLimit = parsed.GetValue(memoryLimit),
        Parallel = parsed.GetValue(parallel),
    };

    private static Option<string> Named<T>(string name, string meaning, T usual)
        where T : struct, Enum
    {
        string[] names = [.. Enum.GetValues<T>().Select(Name)];
        var option = new Option<string>(name) { Description = $"{meaning} {string.Join(", ", names)}.", DefaultValueFactory = _ => Name(usual) };
        option.AcceptOnlyFromAmong(names);
        return option;
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static T Value<T>(string name)
        where T : struct, Enum => Enum.GetValues<T>().First(value => Name(value) == name);
}
