using Strata.Learning.Data;

namespace Strata.Learning.Ensembles;

/// <summary>
/// Members learn from sets of blocks of columns, and the mean of their answers is given. How much each counts is learned from answers about rows that it had not seen, fold by fold, for every
/// combination of blocks that a row may have: a row where a block is missing is answered by the members that do not need it.
/// </summary>
public sealed record BlockEnsemble : EnsembleRecipe, IRecipe<BlockModel>
{
    public const string AlgorithmName = "blocks";

    private const int MostBlocks = 8, MostBlocksOfEverySet = 5;

    /// <summary>With fewer rows that have some blocks nothing can be learned about who answers best there.</summary>
    private const int LeastRows = 10;

    public string Algorithm => AlgorithmName;

    [Hyperparameter("How the columns of each block begin, with commas between: mrna:,mirna:. Empty takes what stands before the first colon of a column's name; columns without are one more block.")]
    public string Blocks { get; init; } = string.Empty;

    [Hyperparameter("Which sets of blocks have models of their own: each block, each_and_all, every set, or only all columns together.")]
    public BlockSets Sets { get; init; } = BlockSets.EachAndAll;

    [Hyperparameter("In how many parts the rows are split to learn from each how much a member counts that has not seen it.", Min = 2, Max = 100)]
    public int Folds { get; init; } = 5;

    [Hyperparameter("How far the members' weights are drawn towards equal ones: 0 takes them as learned, 1 learns none.", Min = 0, Max = 1, SearchMin = 0, SearchMax = 1)]
    public double Evenness { get; init; } = 0.5;

