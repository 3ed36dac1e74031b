using Strata.Bench.Automl;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Metrics;
using Strata.Learning.Preparation;
using Strata.Learning.Trees;
using Strata.Learning.Validation;
using Strata.Learning.Validation.Conformal;

namespace Strata.Bench;

/// <summary>How often intervals and sets hold the truth on real tables, over all rows of cross-validations drawn anew until some thousands of rows are tested.</summary>
internal static class CoverageBench
{
    public static int Run(string[] args)
    {
        var options = new Options(args);
        string? data = options.Text("data");
        if (data is null)
        {
            Console.Error.WriteLine("coverage needs --data DIR with the tables of the AutoML benchmark as csv or csv.gz.");
            return 2;
        }

        int mostRows = options.Number("rows", 3000), leastTested = options.Number("tested", 4000), trees = options.Number("trees", 30);
        double level = options.Number("percent", 90) / 100.0;
        var context = new FitContext { Threads = options.Number("threads", 2) };
        foreach (AutomlTable benchmark in AutomlTable.All)
        {
            TrainingTable table = benchmark.Read(data);
            if (table.RowCount > mostRows)
            {
                table = table.Take(RowSplits.HoldOut(table, (double)mostRows / table.RowCount, 1).Split.Test);
            }

            Pipeline pipeline = DefaultPreparation.For(new GradientBoosting { Trees = trees, LearningRate = 0.1 }, needsCompleteNumbers: false);
            RegionMethod[] methods = table.Target.Task.IsClassification() ? [RegionMethod.CvPlus, RegionMethod.Split] : [RegionMethod.CvPlus, RegionMethod.Split, RegionMethod.Cqr];
            foreach (RegionMethod method in methods)
            {
                (double coverage, double size, int tested) = Measure(new Finished(pipeline) { Level = level, RegionMethod = method }, table, leastTested, context);
                Console.WriteLine($"{benchmark.Name,-20} {method,-7} rows {table.RowCount,5}  tested {tested,5}  coverage {coverage:0.000}  mean size {size:G4}");
            }
        }

        return 0;
    }

    private static (double Coverage, double Size, int Tested) Measure(Finished recipe, TrainingTable table, int leastTested, FitContext context)
    {
        double covered = 0, size = 0;
        int tested = 0;
        for (ulong seed = 0; tested < leastTested; seed++)
        {
            foreach (RowSplit fold in RowSplits.Folds(table, 5, seed).Folds)
            {
                TrainingTable test = table.Take(fold.Test);
                RegionCoverage regions = Evaluation.Of(recipe.Fit(table.Take(fold.Train), context with { Seed = seed }).Predict(test.Features, context.Threads), test.Target).Regions!;
                covered += regions.Coverage * test.RowCount;
                size += regions.Size * test.RowCount;
                tested += test.RowCount;
            }
        }

        return (covered / tested, size / tested, tested);
    }
}
