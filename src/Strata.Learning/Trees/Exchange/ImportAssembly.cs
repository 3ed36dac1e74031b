using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Preparation;

namespace Strata.Learning.Trees.Exchange;

/// <summary>Makes a model of what was read: names and levels for the columns, classes for the outputs, one ensemble of the trees.</summary>
internal sealed class ImportAssembly
{
    /// <summary>Rounding of float leaves may bring a sum of shares beyond its bounds by this much.</summary>
    private const double ShareTolerance = 1e-4;

    /// <summary>Bounds what sets of categories may take: 256 MB.</summary>
    private const long MostSetWords = 1L << 25;

    private readonly ForeignModel model;
    private readonly ImportOptions options;
    private readonly List<string> notes;
    private readonly IReadOnlyList<ForeignTree> trees;

    private ImportAssembly(ForeignModel model, ImportOptions options)
    {
        (this.model, this.options, notes) = (model, options, [.. model.Notes]);
        trees = Rounds();
    }

    /// <exception cref="ModelFileException">The trees are not sound, or their outputs are of no known meaning.</exception>
    /// <exception cref="DataException">The options do not suit the file.</exception>
    public static ImportedModel Of(ForeignModel model, ImportOptions options)
    {
        var assembly = new ImportAssembly(model, options);
        return new ImportedModel(assembly.Prepared(), model.Format, model.Origin, assembly.notes);
    }

    private IModel Prepared()
    {
        ITreeModel learner = Model();
        if (model.ZeroIsMissing.Count == 0)
        {
            return learner;
        }

        string[] columns = [.. model.ZeroIsMissing.Select(feature => model.Features[feature])];
        notes.Add($"Zero counts as missing in {columns.Length} column{(columns.Length == 1 ? string.Empty : "s")} (LightGBM's zero_as_missing): {NearNames.List(columns, 12)}.");
        IFittedStep step = new MarkMissing(columns) { Least = -LightgbmTree.Zero, Most = LightgbmTree.Zero }.Fitted(learner.Signature.Features.Names);
        return new PipelineModel(learner.Signature, [step], learner);
    }

    private ITreeModel Model()
    {
        if (trees.FirstOrDefault(tree => Enumerable.Range(0, tree.NodeCount).Any(node => !double.IsFinite(tree.Value[node] * model.Scale) && tree.IsLeaf(node))) is { } infinite)
        {
            throw new ModelFileException($"{infinite.Place} has a leaf whose value is not finite.");
        }

        Dictionary<int, CategoryCodes> codes = Codes();
        var features = new Schema([.. model.Features.Select((name, i) => codes.TryGetValue(i, out CategoryCodes? category) ? category.Column : new SchemaColumn(name, ColumnType.Float64))]);
        if (AreShares())
        {
            return new RandomForestModel(Signature(Classes(Math.Max(2, model.OutputCount)), features), Ensemble(codes, valueWidth: model.OutputCount));
        }

        ForeignObjective objective = model.Objective ?? (model.OutputCount == 1
            ? ForeignObjective.Number("custom", BoostingObjective.SquaredError)
            : throw new ModelFileException($"The model has {model.OutputCount} outputs and no objective that says what they mean, and they are no shares of classes: it was trained with an objective of its own, whose link is not in the file."));
        bool isPair = objective.Task == LearningTask.MulticlassClassification && model.OutputCount == 2;
        if (isPair)
        {
            notes.Add("Two classes with a softmax: kept as one score, the difference of the two; the probabilities are the same.");
            objective = ForeignObjective.TwoClasses(objective.Name);
        }

        TreeEnsemble ensemble = isPair ? PairedEnsemble(codes) : Ensemble(codes, valueWidth: 1);
        string[] classes = objective.Task.IsClassification() ? Classes(objective.Task == LearningTask.BinaryClassification ? 2 : model.OutputCount) : NoClasses();
        return new GradientBoostingModel(Signature(classes, features), ensemble, objective.Objective, model.Format.Word(), objective.Link);
    }

