using Strata.Tensors;

namespace Strata.Learning.Trees.Boosting;

/// <summary>
/// DART (Vinayak and Gilad-Bachrach 2015): each round learns without some of the rounds before it, and then it and they share the place. What is left out depends on the
/// seed, the round and the scales alone.
/// </summary>
internal sealed class TreeDropout(GradientBoosting recipe, ulong seed)
{
    private readonly List<double> scales = [];

    /// <summary>What each round's trees are multiplied by, so far.</summary>
    public IReadOnlyList<double> Scales => scales;

    /// <summary>The rounds to leave out of this one.</summary>
    public int[] Draw(int round)
    {
        var random = RandomSource.For(seed, $"rounds left out of round {round}");
        if (recipe.DropRate == 0 || round == 0 || random.NextDouble() < recipe.SkipDrop)
        {
            return [];
        }

        double rate = recipe.MaxDrop > 0 ? Math.Min(recipe.DropRate, recipe.MaxDrop / (double)round) : recipe.DropRate;
        double perScale = recipe.UniformDrop ? 0 : rate * scales.Count / scales.Sum();
        var dropped = new List<int>();
        for (int earlier = 0; earlier < round && (recipe.MaxDrop == 0 || dropped.Count < recipe.MaxDrop); earlier++)
        {
            if (random.NextDouble() < (recipe.UniformDrop ? rate : perScale * scales[earlier]))
            {
                dropped.Add(earlier);
            }
        }

        return [.. dropped];
    }

    /// <summary>The scale of a round that learned without so many others.</summary>
    public double NewScale(int dropped) => dropped == 0 ? 1 : 1 / (dropped + Own);

    /// <summary>Enters a round that learned without the given ones, and shrinks those.</summary>
    public void Enter(int[] dropped)
    {
        scales.Add(NewScale(dropped.Length));
        foreach (int round in dropped)
        {
            scales[round] *= dropped.Length / (dropped.Length + Own);
        }
    }

    /// <summary>What the new round counts for beside the dropped ones.</summary>
    private double Own => recipe.DropNormalization == DropNormalization.Equal ? 1 : recipe.LearningRate;
}
