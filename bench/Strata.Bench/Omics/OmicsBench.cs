using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Metrics;
using Strata.Learning.Preparation;

namespace Strata.Bench.Omics;

/// <summary>
/// Repeated cross-validation of candidates on sets of few samples and many columns, the means over the folds of each repeat as one line of JSON; what a file has already is not run again. The folds
/// of a repeat are the same for all candidates.
/// </summary>
internal static class OmicsBench
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static int Run(string[] args)
    {
        var options = new Options(args);
        if (options.Text("data") is not string data || options.Text("out") is not string path)
        {
            Console.Error.WriteLine("omics needs --data DIR with the folders rosmap, breast_tcga and microarray, and --out FILE for its lines.");
            return 2;
        }

        string[] candidates = [.. File.ReadLines(options.Text("candidates") ?? Path.Combine(AppContext.BaseDirectory, "omics-candidates.txt")).Where(line => line.Length > 0 && line[0] != '#')];
        List<OmicsScore> scores = [.. File.Exists(path) ? File.ReadLines(path).Select(line => JsonSerializer.Deserialize<OmicsScore>(line, Snake)!) : []];
        foreach (OmicsSet set in OmicsSet.Read(data, options.Text("sets")))
        {
            string[] asked = [.. candidates.Select(line => line.Split(" for ", 2)).Where(parts => parts.Length == 1 || parts[1].Split(',').Contains(set.Name)).Select(parts => parts[0])];
            foreach ((string candidate, int repeat) in asked.SelectMany(candidate => Enumerable.Range(0, options.Number("repeats", 4)).Select(repeat => (candidate, repeat))))
            {
                if (!scores.Exists(score => (score.Set, score.Candidate, score.Repeat) == (set.Name, candidate, repeat)))
                {
                    OmicsScore[] more = Measure(set, candidate, repeat, options.Number("folds", 5), options.Number("threads", Environment.ProcessorCount));
                    scores.AddRange(more);
                    File.AppendAllLines(path, more.Select(score => JsonSerializer.Serialize(score, Snake)));
                }
            }

            Report(set.Name, scores, candidates);
        }

        return 0;
    }

    private static OmicsScore[] Measure(OmicsSet set, string candidate, int repeat, int folds, int threads)
    {
        (string recipeText, string[]? only) = candidate.Split(" on ", 2) is [string text, string blocks] ? (text, blocks.Split('+')) : (candidate, null);
        TrainingTable table = only is null ? set.Table : set.Table.WithFeatures(new Frame(set.Table.Features.Columns.Where(column => only.Any(block => column.Name.StartsWith($"{block}:", StringComparison.Ordinal)))));
        var context = new FitContext { Seed = (ulong)repeat, Threads = threads };
        Pipeline recipe = RecipeOf(recipeText);
        long started = Stopwatch.GetTimestamp();
        var metrics = new List<(string Tested, IReadOnlyDictionary<string, double> Of)>();
        foreach (RowSplit fold in RowSplits.Folds(table, folds, (ulong)repeat).Folds)
        {
            PipelineModel model = recipe.Fit(table.Take(fold.Train), context);
            TrainingTable test = table.Take(fold.Test);
            metrics.Add(("all", Evaluation.Of(model.Predict(test.Features, threads), test.Target).Metrics));
            string[] absent = [.. test.Features.Names.Where(name => set.Absent is not null && name.StartsWith($"{set.Absent}:", StringComparison.Ordinal))];
            if (absent.Length > 0 && model.Signature.Features.Columns.Any(column => column.Block is not null))
            {
                metrics.Add(($"without {set.Absent}", Evaluation.Of(model.Predict(test.Features.Drop(absent), threads), test.Target).Metrics));
            }
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds / folds;
        return [.. metrics.GroupBy(fold => fold.Tested).Select(tested =>
        {
            double Mean(string name) => tested.Average(fold => fold.Of.GetValueOrDefault(name, double.NaN)) is double mean && double.IsFinite(mean) ? Math.Round(mean, 6) : 0;
            return new OmicsScore(set.Name, candidate, tested.Key, repeat, Mean("accuracy"), Mean("balanced_accuracy"), Mean("f1"), Mean("f1_macro"), Mean("f1_weighted"), Mean("roc_auc"), Mean("log_loss"), Math.Round(seconds, 3));
        })];
    }

    private static Pipeline RecipeOf(string text)
    {
        MemberText member = MemberText.ReadList(text).Single();
        Algorithm algorithm = Algorithms.Named(member.Algorithm);
        return algorithm.Prepared(algorithm.Recipe(member.Hyperparameters));
    }

    private static void Report(string set, List<OmicsScore> scores, string[] candidates)
    {
        Console.WriteLine($"{set}: mean and standard deviation over the repeats");
        Console.WriteLine("| candidate | tested | accuracy | balanced | F1 | macro F1 | weighted F1 | AUC | log loss | s a fit |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (IGrouping<(string, string), OmicsScore> same in scores.Where(score => score.Set == set && candidates.Any(line => line.Split(" for ", 2)[0] == score.Candidate)).GroupBy(score => (score.Candidate, score.Tested)).OrderByDescending(same => same.Average(score => score.Accuracy)))
        {
            string Of(Func<OmicsScore, double> value)
            {
                double mean = same.Average(value), deviation = same.Count() < 2 ? 0 : Math.Sqrt(same.Sum(score => (value(score) - mean) * (value(score) - mean)) / (same.Count() - 1));
                return string.Create(CultureInfo.InvariantCulture, $"{mean:0.000} ± {deviation:0.000}");
            }

            Console.WriteLine($"| {same.Key.Item1} | {same.Key.Item2} | {Of(score => score.Accuracy)} | {Of(score => score.BalancedAccuracy)} | {Of(score => score.F1)} | {Of(score => score.F1Macro)} | {Of(score => score.F1Weighted)} | {Of(score => score.RocAuc)} | {Of(score => score.LogLoss)} | {same.Average(score => score.Seconds).ToString("0.0", CultureInfo.InvariantCulture)} |");
        }
    }

    /// <summary>The means over the folds of one repeat.</summary>
    private sealed record OmicsScore(
        string Set, string Candidate, string Tested, int Repeat, double Accuracy, double BalancedAccuracy, double F1, double F1Macro, double F1Weighted, double RocAuc, double LogLoss, double Seconds);
}
