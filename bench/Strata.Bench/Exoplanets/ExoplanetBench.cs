using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Preparation;
using Strata.Learning.Validation;
using Strata.Solutions.Exoplanets;

namespace Strata.Bench.Exoplanets;

/// <summary>
/// How well the exoplanet presets do on the archive's real tables, beside figures of others: cross-validated, stars kept whole, all predictions judged together.
/// </summary>
internal static class ExoplanetBench
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        string folder = options.Text("data") ?? throw new ArgumentException("--data names the folder with koi_cumulative.csv, toi.csv and k2pandc.csv.");
        int seeds = options.Number("seeds", 3), threads = options.Number("threads", Environment.ProcessorCount);
        MissionRows kepler = MissionRows.Read(Mission.Kepler, folder), tess = MissionRows.Read(Mission.Tess, folder), k2 = MissionRows.Read(Mission.K2, folder);
        Console.WriteLine($"5-fold by star, out-of-fold predictions judged together; mean of {seeds} seeds. Others: scikit-learn's HistGradientBoosting with its defaults on the same files.");

        Console.WriteLine("Kepler KOI, 3 classes. Others: accuracy 0.807, macro F1 0.768, log loss 0.480");
        Report("preset, the table's columns", kepler.With(kepler.OwnColumns()), Recipe(kepler), 5, seeds, threads);
        Report("preset, with the physics", kepler.With(kepler.SurveyColumns()), Recipe(kepler), 5, seeds, threads);
        Report("common vocabulary", kepler.With(kepler.CommonColumns()), Recipe(kepler), 5, seeds, threads);

        Console.WriteLine("TESS TOI, CP and KP against FP and FA. Others: accuracy 0.880, AUC 0.952 (with the transit's date, which the preset leaves out)");
        Report("their columns, date included", tess.With(tess.NumbersBut("toi", "tid")), Recipe(tess), 5, seeds, threads);
        Report("preset, the table's columns", tess.With(tess.OwnColumns()), Recipe(tess), 5, seeds, threads);
        Report("preset, with the physics", tess.With(tess.SurveyColumns()), Recipe(tess), 5, seeds, threads);
        Report("common vocabulary", tess.With(tess.CommonColumns()), Recipe(tess), 5, seeds, threads);

        Console.WriteLine("K2, default rows, 3 classes. Others: accuracy 0.934, macro F1 0.894 (with the year of discovery and other bookkeeping, which the preset leaves out)");
        Report("their columns, bookkeeping included", k2.With(k2.NumbersBut("sy_pnum", "default_flag")), Recipe(k2), 5, seeds, threads);
        Report("preset, the table's columns", k2.With(k2.OwnColumns()), Recipe(k2), 5, seeds, threads);
        Report("preset, with the physics", k2.With(k2.SurveyColumns()), Recipe(k2), 5, seeds, threads);
        Report("common vocabulary", k2.With(k2.CommonColumns()), Recipe(k2), 5, seeds, threads);

        Console.WriteLine("Kepler CONFIRMED against CANDIDATE, vetting flags in, score out, rows split without regard to stars (protocol of Luz et al. 2024). Others: accuracy 0.8308 (stacking), 10-fold and 70/30");
        TrainingTable luz = Luz(kepler);
        Report("10-fold", luz, Recipe(kepler), 10, seeds, threads);
        Report("10-fold, with the physics", Luz(kepler, physics: true), Recipe(kepler), 10, seeds, threads);
        HoldOut("70/30", luz, Recipe(kepler), seeds, threads);
        return 0;
    }

    /// <summary>Gradient boosting as the preset recommends it.</summary>
    internal static IRecipe Recipe(MissionRows rows) => Algorithms.Named("gradient_boosting").Recipe(rows.Mission.Preset.Recommend("gradient_boosting", new Dictionary<string, JsonNode?>()));

    private static TrainingTable Luz(MissionRows kepler, bool physics = false)
    {
        Frame features = kepler.NumbersBut("koi_score");
        if (physics)
        {
            features = new Frame(features.Columns.Concat(kepler.SurveyColumns().Columns.Where(column => !features.Contains(column.Name))));
        }

        var target = (ClassTarget)kepler.With(features).Target;
        int falsePositive = target.Classes.ToList().IndexOf("FALSE POSITIVE");
        int[] rows = [.. Enumerable.Range(0, target.Count).Where(row => target.Codes[row] != falsePositive)];
        string[] classes = ["CANDIDATE", "CONFIRMED"];
        int[] codes = [.. rows.Select(row => Array.IndexOf(classes, target.Classes[target.Codes[row]]))];
        return new TrainingTable(features.Take(rows), new ClassTarget(target.Name, codes, classes));
    }

    private static void Report(string name, TrainingTable table, IRecipe recipe, int foldCount, int seeds, int threads)
    {
        var sums = new Dictionary<string, double>();
        double fitSeconds = 0;
        for (ulong seed = 0; seed < (ulong)seeds; seed++)
        {
            var validation = CrossValidation.Run(new Pipeline(DefaultPreparation.AsItIs, recipe), table, foldCount, new FitContext { Seed = seed, Threads = threads });
            Add(sums, validation.Overall.Metrics);
            fitSeconds += validation.Folds.Average(fold => fold.FitTime.TotalSeconds);
        }

        Print(name, table, sums, seeds, fitSeconds / seeds);
    }

    private static void HoldOut(string name, TrainingTable table, IRecipe recipe, int seeds, int threads)
    {
        var sums = new Dictionary<string, double>();
        double fitSeconds = 0;
        for (ulong seed = 0; seed < (ulong)seeds; seed++)
        {
            (RowSplit split, SplitDescription description) = RowSplits.HoldOut(table, 0.3, seed);
            var validation = CrossValidation.Run(new Pipeline(DefaultPreparation.AsItIs, recipe), table, [split], description, new FitContext { Seed = seed, Threads = threads });
            Add(sums, validation.Overall.Metrics);
            fitSeconds += validation.Folds[0].FitTime.TotalSeconds;
        }

        Print(name, table, sums, seeds, fitSeconds / seeds);
    }

    private static void Add(Dictionary<string, double> sums, IReadOnlyDictionary<string, double> metrics)
    {
        foreach ((string metric, double value) in metrics)
        {
            sums[metric] = sums.GetValueOrDefault(metric) + value;
        }
    }

    private static void Print(string name, TrainingTable table, Dictionary<string, double> sums, int seeds, double fitSeconds) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"  {name,-38} {table.RowCount} x {table.Features.ColumnCount}: accuracy {sums["accuracy"] / seeds:F4}, macro F1 {sums["f1_macro"] / seeds:F4}, log loss {sums["log_loss"] / seeds:F4}, AUC {sums["roc_auc"] / seeds:F4}; {fitSeconds:F2} s a fit"));
}
