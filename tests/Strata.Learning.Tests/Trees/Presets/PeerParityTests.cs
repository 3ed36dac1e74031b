using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Learning.Metrics;
using Xunit;

namespace Strata.Learning.Tests.Trees.Presets;

/// <summary>As good on held-out rows as LightGBM and XGBoost with the same parameters, objective by objective (see make_objectives.py).</summary>
public sealed class PeerParityTests
{
    private static readonly JsonNode Expected = JsonNode.Parse(File.ReadAllText(FixturePath("objectives.json")))!;
    private static readonly Frame Rows = TableFile.Read(FixturePath("objectives.csv")).Frame;

    private static string FixturePath(string name) => Path.Combine(AppContext.BaseDirectory, "Trees", "Fixtures", name);

    public static TheoryData<int, string> Cases =>
        [.. Expected["cases"]!.AsArray().Select((one, i) => (i, $"{one!["algorithm"]} {string.Join(", ", one["parameters"]!.AsObject().Where(pair => pair.Key is not ("n_estimators" or "learning_rate")).Select(pair => pair.Value))}"))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Held_out_loss_is_as_low_as_the_peers(int index, string name)
    {
        JsonNode one = Expected["cases"]![index]!;
        string measure = (string)one["measure"]!;
        int train = (int)Expected["train_rows"]!;
        int[] all = [.. Enumerable.Range(0, Rows.RowCount)];
        TrainingTable table = Table((string)one["target"]!), test = table.Take(all.AsSpan(train));
        IRecipe recipe = Algorithms.Named((string)one["algorithm"]!).Recipe(one["parameters"]!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value));

        Predictions predictions = recipe.Fit(table.Take(all.AsSpan(0, train)), new FitContext { Threads = 2, Cancellation = TestContext.Current.CancellationToken }).Predict(test.Features);

        double peer = (double)one["value"]!, own = Measure(measure, predictions, test);
        TestContext.Current.TestOutputHelper!.WriteLine(FormattableString.Invariant($"{name} | {measure} | {own:0.0000} | {peer:0.0000} | {own / peer:0.000}"));
        if (measure == "ndcg")
        {
            own.ShouldBeGreaterThan(peer - 0.01);
        }
        else
        {
            own.ShouldBeLessThan(1.03 * peer);
        }
    }

    private static double Measure(string name, Predictions predictions, TrainingTable test)
    {
        double Mean(Func<double, double, double> of) => ((NumberTarget)test.Target).Values.Zip(predictions.Values, of).Average();
        return name switch
        {
            "huber" => Mean((y, p) => Math.Abs(y - p) is double d && d <= 0.9 ? d * d / 2 : 0.9 * (Math.Abs(y - p) - 0.45)),
            "pinball" => Mean((y, p) => Math.Max(0.9 * (y - p), -0.1 * (y - p))),
            "ndcg" => Metric.Named("ndcg_10").Of(predictions, test.Target, null, test.Groups),
            _ => Metric.Named(name).Of(predictions, test.Target),
        };
    }

    private static TrainingTable Table(string target)
    {
        double[] values = [.. Enumerable.Range(0, Rows.RowCount).Select(Rows[target].NumberAt)];
        string[] classes = target == "two" ? ["0", "1"] : ["0", "1", "2"];
        return new TrainingTable(
            new Frame(Enumerable.Range(0, 6).Select(i => Rows[$"x{i}"])),
            target is "two" or "three" ? new ClassTarget(target, [.. values.Select(value => (int)value)], classes) : new NumberTarget(target, values),
            groups: RowSplits.GroupsOf(Rows["query"]));
    }
}
