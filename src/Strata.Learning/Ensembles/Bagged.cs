using Strata.Tensors;

namespace Strata.Learning.Ensembles;

/// <summary>
/// One recipe fitted many times, each time on rows drawn by chance, and the mean of the answers (Breiman 1996). Where rows have groups, whole groups are drawn.
/// </summary>
public sealed record Bagged : EnsembleRecipe, IRecipe<VotingModel>
{
    public const string AlgorithmName = "bagged";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("How often each member is fitted.", Min = 1, Max = 10_000, SearchMin = 5, SearchMax = 50)]
    public int Models { get; init; } = 10;

    [Hyperparameter("How many rows (or groups) are drawn for each fit, as a share of all.", Min = 1e-6, Max = 1, SearchMin = 0.3, SearchMax = 1)]
    public double RowFraction { get; init; } = 1;

    [Hyperparameter("Whether a row can be drawn several times for a fit.")]
    public bool Replacement { get; init; } = true;

    [Hyperparameter("Whether members bring probabilities (soft), their most probable class (hard) or log-odds (log_odds) together.", Advanced = true)]
    public VoteKind Vote { get; init; }

    public VotingModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        table.RequireSomethingToLearn();
        IReadOnlyList<Member> members = MembersFor(table.Target.Task);
        var fits = new MemberFits(context, Models * members.Count);
        var fitted = new List<FittedMember>();
        int[][] units = Units(table);
        for (int model = 0; model < Models; model++)
        {
            TrainingTable drawn = table.Take(Draw(units, RandomSource.For(context.Seed, $"bagged {model}")));
            fitted.AddRange(members.Select(member => new FittedMember($"{member.Name}, draw {model + 1}", fits.Fit(member.Recipe, drawn))));
        }

        return new VotingModel(Algorithm, ModelSignature.Of(table), fitted, [.. fitted.Select(_ => 1.0 / fitted.Count)], Vote);
    }

    /// <summary>What is drawn as a whole: the rows of each group, or single rows.</summary>
    private static int[][] Units(TrainingTable table) => table.Groups is int[] groups
        ? [.. Enumerable.Range(0, table.RowCount).GroupBy(row => groups[row]).Select(rows => rows.ToArray())]
        : [.. Enumerable.Range(0, table.RowCount).Select(row => new[] { row })];

    /// <summary>The drawn rows, ascending.</summary>
    private int[] Draw(int[][] units, RandomSource random)
    {
        int count = Math.Max(1, (int)Math.Round(units.Length * RowFraction));
        int[] drawn = [.. Enumerable.Range(0, units.Length)];
        if (Replacement)
        {
            drawn = [.. Enumerable.Range(0, count).Select(_ => random.NextInt(units.Length))];
        }
        else
        {
            random.Shuffle<int>(drawn);
        }

        return [.. drawn.Take(count).SelectMany(unit => units[unit]).Order()];
    }
}
