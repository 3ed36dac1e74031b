using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Preparation;

/// <summary>How rare classes are brought to the weight of the common one.</summary>
public enum BalanceMethod
{
    /// <summary>Rows of rare classes weigh more.</summary>
    Weights,

    /// <summary>Rows of rare classes are drawn again.</summary>
    Oversample,

    /// <summary>Rows of common classes are left out at random.</summary>
    Undersample,

    /// <summary>Rows between a row of a rare class and one of its nearest neighbours in the class are made up (SMOTE, Chawla and others 2002).</summary>
    Smote,
}

/// <summary>
/// Balances the classes of the training rows, and only of these: rows to predict, watched rows and test rows stay as they are. Made-up and repeated rows
/// share a group with the row they came from, so that no later split sets them apart.
/// </summary>
public sealed record Balance : IStep
{
    public string Name => "balance";

    [Hyperparameter("How rare classes are brought to the weight of the common one.")]
    public BalanceMethod Method { get; init; } = BalanceMethod.Weights;

    [Hyperparameter("How many rows a rare class has afterwards, as a share of the largest class's.", Min = 0.01, Max = 1)]
    public double Share { get; init; } = 1;

    [Hyperparameter("From how many neighbours a made-up row takes its direction.", Min = 1, Max = 100, Advanced = true)]
    public int Neighbors { get; init; } = 5;

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        return KeepRule.Step(Name, table.Features.Names);
    }

    public (IFittedStep Fitted, TrainingTable Prepared) FitTransform(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        if (table.Target is not ClassTarget target)
        {
            throw new DataException($"Target '{table.Target.Name}' is of numbers; only classes can be balanced.");
        }

        int[][] rowsOf = [.. target.Classes.Select((_, code) => Enumerable.Range(0, table.RowCount).Where(row => target.Codes[row] == code).ToArray())];
        var random = RandomSource.For(context.Seed, "class balance");
        TrainingTable prepared = Method switch
        {
            BalanceMethod.Weights => Weighted(table, target, rowsOf),
            BalanceMethod.Undersample => Undersampled(table, rowsOf, random),
            _ => Extended(table, rowsOf, random, context),
        };
        string note = $"Classes were balanced in training: {string.Join(", ", target.Classes.Select((name, code) => $"'{name}' {rowsOf[code].Length} rows"))} became {prepared.RowCount} rows{(Method == BalanceMethod.Weights ? " of balanced weight" : string.Empty)}.";
        return (KeepRule.Step(Name, table.Features.Names, note), prepared);
    }

    /// <summary>Every class weighs at least its share of the heaviest; the total weight stays.</summary>
    private TrainingTable Weighted(TrainingTable table, ClassTarget target, int[][] rowsOf)
    {
        double[] weightOf = [.. rowsOf.Select(rows => rows.Sum(row => table.Weights?[row] ?? 1))];
        double heaviest = weightOf.Max();
        double[] factor = [.. weightOf.Select(weight => weight > 0 ? Math.Max(1, Share * heaviest / weight) : 1)];
        double scale = weightOf.Sum() / weightOf.Zip(factor, (weight, times) => weight * times).Sum();
        double[] weights = [.. Enumerable.Range(0, table.RowCount).Select(row => (table.Weights?[row] ?? 1) * factor[target.Codes[row]] * scale)];
        return new TrainingTable(table.Features, table.Target, weights, table.Groups, table.Times);
    }

    private TrainingTable Undersampled(TrainingTable table, int[][] rowsOf, RandomSource random)
    {
        int most = (int)Math.Ceiling(rowsOf.Where(rows => rows.Length > 0).Min(rows => rows.Length) / Share);
        var kept = new List<int>();
        foreach (int[] rows in rowsOf)
        {
            int[] drawn = [.. rows];
            random.Shuffle(drawn.AsSpan());
            kept.AddRange(drawn.Take(most));
        }

        return table.Take([.. kept.Order()]);
    }

    /// <summary>All rows, and behind them as many more as the rare classes lack.</summary>
    private TrainingTable Extended(TrainingTable table, int[][] rowsOf, RandomSource random, FitContext context)
    {
        int wanted = (int)(Share * rowsOf.Max(rows => rows.Length));
        var synthesis = Method == BalanceMethod.Smote ? new Smote(table.Features, Neighbors) : null;
        var bases = new List<int>();
        foreach (int[] rows in rowsOf.Where(rows => rows.Length > 0 && rows.Length < wanted))
        {
            int[] drawn = [.. Enumerable.Range(0, wanted - rows.Length).Select(_ => rows[random.NextInt(rows.Length)])];
            synthesis?.Plan(rows, drawn, random, context.Cancellation);
            bases.AddRange(drawn);
        }

        int[] all = [.. Enumerable.Range(0, table.RowCount), .. bases];
        TrainingTable longer = table.Take(all);
        Frame features = synthesis is null ? longer.Features : synthesis.Made(longer.Features, table.RowCount);
        return new TrainingTable(features, longer.Target, longer.Weights, longer.Groups ?? all, longer.Times);
    }
}
