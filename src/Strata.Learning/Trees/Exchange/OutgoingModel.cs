using Strata.Learning.Data;
using Strata.Learning.Preparation;

namespace Strata.Learning.Trees.Exchange;

/// <summary>A model of trees on its way into another program's file: one value a leaf, the trees in rounds of one an output.</summary>
internal sealed class OutgoingModel
{
    private static readonly HashSet<string> KeepValues = new(["drop_columns", "select_columns", "drop_text"], StringComparer.Ordinal);

    private OutgoingModel(ITreeModel learner, BoostingObjective objective, ScoreLink link) =>
        (Trees, Signature, Objective, Link, Rounds) = (learner.Trees, learner.Signature, objective, link, RoundsOf(learner.Trees));

    public TreeEnsemble Trees { get; }

    /// <summary>In the columns that the trees see.</summary>
    public ModelSignature Signature { get; }

    public BoostingObjective Objective { get; }

    public ScoreLink Link { get; }

    /// <summary>Whether the outputs are mean probabilities, which no link follows.</summary>
    public bool IsShares => Signature.Task.IsClassification() && Link == ScoreLink.Identity;

    public int OutputCount => Trees.OutputCount;

    /// <summary>For each round and output the tree and which of its leaf values; null where an output has fewer trees than another [rounds][outputs].</summary>
    public IReadOnlyList<TreePart?[]> Rounds { get; }

    /// <summary>Columns in which zero counts as missing.</summary>
    public HashSet<int> ZeroIsMissing { get; } = [];

    public List<string> Notes { get; } = [];

    /// <exception cref="DataException">The model cannot be expressed; every reason at once.</exception>
    public static OutgoingModel Of(IModel model, TreeModelFormat format, bool withoutPreparation)
    {
        IModel learner = model is PipelineModel pipeline ? pipeline.Learner : model;
        OutgoingModel? outgoing = learner switch
        {
            GradientBoostingModel boosting => new OutgoingModel(boosting, boosting.Objective, boosting.Link),
            AveragingModel averaging => new OutgoingModel(averaging, BoostingObjective.SquaredError, ScoreLink.Identity),
            _ => null,
        };
        List<string> problems = outgoing is null ? [$"A '{model.Algorithm}' model is no sum of trees: {format.Title()} files hold boosted trees, forests and single trees."] : [];
        if (format == TreeModelFormat.Xgboost && outgoing is { IsShares: true, OutputCount: > 1 })
        {
            problems.Add("XGBoost's objectives for several classes apply a softmax, while a forest's votes are averaged probabilities. Export to lightgbm, which can leave them as they are.");
        }

        outgoing?.TakePreparation(model as PipelineModel, format, withoutPreparation, problems);
        DataException.ThrowIfAny(problems);
        outgoing!.NoteColumns();
        return outgoing;
    }

    private void TakePreparation(PipelineModel? pipeline, TreeModelFormat format, bool withoutPreparation, List<string> problems)
    {
        IFittedStep[] changing = [.. (pipeline?.Steps ?? []).Where(step => !KeepValues.Contains(step.Name))];
        if (format == TreeModelFormat.Lightgbm && changing is [ColumnwiseStep<MarkMissingRule> zeros] && zeros.Rules.All(rule => rule.Least is null || (rule.Least == -LightgbmTree.Zero && rule.Most == LightgbmTree.Zero)))
        {
            string[] names = [.. Signature.Features.Names];
            ZeroIsMissing.UnionWith(zeros.Rules.Where(rule => rule.Least is not null).Select(rule => Array.IndexOf(names, rule.Column)));
        }
        else if (changing.Length > 0)
        {
            string steps = string.Join(", ", changing.Select(step => step.Name));
            string prepared = $"{Signature.Features.Columns.Count} prepared columns ({NearNames.List([.. Signature.Features.Names], 8)})";
            if (withoutPreparation)
            {
                Notes.Add($"The preparation ({steps}) is not in the file: it expects {prepared}, not the table's own.");
            }
            else
            {
                problems.Add($"The model prepares its columns first ({steps}), which a {format.Title()} file cannot hold. With --without-preparation the trees alone are exported; they expect {prepared}.");
            }
        }
    }

    private void NoteColumns()
    {
        string[] dates = [.. Signature.Features.Columns.Where(column => column.Type == ColumnType.Date).Select(column => column.Name)];
        if (dates.Length > 0)
        {
            Notes.Add($"Dates are expected as seconds since 1970: {NearNames.List(dates, 12)}.");
        }

        if (IsShares)
        {
            Notes.Add(OutputCount == 1 ? $"The prediction is the probability of '{Signature.Classes[1]}'." : $"The predictions are the probabilities of {NearNames.List(Signature.Classes, 12)}, without an objective of their own.");
        }

        SchemaColumn[] categories = [.. Signature.Features.Columns.Where(column => column.Levels is not null)];
        if (categories.Length > 0)
        {
            Notes.Add($"Categories are expected as codes in the order of their levels, unknown ones as missing: {NearNames.List([.. categories.Select(column => column.Name)], 12)}.");
        }
    }

    private static List<TreePart?[]> RoundsOf(TreeEnsemble trees)
    {
        var ofOutput = new List<TreePart>[trees.OutputCount];
        for (int output = 0; output < ofOutput.Length; output++)
        {
            ofOutput[output] = [];
        }

        for (int tree = 0; tree < trees.TreeCount; tree++)
        {
            for (int k = 0; k < trees.ValueWidth; k++)
            {
                ofOutput[trees.TreeOutput[tree] + k].Add(new TreePart(tree, k));
            }
        }

        // One round at the least, for a base score may have to go into its leaves.
        int rounds = Math.Max(1, ofOutput.Max(parts => parts.Count));
        return [.. Enumerable.Range(0, rounds).Select(round => ofOutput.Select(parts => round < parts.Count ? parts[round] : null).ToArray())];
    }
}

/// <summary>One tree with one of the values of its leaves.</summary>
internal sealed record TreePart(int Tree, int Value);
