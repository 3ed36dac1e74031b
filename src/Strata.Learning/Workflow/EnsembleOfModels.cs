using System.Text.Json.Nodes;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Metrics;
using Strata.Learning.Validation;

namespace Strata.Learning.Workflow;

/// <summary>Combines models that are there already, and judges the ensemble on rows that none of them has learned from.</summary>
public static class EnsembleOfModels
{
    private const int FewestForVote = 10, FewestForMeta = 20, FewRows = 100;

    /// <summary>Half of the unseen rows are learned from, half tested on, where a blending does not say.</summary>
    private const double UsualHeldBack = 0.5;

    /// <summary>
    /// Votes, or fits a meta-learner. By stacking every unseen row is tested by a meta-learner of other rows, and the final one learns from all of them; by blending it learns from one part and is
    /// tested on the rest.
    /// </summary>
    /// <param name="plan">Algorithm voting, stacking or blending with their hyperparameters (members come from <paramref name="members"/>), group, time, weight and seed.</param>
    /// <param name="members">Models of the same target, each by a name.</param>
    /// <param name="table">Rows whose target is known.</param>
    /// <param name="context">Cancellation, progress and clock; its seed and threads give way to the plan's.</param>
    /// <param name="unseen">The 0-based rows of the table that no member has learned from; null for all.</param>
    /// <param name="withImportance">Whether to measure what matters to the ensemble, by predicting the tested rows many times.</param>
    /// <exception cref="DataException">The models do not answer one question, or too few rows are unseen.</exception>
    public static EnsembleOutcome Run(TrainingPlan plan, IReadOnlyList<FittedMember> members, Frame table, FitContext context, IReadOnlySet<int>? unseen = null, bool withImportance = true)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        context = context with { Seed = plan.Seed, Threads = plan.Threads ?? context.Threads };
        ModelSignature signature = FittedEnsemble.SignatureOf(members);
        plan = Completed(plan, signature);
        IRecipe recipe = Algorithms.Named(plan.Algorithm).Recipe(plan.Hyperparameters);
        PlannedTable rows = Unseen(plan, signature, table, unseen, recipe is Voting ? FewestForVote : FewestForMeta);
        long started = context.Clock.GetTimestamp();
        Combined combined = recipe switch
        {
            Voting voting => Voted(voting, members, rows, context),
            Stacking stacking => Stacked(stacking, signature, members, rows, context),
            Blending blending => Blended(blending, signature, members, rows, context),
            _ => throw new DataException($"Models are combined by voting, stacking or blending, not by '{plan.Algorithm}'."),
        };
        TimeSpan fitTime = context.Clock.GetElapsedTime(started);
        return Judged(plan, members, rows, combined, fitTime, context, withImportance);
    }

    private static TrainingPlan Completed(TrainingPlan plan, ModelSignature signature)
    {
        if (plan.Target is string target && target != signature.Target)
        {
            throw new DataException($"The target is '{target}', and the models predict '{signature.Target}'.");
        }

        plan = plan with { Target = signature.Target, Task = signature.Task.IsClassification() ? TargetKind.Classification : TargetKind.Regression };
        return plan.Algorithm == Blending.AlgorithmName && !plan.Hyperparameters.ContainsKey("held_back")
            ? plan with { Hyperparameters = new Dictionary<string, JsonNode?>(plan.Hyperparameters) { ["held_back"] = UsualHeldBack } }
            : plan;
    }

    /// <summary>The rows that no member has learned from, with what splits obey.</summary>
    private static PlannedTable Unseen(TrainingPlan plan, ModelSignature signature, Frame table, IReadOnlySet<int>? unseen, int fewest)
    {
        DataException.ThrowIfAny([.. new[] { signature.Target, plan.Group, plan.Time, plan.Weight }.OfType<string>().Where(name => !table.Contains(name)).Select(name => DataException.NoSuchColumn(name, table.Names).Message)]);
        PlannedTable all = PlannedTable.Like(plan, table, signature);
        double[]? times = plan.Time is string time ? PlannedTable.Numbers(table[time], all.RowNumbers, "time") : null;
        PlannedTable whole = all with { Table = new TrainingTable(all.Table.Features, all.Table.Target, all.Table.Weights, all.Table.Groups, times) };
        int[] kept = [.. Enumerable.Range(0, whole.Table.RowCount).Where(row => unseen is null || unseen.Contains(whole.RowNumbers[row]))];
        if (kept.Length < fewest)
        {
            throw new DataException(
                $"Of {whole.Table.RowCount} rows with a '{signature.Target}' only {kept.Length} are ones that no model has learned from; {plan.Algorithm} needs at least {fewest}. "
                + "Name rows that are new to all of them, or train them anew with the same seed and test_size, so that they hold the same rows back.");
        }

        string[] notes =
        [
            .. whole.Notes,
            .. kept.Length < whole.Table.RowCount ? [$"{whole.Table.RowCount - kept.Length} of {whole.Table.RowCount} rows were left out, because a model has learned from them."] : Array.Empty<string>(),
            .. kept.Length < FewRows ? [$"Only {kept.Length} rows are new to all models, so that the figures are rough."] : Array.Empty<string>(),
        ];
        return whole.Take(kept) with { Notes = notes };
    }

    private static Combined Voted(Voting voting, IReadOnlyList<FittedMember> members, PlannedTable rows, FitContext context)
    {
        VotingModel model = FittedEnsemble.Vote(members, voting.WeightList, voting.Vote);
        return new Combined(model, rows, model.Predict(rows.Table.Features, context), 0, $"Nothing was learned: all {rows.Table.RowCount} rows that no model has learned from test the vote.");
    }

    private static Combined Stacked(Stacking stacking, ModelSignature signature, IReadOnlyList<FittedMember> members, PlannedTable rows, FitContext context)
    {
        IRecipe meta = stacking.MetaFor(signature.Task);
        TrainingTable answers = FittedEnsemble.Answers(members, signature, rows.Table, stacking.PassThrough, context);
        (IReadOnlyList<RowSplit> splits, SplitDescription description) = RowSplits.Folds(answers, stacking.Folds, context.Seed);
        var fits = new MemberFits(context, splits.Count + 1);
        var outOfFold = new OutOfFoldPredictions(answers);
        foreach (RowSplit split in splits)
        {
            outOfFold.Set(split.Test, fits.Fit(meta, answers.Take(split.Train)).Predict(answers.Features.Take(split.Test), context));
        }

        (int[] tested, Predictions predictions) = outOfFold.Collect();
        string told = $"The meta-learner learned from {answers.RowCount} rows that no model has learned from; they were tested by others like it that had not seen them. {description.Text}";
        StackedModel model = FittedEnsemble.Stacked(stacking.Algorithm, signature, members, fits.Fit(meta, answers), stacking.PassThrough, told);
        return new Combined(model, rows.Take(tested), predictions, answers.RowCount, told);
    }

    private static Combined Blended(Blending blending, ModelSignature signature, IReadOnlyList<FittedMember> members, PlannedTable rows, FitContext context)
    {
        IRecipe meta = blending.MetaFor(signature.Task);
        (RowSplit split, SplitDescription description) = RowSplits.HoldOut(rows.Table, 1 - blending.HeldBack, context.Seed);
        PlannedTable learned = rows.Take(split.Train), test = rows.Take(split.Test);
        IModel metaModel = new MemberFits(context, 1).Fit(meta, FittedEnsemble.Answers(members, signature, learned.Table, blending.PassThrough, context));
        string told = $"The meta-learner learned from {learned.Table.RowCount} rows that no model has learned from, and was tested on the others. {description.Text}";
        StackedModel model = FittedEnsemble.Stacked(blending.Algorithm, signature, members, metaModel, blending.PassThrough, told);
        return new Combined(model, test, model.Predict(test.Table.Features, context), learned.Table.RowCount, told);
    }

    private static EnsembleOutcome Judged(TrainingPlan plan, IReadOnlyList<FittedMember> members, PlannedTable rows, Combined combined, TimeSpan fitTime, FitContext context, bool withImportance)
    {
        (IModel model, PlannedTable test, Predictions predictions, int learned, string split) = combined;
        string[] notes = [$"Combines {string.Join(", ", members.Select(member => member.Name))}, each as it was trained.", .. rows.Notes, .. model.Notes.Where(note => note != split)];
        TrainingOutcome outcome = new JudgedModel(plan, model, test, predictions, learned, split, notes, fitTime).Outcome(context, withImportance);
        Metric metric = Metric.DefaultFor(test.Table.Target.Task);
        double[]? weights = (model as VotingModel)?.Weights;
        return new EnsembleOutcome(outcome, metric.Name, [.. members.Select((member, place) => Alone(member, weights?[place], test, predictions, metric, context))]);
    }

    private static MemberScore Alone(FittedMember member, double? weight, PlannedTable test, Predictions ensemble, Metric metric, FitContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        Predictions alone = member.Model.Predict(test.Table.Features, context);
        return new MemberScore(member.Name, weight, test.Judge(alone, member.Model).Metrics, JudgedModel.Against(alone, ensemble, metric, test.Table));
    }

    /// <summary>An ensemble and the rows that test it.</summary>
    private sealed record Combined(IModel Model, PlannedTable Test, Predictions Predictions, int LearnedRows, string Split);
}
