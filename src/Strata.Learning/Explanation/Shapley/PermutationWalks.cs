using Strata.Tensors;

namespace Strata.Learning.Explanation.Shapley;

/// <summary>
/// Players become known one after another, in a random order and then in its reverse, against one background row; what each adds is its value, on average (Castro et al. 2009;
/// Štrumbelj and Kononenko 2014; reversed orders as Mitchell et al. 2022). What the averages lack to the gain is shared by how unsure each is, which is least squares under that constraint.
/// </summary>
internal sealed class PermutationWalks : IShapleyMethod
{
    /// <summary>A walk's mixtures take this many bits squared.</summary>
    public const int MostPlayers = 4000;

    private const int FewestPairs = 2;

    private readonly ShapleyGame game;
    private readonly ulong seed;
    private readonly int pairs;

    public PermutationWalks(ShapleyGame game, int evaluations, ulong seed)
    {
        (this.game, this.seed) = (game, seed);
        pairs = Math.Max(FewestPairs, evaluations / Math.Max(1, 2 * Steps));
    }

    public int Mixtures => 2 * pairs * Steps;

    public bool IsExact => false;

    /// <summary>Mixtures of a walk: at its ends the answers are known.</summary>
    private int Steps => game.Players - 1;

    public MixturePlan Plan(int row)
    {
        int players = game.Players;
        var background = new BackgroundOrder(game.BackgroundCount, Random(row));
        var known = new bool[Mixtures * players];
        var others = new int[Mixtures];
        int at = 0;
        foreach (int[] order in Walks(row))
        {
            int other = at / Steps % 2 == 0 ? background.Next() : others[at - 1];
            for (int step = 0; step < Steps; step++, at++)
            {
                others[at] = other;
                for (int i = 0; i <= step; i++)
                {
                    known[at * players + order[i]] = true;
                }
            }
        }

        return new MixturePlan(row, known, others);
    }

    public void Solve(MixturePlan plan, ReadOnlySpan<double> scores, Span<double> values, Span<double> errors)
    {
        int players = game.Players, outputs = game.Outputs, walk = 0;
        double[] pair = new double[outputs * players], largest = new double[outputs * players];
        values.Clear();
        errors.Clear();
        foreach (int[] order in Walks(plan.Row))
        {
            for (int output = 0; output < outputs; output++)
            {
                int first = walk * Steps;
                double before = game.Background[plan.Others[first] * outputs + output];
                for (int step = 0; step < players; step++)
                {
                    double after = step < Steps ? scores[(first + step) * outputs + output] : game.Rows[plan.Row * outputs + output];
                    pair[output * players + order[step]] += (after - before) / 2;
                    before = after;
                }
            }

            if (++walk % 2 == 0)
            {
                // Mean and sum of squared distances as they come in (Welford 1962).
                for (int i = 0; i < pair.Length; i++)
                {
                    double away = pair[i] - values[i];
                    values[i] += away / (walk / 2);
                    errors[i] += away * (pair[i] - values[i]);
                    largest[i] = Math.Max(largest[i], Math.Abs(pair[i]));
                }

                Array.Clear(pair);
            }
        }

        for (int output = 0; output < outputs; output++)
        {
            Complete(values.Slice(output * players, players), errors.Slice(output * players, players), largest.AsSpan(output * players, players), game.Gain(plan.Row, output));
        }
    }

    /// <summary>Few walks may all tell the same though the background rows that they have not met would not: what lacks is then as unsure as it is large.</summary>
    private void Complete(Span<double> values, Span<double> errors, ReadOnlySpan<double> largest, double gain)
    {
        double lacking = gain, unsure = 0, size = 0, most = 0;
        for (int i = 0; i < values.Length; i++)
        {
            lacking -= values[i];
            unsure += errors[i];
            size += Math.Abs(values[i]);
            most = Math.Max(most, largest[i]);
        }

        for (int i = 0; i < values.Length; i++)
        {
            double share = unsure > 0 ? errors[i] / unsure : size > 0 ? Math.Abs(values[i]) / size : 1.0 / values.Length;
            values[i] += lacking * share;

            // What is rare may not have been met: one more pair is counted that adds as much as any has, or where a player has added nothing, as any player has.
            double unmet = largest[i] > 0 ? largest[i] : most;
            errors[i] = unsure > 0 ? Math.Sqrt((errors[i] + unmet * unmet) / (pairs - 1) / pairs) : Math.Abs(lacking * share);
        }
    }

    private RandomSource Random(int row) => RandomSource.For(seed, FormattableString.Invariant($"walks of row {row}"));

    /// <summary>The orders of a row, each followed by its reverse; the same array is given again.</summary>
    private IEnumerable<int[]> Walks(int row)
    {
        var random = RandomSource.For(seed, FormattableString.Invariant($"orders of row {row}"));
        int[] order = [.. Enumerable.Range(0, game.Players)];
        for (int pair = 0; pair < pairs; pair++)
        {
            random.Shuffle<int>(order);
            yield return order;
            Array.Reverse(order);
            yield return order;
        }
    }
}
