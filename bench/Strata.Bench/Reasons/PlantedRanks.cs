using System.Globalization;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using Strata.Learning.Explanation.Local;
using Strata.Tensors;

namespace Strata.Bench.Reasons;

/// <summary>How often the columns that a function depends on get the largest values on the mean over some rows, and how often in a single row.</summary>
/// <param name="Kind">Of the functions.</param>
/// <param name="Method">The method that ranks.</param>
/// <param name="Models">How many functions, each of other columns and weights.</param>
/// <param name="AllFirst">Of the functions, the share all of whose columns come before every idle one.</param>
/// <param name="Found">The share of their columns that come before every idle one.</param>
/// <param name="FirstOfRow">Of single rows, the share whose first column is one that the function depends on.</param>
internal sealed record PlantedRanks(string Kind, string Method, int Models, double AllFirst, double Found, double FirstOfRow)
{
    private const int Columns = 20, BackgroundRows = 500, ExplainedRows = 20, Evaluations = 1000;

    private static readonly (string Name, Func<PlantedModel, Frame, Frame, FitContext, double[]> Sizes)[] Methods =
    [
        ("kernel", (model, rows, background, context) => Shapley(model, rows, background, ExplanationMethod.Kernel, context)),
        ("permutation", (model, rows, background, context) => Shapley(model, rows, background, ExplanationMethod.Permutation, context)),
        ("lime", LimeWeights),
    ];

    public static IReadOnlyList<PlantedRanks> Measure(int models, FitContext context)
    {
        var told = new List<PlantedRanks>();
        Console.WriteLine($"\nPlanted columns: {models} functions of 2 to 5 of {Columns} columns of each kind, {ExplainedRows} rows, {Evaluations} evaluations a row");
        Console.WriteLine("| function | method | all planted first | planted columns found | first column of a row is planted |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (PlantedKind kind in Enum.GetValues<PlantedKind>())
        {
            foreach ((string name, var sizes) in Methods)
            {
                PlantedRanks one = Measure(kind, name, sizes, models, context);
                told.Add(one);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {one.Kind} | {one.Method} | {one.AllFirst:0.000} | {one.Found:0.000} | {one.FirstOfRow:0.000} |"));
            }
        }

        return told;
    }

    private static PlantedRanks Measure(PlantedKind kind, string method, Func<PlantedModel, Frame, Frame, FitContext, double[]> sizesOf, int models, FitContext context)
    {
        double all = 0, found = 0, first = 0;
        for (int i = 0; i < models; i++)
        {
            var random = RandomSource.For(context.Seed, string.Create(CultureInfo.InvariantCulture, $"planted {kind} {i}"));
            Frame background = Rows(BackgroundRows, random), rows = Rows(ExplainedRows, random);
            var model = new PlantedModel(kind, background.Schema, random);
            double[] sizes = sizesOf(model, rows, background, context with { Seed = (ulong)i });
            double[] means = [.. Enumerable.Range(0, Columns).Select(column => Enumerable.Range(0, ExplainedRows).Average(row => sizes[row * Columns + column]))];
            double idle = Enumerable.Range(0, Columns).Except(model.Planted).Max(column => means[column]);
            int before = model.Planted.Count(column => means[column] > idle);
            all += before == model.Planted.Count ? 1.0 / models : 0;
            found += (double)before / model.Planted.Count / models;
            first += Enumerable.Range(0, ExplainedRows).Count(row => model.Planted.Contains(Enumerable.Range(0, Columns).MaxBy(column => sizes[row * Columns + column]))) / (double)ExplainedRows / models;
        }

        return new PlantedRanks(kind.ToString().ToLowerInvariant(), method, models, all, found, first);
    }

    /// <summary>[rows, columns]</summary>
    private static double[] Shapley(PlantedModel model, Frame rows, Frame background, ExplanationMethod method, FitContext context) =>
        [.. Explainer.Explain(model, rows, new ExplanationOptions { Method = method, Background = background, Evaluations = Evaluations, Context = context }).Values.Select(Math.Abs)];

    /// <summary>[rows, columns]; 0 for columns that the line near a row does not have.</summary>
    private static double[] LimeWeights(PlantedModel model, Frame rows, Frame background, FitContext context)
    {
        var sizes = new double[rows.RowCount * Columns];
        string[] names = [.. background.Names];
        foreach (LimeExplanation one in Lime.Explain(model, rows, new LimeOptions { Background = background, Samples = Evaluations, Context = context }))
        {
            foreach (LimeTerm term in one.Terms)
            {
                sizes[one.Row * Columns + Array.IndexOf(names, term.Column)] = Math.Abs(term.Weight);
            }
        }

        return sizes;
    }

    private static Frame Rows(int count, RandomSource random) =>
        new(Enumerable.Range(0, Columns).Select(column => new Float64Column($"x{column}", [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())])));
}
