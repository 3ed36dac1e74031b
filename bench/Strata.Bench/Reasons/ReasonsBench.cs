using System.Text.Json;
using Strata.Learning;
using Strata.Learning.ModelFiles;

namespace Strata.Bench.Reasons;

/// <summary>Whether explanations of any model are right, and how long they take: beside exact values on trees, on functions whose columns are known, and on a stacked ensemble.</summary>
internal static class ReasonsBench
{
    /// <param name="args"><c>--out</c> writes the figures as JSON too.</param>
    public static int Run(string[] args)
    {
        var options = new Options(args);
        var context = new FitContext { Threads = options.Number("threads", Environment.ProcessorCount), Seed = (ulong)options.Number("seed", 1) };
        string part = options.Text("part") ?? "all";
        bool Asked(string name) => part == "all" || part == name;
        IReadOnlyList<Agreement> agreement = Asked("agreement") ? Agreement.Measure(options.Number("seeds", 5), context) : [];
        IReadOnlyList<PlantedRanks> ranks = Asked("planted") ? PlantedRanks.Measure(options.Number("models", 200), context) : [];
        IReadOnlyList<StackedTime> times = Asked("stacked") ? StackedTime.Measure(options.Number("rows", 1000), context) : [];
        if (options.Text("out") is string path)
        {
            File.WriteAllText(path, JsonSerializer.Serialize(new { agreement, ranks, times, context.Threads }, ModelFileJson.Options));
        }

        return 0;
    }
}
