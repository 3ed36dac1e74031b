using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;

namespace Strata.Learning.Tests.Preparation;

/// <summary>Small tables and what scikit-learn makes of them: Fixtures/steps.json (see make_steps.py beside it); and the little language that tests of steps are written in.</summary>
internal static class StepFixture
{
    private static readonly JsonNode Values = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Preparation", "Fixtures", "steps.json")))!;

    public static FitContext Context { get; } = new() { Threads = 2 };

    /// <summary>What stands under the names, one within the other.</summary>
    public static T Get<T>(params string[] path) => path.Aggregate(Values, (node, name) => node[name]!).Deserialize<T>(ModelFileJson.Options)!;

    public static double[][] Rows(params string[] path) => Get<double[][]>(path);

    public static Frame Numbers(double[][] rows) => new(Enumerable.Range(0, rows[0].Length).Select(j => new Float64Column($"x{j}", [.. rows.Select(row => row[j])])));

    public static Frame Numbers(params string[] path) => Numbers(Rows(path));

    public static TrainingTable Table(Frame features, double[]? weights = null) => new(features, new NumberTarget("y", new double[features.RowCount]), weights);

    /// <summary>Fitted, written to a model file, and read back: no step is tested without its file.</summary>
    public static IFittedStep Fitted(IStep step, TrainingTable table, FitContext? context = null) => Reread(step.Fit(table, context ?? Context));

    public static IFittedStep Reread(IFittedStep fitted)
    {
        var writer = new ModelWriter();
        fitted.Write(writer);
        using var file = new MemoryStream();
        ModelContainer.Write(file, writer);
        file.Position = 0;
        IFittedStep read = Steps.Read(fitted.Name, ModelContainer.Read(file));
        read.Notes.ShouldBe(fitted.Notes);
        read.Origins.Keys.ShouldBe(fitted.Origins.Keys);
        return read;
    }

    public static double[][] RowsOf(Frame frame) => [.. Enumerable.Range(0, frame.RowCount).Select(row => frame.Columns.Select(column => column.NumberAt(row)).ToArray())];

    public static void ShouldBeRows(this Frame frame, double[][] expected, double tolerance)
    {
        double[][] actual = RowsOf(frame);
        actual.Length.ShouldBe(expected.Length);
        for (int row = 0; row < actual.Length; row++)
        {
            actual[row].Length.ShouldBe(expected[row].Length);
            for (int j = 0; j < actual[row].Length; j++)
            {
                double a = actual[row][j], e = expected[row][j];
                (Math.Abs(a - e) <= tolerance * Math.Max(1, Math.Abs(e)) || (double.IsNaN(a) && double.IsNaN(e))).ShouldBeTrue($"row {row + 1}, column {j + 1} is {a}, expected {e}");
            }
        }
    }
}
