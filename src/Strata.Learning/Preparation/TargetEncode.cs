using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>
/// Replaces each category by what the target is for it on average, drawn towards the average of all where rows are few (Micci-Barreca 2001); for several
/// classes by one column a class. Training rows get numbers that other folds' rows say, never their own, so that the learner does not take an echo of the
/// target for knowledge; rows to predict get those of all training rows. Folds keep groups together. Missing is a level; unseen levels get the average.
/// </summary>
public sealed record TargetEncode : IStep
{
    public string Name => "target_encode";

    [Hyperparameter("How many rows the average of all counts for; empty lets each level's spread beside that of the target decide.", Min = 0, Max = 1e6)]
    public double? Smoothing { get; init; }

    [Hyperparameter("Into how many folds training rows are split.", Min = 2, Max = 50)]
    public int Folds { get; init; } = 5;

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        double[][] targets = [.. TargetsOf(table.Target)];
        return new ColumnwiseStep<LevelNumberRule>(
            Name, [.. table.Features.Columns.Select(column => column is CategoryColumn category ? RuleFor(category, table, targets) : new LevelNumberRule(column.Name))], []);
    }

    public (IFittedStep Fitted, TrainingTable Prepared) FitTransform(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        IFittedStep all = Fit(table, context);
        Frame prepared = all.Apply(table.Features, context);
        int folds = Math.Min(Folds, table.Groups?.Distinct().Count() ?? table.RowCount);
        if (folds < 2)
        {
            throw new DataException($"Encoding by the target needs two {(table.Groups is null ? "rows" : "groups")} or more, so that no row hears itself; there {(folds == 1 ? "is one" : "are none")}.");
        }

        string[] encoded = [.. prepared.Names.Where(name => all.Origins[name] is [string origin] && table.Features[origin] is CategoryColumn)];
        double[][] numbers = [.. encoded.Select(name => (double[])((Float64Column)prepared[name]).Values.Clone())];
        // Times are left aside: what later rows say of a level tells a row nothing of its own target.
        var untimed = new TrainingTable(table.Features, table.Target, table.Weights, table.Groups);
        foreach (RowSplit split in RowSplits.Folds(untimed, folds, context.Seed).Folds)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Frame others = Fit(untimed.Take(split.Train), context).Apply(table.Features.Take(split.Test));
            for (int k = 0; k < encoded.Length; k++)
            {
                for (int i = 0; i < split.Test.Length; i++)
                {
                    numbers[k][split.Test[i]] = others[encoded[k]].NumberAt(i);
                }
            }
        }

        Dictionary<string, Column> outOfFold = encoded.Zip(numbers).ToDictionary(pair => pair.First, pair => (Column)new Float64Column(pair.First, pair.Second), StringComparer.Ordinal);
        return (all, table.WithFeatures(new Frame(prepared.Columns.Select(column => outOfFold.GetValueOrDefault(column.Name, column)))));
    }

    /// <summary>What is averaged: the number itself, or for each class (of two, for the one of code 1) whether it is it.</summary>
    private static IEnumerable<double[]> TargetsOf(Target target) => target switch
    {
        NumberTarget numbers => [numbers.Values],
        ClassTarget { Classes.Count: 2 } two => [Array.ConvertAll(two.Codes, code => (double)code)],
        ClassTarget several => several.Classes.Select((_, k) => Array.ConvertAll(several.Codes, code => code == k ? 1.0 : 0.0)),
        _ => throw new DataException($"Target '{target.Name}' cannot be averaged."),
    };

    private LevelNumberRule RuleFor(CategoryColumn column, TrainingTable table, double[][] targets)
    {
        IReadOnlyList<string> classes = table.Target.Classes;
        return new LevelNumberRule(column.Name,
        [
            .. targets.Select((values, k) => NumbersFor(targets.Length == 1 ? column.Name : FreeName.For($"{column.Name}: {classes[k]}", table.Features), column, values, table.Weights)),
        ]);
    }

    private LevelNumbers NumbersFor(string output, CategoryColumn column, double[] target, double[]? weights)
    {
        var all = new WeightedMoments();
        var ofCode = new WeightedMoments[column.Levels.Count + 1];
        for (int row = 0; row < target.Length; row++)
        {
            double weight = weights?[row] ?? 1;
            all.Add(target[row], weight);
            ofCode[column.Codes[row] < 0 ? ^1 : column.Codes[row]].Add(target[row], weight);
        }

        double Encoded(WeightedMoments level) => level.Mixed(all, Smoothing);
        Dictionary<string, double> numberOf = column.Levels.Select((level, code) => (level, ofCode[code])).Where(pair => pair.Item2.Weight > 0)
            .DistinctBy(pair => pair.level).ToDictionary(pair => pair.level, pair => Encoded(pair.Item2), StringComparer.Ordinal);
        return LevelNumbers.Of(output, numberOf, all.Mean, ofCode[^1].Weight > 0 ? Encoded(ofCode[^1]) : all.Mean);
    }
}
