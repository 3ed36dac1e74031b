using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Ensembles;

/// <summary>Several recipes fitted on the same rows, whose models answer together.</summary>
public sealed record Voting : EnsembleRecipe, IRecipe<VotingModel>
{
    public const string AlgorithmName = "voting";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("Whether members bring probabilities (soft), their most probable class (hard) or log-odds (log_odds) to the vote.")]
    public VoteKind Vote { get; init; }

    [Hyperparameter("How much each member counts, numbers with commas between in the order of the members; empty for the same.")]
    public string Weights { get; init; } = string.Empty;

    public VotingModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        table.RequireSomethingToLearn();
        IReadOnlyList<Member> members = MembersFor(table.Target.Task);
        double[] weights = Shares(WeightList, members.Count);
        return new VotingModel(Algorithm, ModelSignature.Of(table), new MemberFits(context, members.Count).FitAll(members, table), weights, Vote);
    }

    /// <summary>The weights as numbers; null where none are given.</summary>
    /// <exception cref="DataException">One is no number of at least 0.</exception>
    internal double[]? WeightList => Weights.Trim().Length == 0
        ? null
        : [.. Weights.Split(',').Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) && weight >= 0 && double.IsFinite(weight)
            ? weight
            : throw new DataException($"Weight '{text.Trim()}' of the vote is no number of at least 0."))];

    /// <summary>What share of the vote each member has.</summary>
    /// <exception cref="DataException">There is not a weight of at least 0 for each, or all are 0.</exception>
    internal static double[] Shares(IReadOnlyList<double>? weights, int memberCount)
    {
        if (weights is null)
        {
            return [.. Enumerable.Repeat(1.0 / memberCount, memberCount)];
        }

        double sum = weights.Sum();
        return weights.Count == memberCount && weights.All(weight => weight >= 0) && sum > 0 && double.IsFinite(sum)
            ? [.. weights.Select(weight => weight / sum)]
            : throw new DataException($"The vote has {weights.Count} weights ({string.Join(", ", weights.Select(weight => weight.ToString("R", CultureInfo.InvariantCulture)))}) for {memberCount} members; give one of at least 0 each, not all 0.");
    }
}