    public BlockModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        table.RequireSomethingToLearn();
        IReadOnlyList<Member> recipes = MembersFor(table.Target.Task);
        IReadOnlyList<ColumnBlock> blocks = BlocksOf(table);
        int[] present = ColumnBlock.PresentIn(table.Features, blocks);
        BlockMember[] members = [.. BlockSetMasks.Of(Sets, blocks.Count).SelectMany(set => recipes.Select(recipe => new BlockMember(NameOf(recipe, set, blocks), set, recipe.Recipe)))];
        TrainingTable[] tables = [.. members.Select(member => TableOf(member, table, blocks))];
        bool learns = Evenness < 1 && members.Length > 1;
        (IReadOnlyList<RowSplit> splits, SplitDescription? description) = learns ? RowSplits.Folds(table, Folds, context.Seed) : ([], null);
        var fits = new MemberFits(context, members.Length * (splits.Count + 1));
        double[][] unseen = learns ? [.. members.Zip(tables, (member, rows) => UnseenAnswers(member, rows, present, splits, fits, context))] : [];
        double[][] weights = [.. Enumerable.Range(1, (1 << blocks.Count) - 1).Select(pattern => WeightsFor(pattern, members, table, present, unseen))];
        FittedMember[] fitted = [.. members.Zip(tables, (member, rows) => new FittedMember(member.Name, fits.Fit(member.Recipe, Having(rows, member.Set, present))))];
        return new BlockModel(ModelSignature.Of(table), blocks, fitted, [.. members.Select(member => member.Set)], weights, description is null ? [] : [$"How much each block counts was learned from predictions of unseen rows: {description.Text}"]);
    }

    private IReadOnlyList<ColumnBlock> BlocksOf(TrainingTable table)
    {
        IReadOnlyList<ColumnBlock> blocks = ColumnBlock.Of(table.Features.Names, Blocks);
        int most = Sets == BlockSets.Every ? MostBlocksOfEverySet : MostBlocks;
        return blocks.Count <= most ? blocks
            : throw new DataException($"There are {blocks.Count} blocks ({NearNames.List([.. blocks.Select(block => block.Name)], 8)}); at most {most} {(Sets == BlockSets.Every ? "have models of every set of them" : "are told apart")}. Name the prefixes of fewer.");
    }

    private static string NameOf(Member recipe, int set, IReadOnlyList<ColumnBlock> blocks) =>
        blocks.Count == 1 ? recipe.Name : $"{(set == (1 << blocks.Count) - 1 ? "all" : string.Join(" and ", blocks.Where((_, block) => (set >> block & 1) == 1).Select(block => block.Name)))}: {recipe.Name}";

    private static TrainingTable TableOf(BlockMember member, TrainingTable table, IReadOnlyList<ColumnBlock> blocks) =>
        blocks.Count == 1 ? table : table.WithFeatures(table.Features.Select(blocks.Where((_, block) => (member.Set >> block & 1) == 1).SelectMany(block => block.Columns)));

    /// <summary>The rows that have all blocks of a set; all rows where none has, for members to say what they make of that.</summary>
    private static TrainingTable Having(TrainingTable rows, int set, int[] present)
    {
        int[] having = [.. Enumerable.Range(0, present.Length).Where(row => (present[row] & set) == set)];
        return having.Length == present.Length || having.Length == 0 ? rows : rows.Take(having);
    }

    /// <summary>For each row what a member that had not seen it answers: the probability of its true class, or the number. NaN where the row was not tested or a block is missing.</summary>
    private static double[] UnseenAnswers(BlockMember member, TrainingTable rows, int[] present, IReadOnlyList<RowSplit> splits, MemberFits fits, FitContext context)
    {
        double[] answers = [.. Enumerable.Repeat(double.NaN, rows.RowCount)];
        int[] codes = (rows.Target as ClassTarget)?.Codes ?? [];
        foreach (RowSplit split in splits)
        {
            IModel model = fits.Fit(member.Recipe, Having(rows.Take(split.Train), member.Set, [.. split.Train.Select(row => present[row])]));
            int[] tested = [.. split.Test.Where(row => (present[row] & member.Set) == member.Set)];
            Predictions predictions = model.Predict(rows.Features.Take(tested), context);
            for (int i = 0; i < tested.Length; i++)
            {
                answers[tested[i]] = codes.Length > 0 ? predictions.Probability(i, codes[tested[i]]) : predictions.Values[i];
            }
        }

        return answers;
    }

    /// <summary>What each member counts for rows that have the blocks of a pattern: 0 for those that need another one.</summary>
    private double[] WeightsFor(int pattern, BlockMember[] members, TrainingTable table, int[] present, double[][] unseen)
    {
        int[] able = [.. Enumerable.Range(0, members.Length).Where(member => (members[member].Set & pattern) == members[member].Set)];

        // Where only all columns together have models, these answer with what they make of gaps.
        able = able.Length > 0 ? able : [.. Enumerable.Range(0, members.Length)];
        double[] weights = new double[members.Length], shares = PoolWeights.Equal(able.Length);
        int[] rows = [.. Enumerable.Range(0, table.RowCount).Where(row => unseen.Length > 0 && (present[row] & pattern) == pattern && able.All(member => !double.IsNaN(unseen[member][row])))];
        double[] rowWeights = [.. rows.Select(row => table.Weights?[row] ?? 1)];
        if (rows.Length >= LeastRows && rowWeights.Sum() is > 0 and < double.PositiveInfinity && able.Length > 1)
        {
            double[][] answers = [.. able.Select(member => Array.ConvertAll(rows, row => unseen[member][row]))];
            double[] learned = table.Target is NumberTarget numbers ? PoolWeights.OfNumbers(answers, Array.ConvertAll(rows, row => numbers.Values[row]), rowWeights) : PoolWeights.OfClasses(answers, rowWeights);
            shares = [.. learned.Zip(shares, (own, equal) => (1 - Evenness) * own + Evenness * equal)];
        }

        foreach ((int member, double share) in able.Zip(shares))
        {
            weights[member] = share;
        }

        return weights;
    }

    /// <summary>A recipe for the columns of a set of blocks.</summary>
    /// <param name="Name">Of the set and the recipe.</param>
    /// <param name="Set">The blocks as bits.</param>
    /// <param name="Recipe">Learns from their columns.</param>
    private sealed record BlockMember(string Name, int Set, IRecipe Recipe);
}
