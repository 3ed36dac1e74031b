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
        double[] weights = WeightsOf(members);
        return new VotingModel(Algorithm, ModelSignature.Of(table), new MemberFits(context, members.Count).FitAll(members, table), weights, Vote);
    }

    private double[] WeightsOf(IReadOnlyList<Member> members)
    {
        if (Weights.Trim().Length == 0)
        {
            return [.. members.Select(_ => 1.0 / members.Count)];
        }

        double[] weights = [.. Weights.Split(',').Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) && weight >= 0 && double.IsFinite(weight)
            ? weight
            : throw new DataException($"Weight '{text.Trim()}' of the vote is no number of at least 0."))];
        return weights.Length == members.Count && weights.Sum() > 0
            ? [.. weights.Select(weight => weight / weights.Sum())]
            : throw new DataException($"The vote has {weights.Length} weights ('{Weights}') for {members.Count} members; give one each, not all 0.");
    }
}
