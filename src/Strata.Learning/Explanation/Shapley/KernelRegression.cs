using Strata.Tensors;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Explanation.Shapley;

/// <summary>
/// KernelSHAP: least squares on drawn coalitions, whose sizes come as often as the Shapley kernel weighs them, under the constraint that the values sum to the gain (Lundberg and Lee
/// 2017). A coalition S comes with its complement and one background row. With u = ±1/2 for players in and out of S, half the difference of the two answers is
/// <c>h = uᵀφ + what players do together</c>: the background's own score cancels. Standard errors are of least squares with unequal variances (White 1980).
/// </summary>
internal sealed class KernelRegression : IShapleyMethod
{
    /// <summary>The equations take this many numbers squared.</summary>
    public const int MostPlayers = 2000;

    private const int PairsAPlayer = 2, FewestPairs = 8;

    private readonly ShapleyGame game;
    private readonly ulong seed;
    private readonly int pairs;
    private readonly double[] sizeChance;

    public KernelRegression(ShapleyGame game, int evaluations, ulong seed)
    {
        (this.game, this.seed) = (game, seed);
        int players = game.Players;
        pairs = Math.Max(evaluations / 2, Math.Max(FewestPairs, PairsAPlayer * players));

        // A size's weight is (players - 1) / (size (players - size)), all its coalitions together.
        double[] weights = [.. Enumerable.Range(1, players - 1).Select(size => 1.0 / size / (players - size))];
        double sum = 0, all = weights.Sum();
        sizeChance = [.. weights.Select(weight => (sum += weight) / all)];
    }

    public int Mixtures => 2 * pairs;

    public bool IsExact => false;

    public MixturePlan Plan(int row)
    {
        int players = game.Players;
        var random = RandomSource.For(seed, FormattableString.Invariant($"coalitions of row {row}"));
        var background = new BackgroundOrder(game.BackgroundCount, random);
        var known = new bool[2 * pairs * players];
        var others = new int[2 * pairs];
        int[] order = [.. Enumerable.Range(0, players)];
        for (int pair = 0; pair < pairs; pair++)
        {
            double at = random.NextDouble();
            int size = 1;
            while (size < players - 1 && at >= sizeChance[size - 1])
            {
                size++;
            }

            for (int i = 0; i < players; i++)
            {
                if (i < size)
                {
                    int chosen = i + random.NextInt(players - i);
                    (order[i], order[chosen]) = (order[chosen], order[i]);
                }

                known[(2 * pair + (i < size ? 0 : 1)) * players + order[i]] = true;
            }

            others[2 * pair] = others[2 * pair + 1] = background.Next();
        }

        return new MixturePlan(row, known, others);
    }

    public void Solve(MixturePlan plan, ReadOnlySpan<double> scores, Span<double> values, Span<double> errors)
    {
        int players = game.Players, outputs = game.Outputs;
        double[] centred = Centred(plan);
        Cholesky factor = Factor(centred);

        // By output and pair: what is left when everybody gets the same share of the gain.
        var left = new double[outputs * pairs];
        for (int pair = 0; pair < pairs; pair++)
        {
            double surplus = SizeOf(plan, pair) - players / 2.0;
            for (int output = 0; output < outputs; output++)
            {
                double half = (scores[2 * pair * outputs + output] - scores[(2 * pair + 1) * outputs + output]) / 2;
                left[output * pairs + pair] = half - game.Gain(plan.Row, output, plan.Others[2 * pair]) / players * surplus;
            }
        }

        values.Clear();
        errors.Clear();
        for (int output = 0; output < outputs; output++)
        {
            Span<double> own = values.Slice(output * players, players);
            for (int pair = 0; pair < pairs; pair++)
            {
                VectorKernels.AddScaled(centred.AsSpan(pair * players, players), left[output * pairs + pair], own);
            }

            factor.Solve(own);
            for (int pair = 0; pair < pairs; pair++)
            {
                left[output * pairs + pair] -= VectorKernels.Dot(centred.AsSpan(pair * players, players), own);
            }

            double share = game.Gain(plan.Row, output) / players;
            foreach (ref double value in own)
            {
                value += share;
            }
        }

        AddErrors(centred, factor, left, errors);
    }

    /// <summary>[pairs, players]: ±1/2 less the pair's mean, so that the answer sums to zero.</summary>
    private double[] Centred(MixturePlan plan)
    {
        int players = game.Players;
        var centred = new double[pairs * players];
        for (int pair = 0; pair < pairs; pair++)
        {
            double mean = (double)SizeOf(plan, pair) / players;
            for (int player = 0; player < players; player++)
            {
                centred[pair * players + player] = (plan.Known[2 * pair * players + player] ? 1 : 0) - mean;
            }
        }

        return centred;
    }

    private int SizeOf(MixturePlan plan, int pair) => plan.Known.AsSpan(2 * pair * game.Players, game.Players).Count(true);

    /// <summary>Of the sums of products. The direction of equal shares, in which there is nothing, is filled up: it changes no answer.</summary>
    private Cholesky Factor(double[] centred)
    {
        int players = game.Players;
        for (double ridge = 0; ; ridge = ridge == 0 ? 1e-9 : ridge * 100)
        {
            var products = new SquareMatrix(players);
            for (int pair = 0; pair < pairs; pair++)
            {
                ReadOnlySpan<double> row = centred.AsSpan(pair * players, players);
                for (int i = 0; i < players; i++)
                {
                    VectorKernels.AddScaled(row[..(i + 1)], row[i], products.Row(i, i + 1));
                }
            }

            double scale = (double)pairs / players;
            for (int i = 0; i < players; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    products[i, j] += scale / players + (i == j ? ridge * scale : 0);
                }
            }

            if (Cholesky.TryFactor(products, new ParallelOptions { MaxDegreeOfParallelism = 1 }) is Cholesky factor)
            {
                return factor;
            }
        }
    }

    private void AddErrors(double[] centred, Cholesky factor, double[] left, Span<double> errors)
    {
        int players = game.Players;
        var influence = new double[players];
        for (int pair = 0; pair < pairs; pair++)
        {
            centred.AsSpan(pair * players, players).CopyTo(influence);
            factor.Solve(influence);
            for (int output = 0; output < game.Outputs; output++)
            {
                double residual = left[output * pairs + pair];
                for (int player = 0; player < players; player++)
                {
                    errors[output * players + player] += residual * residual * influence[player] * influence[player];
                }
            }
        }

        double fewer = (double)pairs / Math.Max(1, pairs - players + 1);
        foreach (ref double error in errors)
        {
            error = Math.Sqrt(error * fewer);
        }
    }
}
