using Strata.Bench;
using Strata.Bench.Automl;
using Strata.Bench.Exoplanets;
using Strata.Bench.Omics;
using Strata.Bench.Reasons;
using Strata.Bench.Serving;
using Strata.Bench.Steps;

// One verb a file; each prints medians and processor seconds, and says what data it used.
(string Verb, string Options, Func<string[], int> Run)[] verbs =
[
    ("arrays", "--data DIR --task NAME [--algorithms A,B] [--set NAME=VALUE]... [--seeds N] [--threads N] [--report EPOCHS]", ArrayBench.Run),
    ("compare", "[--rows N] [--columns N] [--threads N] [--algorithms A,B] [--data DIR]", CompareBench.Run),
    ("coverage", "--data DIR [--percent N] [--rows N] [--tested N] [--trees N] [--threads N]", CoverageBench.Run),
    ("csv", "[--rows N] [--columns N] [--digits N] [--threads N] [--repeats N] [--python PATH]", CsvBench.Run),
    ("features", "[--rows N] [--entities N] [--repeats N] [--data DIR]", FeatureBench.Run),
    ("fit", "--data DIR [--algorithm NAME] [--set NAME=VALUE]... [--threads N] [--repeats N] [--seed N] [--out FILE]", FitBench.Run),
    ("limits", "[--rows N] [--columns N] [--budget SECONDS] [--threads N] [--algorithms A,B]", LimitsBench.Run),
    ("neighbours", "[--rows N] [--queries N] [--columns N] [--threads N] [--repeats N] [--data DIR]", NeighborBench.Run),
    ("logistic", "[--rows N] [--columns N] [--threads N] [--repeats N] [--data DIR]", LogisticBench.Run),
    ("linear", "[--kind lasso-path|elastic-net|svm-squared|svm-hinge] [--rows N] [--columns N] [--threads N] [--repeats N] [--data DIR]", LinearBench.Run),
    ("sparse", "--data FILE.svmlight [--kind logistic|multinomial-nb|svm-squared|lasso] [--alpha N] [--threads N] [--repeats N]", SparseBench.Run),
    ("single-fits", "[--rows N] [--columns N] [--threads N] [--repeats N] [--algorithms A,B] [--data DIR]", SingleFitBench.Run),
    ("svm", "[--rows N] [--columns N] [--threads N] [--repeats N] [--data DIR]", SvmBench.Run),
    ("exoplanets", "--data DIR [--seeds N] [--threads N]", ExoplanetBench.Run),
    ("fine-tuning", "--data DIR [--seeds N]", FineTuningBench.Run),
    ("pretrain-exoplanets", "--data DIR --out DIR", PretrainExoplanets.Run),
    ("automl", "--data DIR --out FILE [--runs FILE] [--tables A,B] [--folds N] [--seconds N] [--preset NAME] [--threads N]", AutomlBench.Run),
    ("omics", "--data DIR --out FILE [--candidates FILE] [--sets A,B] [--repeats N] [--folds N] [--threads N]", OmicsBench.Run),
    ("portfolio-runs", "--data DIR --out FILE [--candidates FILE] [--tables A,B] [--folds N] [--threads N] [--limit SECONDS]", PortfolioRuns.Run),
    ("portfolio-learn", "--runs FILE [--without TABLE] [--length N] [--out FILE]", PortfolioLearning.Run),
    ("prepare", "[--rows N] [--columns N] [--threads N] [--repeats N] [--data DIR]", PrepareBench.Run),
    ("predict", "[--kind numbers|depth6|multiclass|categories|missing] [--rows N] [--columns N] [--leaves N] [--trees N] [--threads N] [--repeats N] [--data DIR]", PredictBench.Run),
    ("reasons", "[--part agreement|planted|stacked] [--seeds N] [--models N] [--rows N] [--threads N] [--out FILE]", ReasonsBench.Run),
    ("shap", "--data DIR [--threads N] [--repeats N] [--pair-rows N] [--background N]", ShapBench.Run),
    ("step", "[--threads N] [--steps N] [--networks A,B]", StepBench.Run),
    ("tracking", "[--runs N] [--repeats N] [--peer ADDRESS] [--peer-runs N]", TrackingBench.Run),
    ("tune", "--data DIR [--trials N] [--seeds N] [--rounds N] [--folds N] [--ask]", TuneBench.Run),
    ("optimizers", "[--numbers N] [--threads N] [--steps N]", OptimizerBench.Run),
    ("products", "[--threads N] [--blas FILE]", ProductBench.Run),
    ("series", "--data DIR [--algorithms A,B] [--sets A,B] [--set NAME=VALUE]... [--seeds N] [--threads N]", SeriesBench.Run),
    ("serve", "[--kinds bare,strata] [--connections N] [--seconds N]", ServeBench.Run),
    ("load", "--url URL --body FILE [--connections N] [--seconds N] [--warm-up N]", LoadBench.Run),
    ("search", "[--method tpe|cma_es|random] [--trials N] [--seeds N] [--overhead-trials N]", SearchBench.Run),
];

foreach ((string verb, _, Func<string[], int> run) in verbs)
{
    if (args.FirstOrDefault() == verb)
    {
        return run(args[1..]);
    }
}

Console.Error.WriteLine("Usage:");
foreach ((string verb, string options, _) in verbs)
{
    Console.Error.WriteLine($"  strata-bench {verb} {options}");
}

return 2;
