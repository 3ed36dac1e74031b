using Strata.Learning.Data;

namespace Strata.Learning.Ensembles;

/// <summary>Members learn from one part of the rows, and a meta-learner from their predictions for the rest. Quicker than stacking, but no part learns from all rows.</summary>
public sealed record Blending : StackedRecipe, IRecipe<StackedModel>
{
    public const string AlgorithmName = "blending";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("The part of the rows that the meta-learner learns from; members learn from the others.", Min = 0.01, Max = 0.9, SearchMin = 0.1, SearchMax = 0.5)]
    public double HeldBack { get; init; } = 0.2;

    public StackedModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        table.RequireSomethingToLearn();
        IReadOnlyList<Member> members = MembersFor(table.Target.Task);
        IRecipe meta = MetaFor(table.Target.Task);
        (RowSplit split, SplitDescription description) = RowSplits.HoldOut(table, HeldBack, context.Seed);
        var fits = new MemberFits(context, members.Count + 1);
        var signature = ModelSignature.Of(table);
        IReadOnlyList<FittedMember> fitted = fits.FitAll(members, table.Take(split.Train));
        TrainingTable held = table.Take(split.Test);
        var answers = fitted.Select(member => (member.Name, member.Model.Predict(held.Features, context)));
        IModel metaModel = fits.Fit(meta, held.WithFeatures(StackedTable.Of(signature, held.Features, answers, PassThrough)));
        return new StackedModel(Algorithm, signature, fitted, metaModel, PassThrough, $"The meta-learner learned from the part held back: {description.Text}");
    }
}
