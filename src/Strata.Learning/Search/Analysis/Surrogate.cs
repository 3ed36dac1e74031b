using Strata.Learning.Data;
using Strata.Learning.Trees;

namespace Strata.Learning.Search.Analysis;

/// <summary>A random forest of the objective over the whole space, its trees as boxes that fill it.</summary>
internal sealed class Surrogate
{
    private const int LeastTrials = 4;

    private readonly List<Leaf[]> trees = [];

    private Surrogate()
    {
    }

    /// <summary>The boxes of each tree.</summary>
    public IReadOnlyList<Leaf[]> Trees => trees;

    /// <summary>Null where completed trials are too few, or all of one value.</summary>
    public static Surrogate? Of(SearchSpace space, IReadOnlyList<Trial> trials, ulong seed, FitContext context)
    {
        Trial[] completed = [.. trials.Where(trial => trial.Status == TrialStatus.Completed)];
        if (completed.Length < LeastTrials || completed.Select(trial => trial.Value).Distinct().Count() < 2)
        {
            return null;
        }

        var features = new Frame(Enumerable.Range(0, space.Count).Select(i => ColumnOf(space.Parameters[i], i, completed)));
        var table = new TrainingTable(features, new NumberTarget("value", [.. completed.Select(trial => trial.Value)]));
        TreeEnsemble forest = new RandomForest { Trees = 64, MaxFeatures = 1 }.Fit(table, context with { Seed = seed }).Trees;
        var surrogate = new Surrogate();
        for (int tree = 0; tree < forest.TreeCount; tree++)
        {
            var leaves = new List<Leaf>();
            Collect(forest, forest.TreeStart[tree], [.. space.Parameters.Select(Side.Whole)], leaves);
            surrogate.trees.Add([.. leaves]);
        }

        return surrogate;
    }

    /// <summary>Numbers by their places in [0, 1], choices as categories; a parameter that does not count lies in the middle.</summary>
    private static Column ColumnOf(Parameter parameter, int i, Trial[] trials)
    {
        double[] values = [.. trials.Select(trial => double.IsNaN(trial.Point[i]) ? parameter.Decode(0.5) : trial.Point[i])];
        return parameter is ChoiceParameter choice
            ? new CategoryColumn($"p{i}", [.. values.Select(value => (int)value)], choice.Choices)
            : new Float64Column($"p{i}", [.. values.Select(parameter.Encode)]);
    }

    private static void Collect(TreeEnsemble forest, int node, Side[] box, List<Leaf> leaves)
    {
        if (forest.IsLeaf(node))
        {
            // A tree of a forest of n adds 1 / n of its value.
            leaves.Add(new Leaf((Side[])box.Clone(), forest.Value[node * forest.ValueWidth] * forest.TreeCount + forest.BaseScores[0]));
            return;
        }

        int feature = forest.Feature[node];
        Side side = box[feature];
        (Side left, Side right) = side.Codes is null ? side.Cut(forest.Threshold[node]) : side.Part(code => forest.GoesLeft(node, code));
        foreach ((Side part, int child) in new[] { (left, forest.Left[node]), (right, forest.Right[node]) })
        {
            box[feature] = part;
            Collect(forest, child, box, leaves);
        }

        box[feature] = side;
    }

    /// <summary>The extent of a box in one parameter: an interval of the unit interval, or some codes of a choice.</summary>
    public sealed record Side(double Low, double High, int[]? Codes, double Width)
    {
        public static Side Whole(Parameter parameter) => parameter is ChoiceParameter choice
            ? new Side(0, choice.Choices.Count, [.. Enumerable.Range(0, choice.Choices.Count)], 1)
            : new Side(0, 1, null, 1);

        /// <summary>Whether it holds a place, or a choice's code.</summary>
        public bool Contains(double place) => Codes is null ? place >= Low && place < High : Array.IndexOf(Codes, (int)place) >= 0;

        public (Side Left, Side Right) Cut(double threshold)
        {
            double cut = Math.Clamp(threshold, Low, High);
            return (new Side(Low, cut, null, cut - Low), new Side(cut, High, null, High - cut));
        }

        public (Side Left, Side Right) Part(Func<int, bool> isLeft) => (Of([.. Codes!.Where(isLeft)]), Of([.. Codes!.Where(code => !isLeft(code))]));

        /// <summary>High is the number of all codes.</summary>
        private Side Of(int[] codes) => new(Low, High, codes, codes.Length / High);
    }

    /// <summary>A box of the space in which a tree predicts one value.</summary>
    public sealed record Leaf(Side[] Sides, double Value)
    {
        public double Volume { get; } = Sides.Aggregate(1.0, (product, side) => product * side.Width);
    }
}
