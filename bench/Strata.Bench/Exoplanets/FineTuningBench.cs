using System.Globalization;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Trees;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Exoplanets.Sessions;

namespace Strata.Bench.Exoplanets;

/// <summary>
/// What fine-tuning gains on a survey that the model has never seen: a universal model of the two other missions goes on learning from some of the third one's stars and is judged on
/// the rest, beside itself as it was and beside a model trained on those stars alone.
/// </summary>
internal static class FineTuningBench
{
    private static readonly int[] Sizes = [50, 100, 200, 500, 1000];

    public static int Run(string[] args)
    {
        var options = new Options(args);
        string folder = options.Text("data") ?? throw new ArgumentException("--data names the folder with koi_cumulative.csv, toi.csv and k2pandc.csv.");
        int seeds = options.Number("seeds", 5);
        MissionRows[] missions = [.. Mission.All.Select(mission => MissionRows.Read(mission, folder))];
        (TrainingTable all, int[] missionOf) = SettledRows.Of(missions);
        var recipe = (GradientBoosting)Algorithms.Named("gradient_boosting").Recipe(FineTuning.Hyperparameters);
        for (int i = 0; i < missions.Length; i++)
        {
            TrainingTable mine = all.Take([.. Enumerable.Range(0, all.RowCount).Where(row => missionOf[row] == i)]);
            GradientBoostingModel others = PretrainExoplanets.Recipe(PretrainExoplanets.Binary).Fit(all.Take([.. Enumerable.Range(0, all.RowCount).Where(row => missionOf[row] != i)]), new FitContext());
            foreach (int size in Sizes.Where(size => size < 0.7 * mine.RowCount))
            {
                var (shipped, tuned, scratch) = (new Sum(), new Sum(), new Sum());
                for (ulong seed = 0; seed < (ulong)seeds; seed++)
                {
                    (RowSplit split, _) = RowSplits.HoldOut(mine, 1 - (double)size / mine.RowCount, seed);
                    (TrainingTable train, TrainingTable test) = (mine.Take(split.Train), mine.Take(split.Test));
                    var context = new FitContext { Seed = seed };
                    shipped.Add(others, test);
                    tuned.Add(recipe.ContinueFit(others, train, context), test);
                    scratch.Add(recipe.Fit(train, context), test);
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{missions[i].Mission.Name}, {size} rows: as shipped {shipped}; fine-tuned {tuned}; from scratch {scratch}"));
            }
        }

        return 0;
    }

    /// <summary>Means over seeds.</summary>
    private sealed class Sum
    {
        private double accuracy, logLoss, area;
        private int count;

        public void Add(GradientBoostingModel model, TrainingTable test)
        {
            IReadOnlyDictionary<string, double> metrics = Evaluation.Of(model.Predict(test.Features), test.Target).Metrics;
            accuracy += metrics["accuracy"];
            logLoss += metrics["log_loss"];
            area += metrics["roc_auc"];
            count++;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"accuracy {accuracy / count:F3}, log loss {logLoss / count:F3}, AUC {area / count:F3}");
    }
}
