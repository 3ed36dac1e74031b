using Strata.Learning.Data;

namespace Strata.Learning.Ensembles;

/// <summary>Makes one model of models that are fitted already. Each goes on as it is: only a meta-learner learns anything.</summary>
public static class FittedEnsemble
{
    /// <summary>Members that answer together.</summary>
    /// <param name="members">Models of the same target.</param>
    /// <param name="weights">How much each counts, in their order; null for the same.</param>
    /// <param name="vote">What they bring together.</param>
    /// <exception cref="DataException">They do not answer one question, or the weights do not fit.</exception>
    public static VotingModel Vote(IReadOnlyList<FittedMember> members, IReadOnlyList<double>? weights = null, VoteKind vote = VoteKind.Soft)
    {
        ModelSignature signature = SignatureOf(members);
        return new VotingModel(Voting.AlgorithmName, signature, members, Voting.Shares(weights, members.Count), vote);
    }

    /// <summary>Members, and a meta-learner that learns what to make of their answers.</summary>
    /// <param name="members">Models of the same target.</param>
    /// <param name="meta">Learns from their answers.</param>
    /// <param name="unseen">Rows that no member has learned from: of others their answers are better than they will be in use.</param>
    /// <param name="context">Seed, threads, cancellation.</param>
    /// <param name="passThrough">Whether the meta-learner sees the original columns too.</param>
    /// <exception cref="DataException">They do not answer one question, or there is nothing to learn from.</exception>
    public static StackedModel Stack(IReadOnlyList<FittedMember> members, IRecipe meta, TrainingTable unseen, FitContext context, bool passThrough = false)
    {
        ArgumentNullException.ThrowIfNull(meta);
        ArgumentNullException.ThrowIfNull(unseen);
        ArgumentNullException.ThrowIfNull(context);
        ModelSignature signature = SignatureOf(members);
        unseen.RequireSomethingToLearn();
        TrainingTable answers = Answers(members, signature, unseen, passThrough, context);
        return Stacked(Stacking.AlgorithmName, signature, members, meta.Fit(answers, context), passThrough, $"The meta-learner learned from {unseen.RowCount} rows that no member had learned from.");
    }

    internal static ModelSignature SignatureOf(IReadOnlyList<FittedMember> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        return JointSignature.Of([.. members.Select(member => (member.Name, member.Model.Signature))]);
    }

    /// <summary>What a meta-learner sees of the rows.</summary>
    internal static TrainingTable Answers(IReadOnlyList<FittedMember> members, ModelSignature signature, TrainingTable rows, bool passThrough, FitContext context)
    {
        Frame conformed = signature.Features.Conform(rows.Features);
        return rows.WithFeatures(StackedTable.Of(signature, conformed, members.Select(member => (member.Name, member.Model.Predict(conformed, context))), passThrough));
    }

    internal static StackedModel Stacked(string algorithm, ModelSignature signature, IReadOnlyList<FittedMember> members, IModel metaModel, bool passThrough, string note) =>
        new(algorithm, signature, members, metaModel, passThrough, note);
}
