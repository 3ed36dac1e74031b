using System.Text.Encodings.Web;
using System.Text.Json;
using Strata.Learning.Automl;

namespace Strata.Bench.Automl;

/// <summary>
/// Orders candidates by what they are worth together: next is always the one that brings the best of the list, averaged over the tables, furthest down, where a table's scores count as their
/// distance from its best (0) to its median (1). The table at hand can be left out, so that nothing is learned from it.
/// </summary>
internal static class PortfolioLearning
{
    /// <summary>Of two candidates that are worth nearly the same the quicker one comes first: ten times as long has to bring so much.</summary>
    private const double WorthOfTime = 0.001;

    /// <summary>Beside what a candidate adds to the others counts, by so much, how well it does alone.</summary>
    private const double WorthOfSteadiness = 0.02;

    /// <summary>The loss of a table's median candidate.</summary>
    private const double Middling = 1;

    /// <summary>A score counts as no worse than this: how bad a bad candidate is teaches nothing.</summary>
    private const double Worst = 2;

    /// <summary>The kinds of task that have a list.</summary>
    public const string Classification = "classification", Regression = "regression";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int Run(string[] args)
    {
        var options = new Options(args);
        if (options.Text("runs") is not string path)
        {
            Console.Error.WriteLine("portfolio-learn needs --runs FILE of portfolio-runs; --without TABLE leaves one out, --out FILE writes the portfolio that the program brings, its lists for tables learned anew.");
            return 2;
        }

        Dictionary<string, IReadOnlyList<string>> learned = Learn(PortfolioRuns.Read(path), options.Text("without"), options.Number("length", 30));
        Dictionary<string, string> nameOf = NamedCandidate.Read(options.Text("candidates")).ToDictionary(candidate => candidate.Recipe, candidate => candidate.Name);
        IReadOnlyList<PortfolioEntry> Named(string kind) => [.. learned[kind].Select(recipe => new PortfolioEntry(nameOf.GetValueOrDefault(recipe, recipe), recipe))];
        Dictionary<string, IReadOnlyList<PortfolioEntry>> lists = Portfolio.All.ToDictionary(list => list.Key, list => (IReadOnlyList<PortfolioEntry>)list.Value);
        (lists["two_classes"], lists["classes"], lists["numbers"]) = (Named(Classification), Named(Classification), Named(Regression));
        string text = TextOf(lists);
        if (options.Text("out") is string file)
        {
            File.WriteAllText(file, text);
        }
        else
        {
            Console.Write(text);
        }

        return 0;
    }

    /// <summary>The form of the portfolio that the program brings: an entry a line.</summary>
    private static string TextOf(Dictionary<string, IReadOnlyList<PortfolioEntry>> lists)
    {
        string Quoted(string text) => JsonSerializer.Serialize(text, Readable);
        IEnumerable<string> texts = lists.Select(list =>
            $"  {Quoted(list.Key)}: [\n{string.Join(",\n", list.Value.Select(entry => $"    {{\"name\": {Quoted(entry.Name)}, \"recipe\": {Quoted(entry.Recipe)}}}"))}\n  ]");
        return $"{{\n{string.Join(",\n", texts)}\n}}\n";
    }

    /// <summary>The candidates in order for each kind of task: <c>classification</c> and <c>regression</c>.</summary>
    public static Dictionary<string, IReadOnlyList<string>> Learn(IReadOnlyList<PortfolioRun> runs, string? without, int length)
    {
        ILookup<string, PortfolioRun> kinds = runs.Where(run => run.Table != without).ToLookup(run => run.Metric == "rmse" ? Regression : Classification);
        return kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).ToDictionary(kind => kind.Key, kind => (IReadOnlyList<string>)Ordered([.. kind], length));
    }

    private static List<string> Ordered(PortfolioRun[] runs, int length)
    {
        IReadOnlyList<IReadOnlyDictionary<string, double>> losses = [.. runs.GroupBy(run => run.Table).Select(table => Losses([.. table]))];
        Dictionary<string, double> seconds = runs.GroupBy(run => run.Candidate).ToDictionary(group => group.Key, group => group.Average(run => Math.Log10(1 + run.Seconds)));
        List<string> left = [.. runs.Where(run => run.Score is not null).Select(run => run.Candidate).Distinct()];
        var (chosen, best) = (new List<string>(), losses.Select(_ => Worst).ToArray());
        while (chosen.Count < length && left.Count > 0)
        {
            // The first is of the quicker half: a table that is larger than any here must not spend all of its time on it.
            IEnumerable<string> eligible = chosen.Count > 0 ? left : left.Where(candidate => seconds[candidate] <= seconds.Values.Order().ElementAt(seconds.Count / 2));
            string next = eligible.MinBy(candidate => losses.Select((table, i) => Math.Min(best[i], Of(table, candidate))).Average() + Steadiness(losses, candidate) + WorthOfTime * seconds[candidate])!;
            chosen.Add(next);
            left.Remove(next);
            best = [.. losses.Select((table, i) => Math.Min(best[i], Of(table, next)))];
        }

        return chosen;
    }

    /// <summary>What a candidate is worth by itself counts a little, so that the list does not end in those that are good on one table only; where it was not done in time it counts as middling.</summary>
    private static double Steadiness(IReadOnlyList<IReadOnlyDictionary<string, double>> losses, string candidate) => WorthOfSteadiness * losses.Average(table => table.GetValueOrDefault(candidate, Middling));

    private static double Of(IReadOnlyDictionary<string, double> table, string candidate) => table.GetValueOrDefault(candidate, Worst);

    private static Dictionary<string, double> Losses(PortfolioRun[] table)
    {
        bool higherIsBetter = table[0].Metric == "roc_auc";
        (string Candidate, double Loss)[] losses = [.. table.Where(run => run.Score is not null).Select(run => (run.Candidate, higherIsBetter ? -run.Score!.Value : run.Score!.Value)).OrderBy(one => one.Item2)];
        double best = losses[0].Loss, span = Math.Max(losses[losses.Length / 2].Loss - best, 1e-12);
        return losses.ToDictionary(one => one.Candidate, one => Math.Min(Worst, (one.Loss - best) / span));
    }
}
