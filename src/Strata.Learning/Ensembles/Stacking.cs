using Strata.Learning.Data;
using Strata.Learning.Validation;

namespace Strata.Learning.Ensembles;

/// <summary>
/// Stacked generalisation (Wolpert 1992): a meta-learner learns from the members' predictions for rows that they had not seen, fold by fold, and the members are then
/// fitted on all rows. Folds obey groups and times; by time only the later rows have such predictions, and the meta-learner learns from these.
/// </summary>
public sealed record Stacking : StackedRecipe, IRecipe<StackedModel>
{
    public const string AlgorithmName = "stacking";

    public string Algorithm => AlgorithmName;

    [Hyperparameter("In how many parts the rows are split to predict each by members that have not seen it.", Min = 2, Max = 100)]
    public int Folds { get; init; } = 5;

    public StackedModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        table.RequireSomethingToLearn();
        IReadOnlyList<Member> members = MembersFor(table.Target.Task);
        IRecipe meta = MetaFor(table.Target.Task);
        (IReadOnlyList<RowSplit> splits, SplitDescription description) = RowSplits.Folds(table, Folds, context.Seed);
        var fits = new MemberFits(context, members.Count * (splits.Count + 1) + 1);
        var signature = ModelSignature.Of(table);
        (string Name, int[] Rows, Predictions Answer)[] unseen = [.. members.Select(member => Unseen(member, table, splits, fits, context))];
        TrainingTable tested = table.Take(unseen[0].Rows);
        Frame stacked = StackedTable.Of(signature, tested.Features, unseen.Select(one => (one.Name, one.Answer)), PassThrough);
        IModel metaModel = fits.Fit(meta, tested.WithFeatures(stacked));
        return new StackedModel(Algorithm, signature, fits.FitAll(members, table), metaModel, PassThrough, $"The meta-learner learned from predictions of unseen rows: {description.Text}");
    }

    private static (string Name, int[] Rows, Predictions Answer) Unseen(Member member, TrainingTable table, IReadOnlyList<RowSplit> splits, MemberFits fits, FitContext context)
    {
        var outOfFold = new OutOfFoldPredictions(table);
        foreach (RowSplit split in splits)
        {
            IModel model = fits.Fit(member.Recipe, table.Take(split.Train));
            outOfFold.Set(split.Test, model.Predict(table.Features.Take(split.Test), context));
        }

        (int[] rows, Predictions answer) = outOfFold.Collect();
        return (member.Name, rows, answer);
    }
}
