namespace Strata.Learning;

/// <summary>Which class a row is called, where that is not simply the most probable one.</summary>
/// <param name="Threshold">For two classes: the second is called from this probability of it on; null where costs decide.</param>
/// <param name="Costs">What calling a row of the first index's class by the second's costs, [true class][called class]; null where a threshold decides.</param>
public sealed record DecisionRule(double? Threshold, IReadOnlyList<IReadOnlyList<double>>? Costs = null)
{
    /// <summary>The class called for a row of these probabilities; of equally dear ones the first.</summary>
    public int Call(ReadOnlySpan<double> probabilities)
    {
        if (Threshold is double threshold)
        {
            return probabilities[1] >= threshold ? 1 : 0;
        }

        int best = 0;
        double least = double.PositiveInfinity;
        for (int called = 0; called < probabilities.Length; called++)
        {
            double cost = 0;
            for (int truth = 0; truth < probabilities.Length; truth++)
            {
                cost += probabilities[truth] * Costs![truth][called];
            }

            if (cost < least)
            {
                (best, least) = (called, cost);
            }
        }

        return best;
    }
}
