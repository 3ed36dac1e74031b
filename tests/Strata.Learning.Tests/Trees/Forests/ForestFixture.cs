using System.Text.Json;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Tests.Trees.Forests;

/// <summary>The tables of Fixtures/forests.py and what scikit-learn reached on them.</summary>
internal static class ForestFixture
{
    public static Frame Table { get; } = TableFile.Read(PathOf("forests.csv"), new TableReadOptions()).Frame;

    public static Frame Outliers { get; } = TableFile.Read(PathOf("outliers.csv"), new TableReadOptions()).Frame;

    public static IReadOnlyDictionary<string, PeerScore> Peer { get; } =
        JsonSerializer.Deserialize<Dictionary<string, PeerScore>>(File.ReadAllText(PathOf("forests.json")), ModelFileJson.Options)!;

    public static string[] Features { get; } = [.. Enumerable.Range(0, 8).Select(i => $"x{i}")];

    public static (TrainingTable Training, TrainingTable Test) Split(string target)
    {
        Column column = Table[target];
        double[] values = [.. Enumerable.Range(0, column.Count).Select(column.NumberAt)];
        Target truth = target == "number" ? new NumberTarget(target, values)
            : new ClassTarget(target, [.. values.Select(value => (int)value)], [.. values.Distinct().Order().Select(value => $"c{value}")]);
        var table = new TrainingTable(Table.Select(Features), truth);
        int[] rows = [.. Enumerable.Range(0, 1200)];
        return (table.Take(rows.AsSpan(0, 600)), table.Take(rows.AsSpan(600)));
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Trees", "Forests", "Fixtures", name);

    /// <summary>Mean and standard deviation over ten seeds.</summary>
    public sealed record PeerScore(double Mean, double Sd);
}
