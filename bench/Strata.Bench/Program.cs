using Strata.Bench;

// One verb a file; each prints medians and processor seconds, and says what data it used.
switch (args.FirstOrDefault())
{
    case "boosting":
        return BoostingBench.Run(args[1..]);
    case "logistic":
        return LogisticBench.Run(args[1..]);
    default:
        Console.Error.WriteLine("Usage: strata-bench boosting [--rows N] [--columns N] [--leaves N] [--trees N] [--threads N] [--repeats N] [--data DIR]\n       strata-bench logistic [--rows N] [--columns N] [--threads N] [--repeats N] [--data DIR]");
        return 2;
}