    private ModelSignature Signature(string[] classes, Schema features)
    {
        LearningTask task = classes.Length == 0 ? LearningTask.Regression : classes.Length == 2 ? LearningTask.BinaryClassification : LearningTask.MulticlassClassification;
        string[] twice = [.. features.Names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key)];
        return twice.Length == 0
            ? new ModelSignature(task, options.Target, classes, features)
            : throw new ModelFileException($"Two columns of the model are both named {NearNames.List(twice, 5)}.");
    }

    /// <summary>
    /// Whether the outputs are shares of classes rather than scores: there is no link, whatever leaves a row ends in the sums lie in [0, 1], and there are several outputs or the
    /// caller names two classes. Such files come from forests.
    /// </summary>
    private bool AreShares()
    {
        bool isClasses = model.Objective is null ? model.OutputCount > 1 || options.Classes?.Count == 2 : model.Objective.Link == ScoreLink.Identity && options.Classes?.Count == 2;
        if (!isClasses || trees.Count == 0)
        {
            return false;
        }

        double[] least = [.. model.BaseScores], most = [.. model.BaseScores];
        foreach (ForeignTree tree in trees)
        {
            double[] leaves = [.. Enumerable.Range(0, tree.NodeCount).Where(tree.IsLeaf).Select(leaf => tree.Value[leaf] * Factor)];
            least[tree.Output] += leaves.Min();
            most[tree.Output] += leaves.Max();
        }

        return least.Min() >= -ShareTolerance && most.Max() <= 1 + ShareTolerance;
    }

    private string[] NoClasses() => options.Classes is null ? [] : throw new DataException($"The model predicts a number ({model.Origin}), so it has no classes to name.");

    private string[] Classes(int count)
    {
        if (options.Classes is null)
        {
            return [.. Enumerable.Range(0, count).Select(code => code.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        }

        return options.Classes.Count == count && options.Classes.Distinct(StringComparer.Ordinal).Count() == count
            ? [.. options.Classes]
            : throw new DataException($"The model has {count} classes, but these names were given: {string.Join(", ", options.Classes)}. Expected {count} different names, in the order of the codes 0, 1, ...");
    }

    private IReadOnlyList<ForeignTree> Rounds()
    {
        int count = model.Trees.Count / model.TreesPerRound;
        if (options.Rounds is not int wanted)
        {
            return model.Trees;
        }

        return wanted >= 1 && wanted <= count
            ? [.. model.Trees.Take(wanted * model.TreesPerRound)]
            : throw new DataException($"The model has {count} rounds; {wanted} cannot be taken from it.");
    }

    private double Factor => model.Scale / (model.IsAveraged ? Math.Max(1, trees.Count / model.TreesPerRound) : 1);

    private TreeEnsemble Ensemble(Dictionary<int, CategoryCodes> codes, int valueWidth)
    {
        var builder = new TreeEnsembleBuilder(model.Features.Count, [.. model.BaseScores.Select(score => score * model.Scale)], valueWidth);
        var graft = new TreeGraft(builder, codes, valueWidth);
        foreach (ForeignTree tree in trees)
        {
            graft.Add(tree, Factor, valueWidth == 1 ? 0 : tree.Output, valueWidth == 1 ? tree.Output : 0);
        }

        return builder.Build();
    }

    /// <summary>The score of class 1 less that of class 0.</summary>
    private TreeEnsemble PairedEnsemble(Dictionary<int, CategoryCodes> codes)
    {
        var builder = new TreeEnsembleBuilder(model.Features.Count, [(model.BaseScores[1] - model.BaseScores[0]) * model.Scale]);
        var graft = new TreeGraft(builder, codes, 1);
        foreach (ForeignTree tree in trees)
        {
            graft.Add(tree, tree.Output == 1 ? Factor : -Factor, 0, 0);
        }

        return builder.Build();
    }

    private Dictionary<int, CategoryCodes> Codes()
    {
        var used = new Dictionary<int, HashSet<int>>();
        var unseenDiffers = new HashSet<int>();
        var numbers = new HashSet<int>();
        foreach (ForeignTree tree in trees)
        {
            foreach (int node in TreeGraft.Order(tree).Where(node => !tree.IsLeaf(node)))
            {
                int feature = tree.Feature[node];
                if (feature < 0 || feature >= model.Features.Count)
                {
                    throw new ModelFileException($"{tree.Place}: node {node} splits column {feature}, but the model has {model.Features.Count} (counted from 0).");
                }

                if (tree.LeftCodes[node] is not int[] left)
                {
                    numbers.Add(feature);
                    continue;
                }

                (used.TryGetValue(feature, out HashSet<int>? codes) ? codes : used[feature] = []).UnionWith(left);
                if (tree.MissingLeft[node])
                {
                    unseenDiffers.Add(feature);
                }
            }
        }

        return Codes(used, unseenDiffers, numbers);
    }

    private Dictionary<int, CategoryCodes> Codes(Dictionary<int, HashSet<int>> used, HashSet<int> unseenDiffers, HashSet<int> numbers)
    {
        var result = new Dictionary<int, CategoryCodes>();
        foreach (int feature in model.Categories.Union(used.Keys).Order())
        {
            string name = model.Features[feature];
            HashSet<int> codes = used.GetValueOrDefault(feature) ?? [];
            if (numbers.Contains(feature))
            {
                throw new ModelFileException($"Column '{name}' is split both by categories and by thresholds.");
            }

            result[feature] = (options.Levels.GetValueOrDefault(name) ?? model.Levels.GetValueOrDefault(feature)) is { } levels
                ? CategoryCodes.Named(name, levels, codes)
                : CategoryCodes.Numbered(name, codes.Union(model.KnownCodes.GetValueOrDefault(feature) ?? []), unseenDiffers.Contains(feature));
        }

        string[] strange = [.. options.Levels.Keys.Where(name => !result.Values.Any(category => category.Column.Name == name))];
        if (strange.Length > 0)
        {
            throw new DataException($"Levels were given for {NearNames.List(strange, 5)}, which {(strange.Length == 1 ? "is no category column" : "are no category columns")} of the model; it has {(result.Count == 0 ? "none" : NearNames.List([.. result.Values.Select(category => category.Column.Name)], 12))}.");
        }

        CheckMemory(result);
        return result;
    }

    private void CheckMemory(Dictionary<int, CategoryCodes> codes)
    {
        long words = trees.Sum(tree => Enumerable.Range(0, tree.NodeCount).Where(node => tree.LeftCodes[node] is not null && codes.ContainsKey(tree.Feature[node])).Sum(node => (long)codes[tree.Feature[node]].Levels.Count / 64 + 1));
        if (words > MostSetWords)
        {
            throw new ModelFileException($"The category splits would take {words * 8 >> 20} MB; at most {MostSetWords * 8 >> 20} MB are read.");
        }
    }
}
