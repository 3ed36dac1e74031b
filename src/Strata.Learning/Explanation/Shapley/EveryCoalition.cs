using System.Numerics;

namespace Strata.Learning.Explanation.Shapley;

/// <summary>Shapley values by their definition: every coalition with every background row.</summary>
internal sealed class EveryCoalition : IShapleyMethod
{
    private const int MostPlayers = 20;
    private const long MostMixtures = 1L << 22;

    private readonly ShapleyGame game;
    private readonly bool[] known;
    private readonly int[] others;
    private readonly double[] weights;

    public EveryCoalition(ShapleyGame game)
    {
        this.game = game;
        int players = game.Players, subsets = (1 << players) - 2;
        known = new bool[subsets * game.BackgroundCount * players];
        others = new int[subsets * game.BackgroundCount];
        for (int mixture = 0; mixture < others.Length; mixture++)
        {
            int subset = 1 + mixture / game.BackgroundCount;
            others[mixture] = mixture % game.BackgroundCount;
            for (int player = 0; player < players; player++)
            {
                known[mixture * players + player] = (subset >> player & 1) != 0;
            }
        }

        // size! (players - size - 1)! / players!
        weights = new double[players];
        weights[0] = 1.0 / players;
        for (int size = 1; size < players; size++)
        {
            weights[size] = weights[size - 1] * size / (players - size);
        }
    }

    public int Mixtures => others.Length;

    public bool IsExact => true;

    /// <summary>Whether so many evaluations are enough for all of them.</summary>
    public static bool Fits(ShapleyGame game, int evaluations) =>
        game.Players <= MostPlayers && ((1L << game.Players) - 2) * game.BackgroundCount <= Math.Min(evaluations, MostMixtures);

    public MixturePlan Plan(int row) => new(row, known, others);

    public void Solve(MixturePlan plan, ReadOnlySpan<double> scores, Span<double> values, Span<double> errors)
    {
        int players = game.Players, full = (1 << players) - 1;
        var worth = new double[full + 1];
        values.Clear();
        errors.Clear();
        for (int output = 0; output < game.Outputs; output++)
        {
            Array.Clear(worth);
            for (int mixture = 0; mixture < others.Length; mixture++)
            {
                worth[1 + mixture / game.BackgroundCount] += scores[mixture * game.Outputs + output] / game.BackgroundCount;
            }

            worth[0] = game.Bias[output];
            worth[full] = game.Rows[plan.Row * game.Outputs + output];
            for (int subset = 0; subset < full; subset++)
            {
                double weight = weights[BitOperations.PopCount((uint)subset)];
                for (int player = 0; player < players; player++)
                {
                    if ((subset >> player & 1) == 0)
                    {
                        values[output * players + player] += weight * (worth[subset | 1 << player] - worth[subset]);
                    }
                }
            }
        }
    }
}
