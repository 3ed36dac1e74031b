using Strata.Tensors;

namespace Strata.Learning.Trees.Forests;

/// <summary>Which rows a tree sees.</summary>
/// <param name="Fraction">How many rows are drawn, as a share of all; at least one is.</param>
/// <param name="Replacement">Whether a row can be drawn several times.</param>
internal sealed record RowDraw(double Fraction, bool Replacement)
{
    public static RowDraw All { get; } = new(1, false);

    /// <summary>Whether every tree sees every row once.</summary>
    public bool IsAll => !Replacement && Fraction >= 1;

    public static RowDraw OrAll(bool draw, double fraction) => draw ? new RowDraw(fraction, Replacement: true) : All;

    /// <summary>The most that a tree's weight can be.</summary>
    public double MostWeight(double sum, double largest, int rowCount) => Replacement ? sum + rowCount * largest : sum;

    /// <summary>How often each of so many rows is drawn.</summary>
    public int[] Copies(int rowCount, RandomSource random)
    {
        var copies = new int[rowCount];
        int drawn = Math.Clamp((int)Math.Round(Fraction * rowCount), 1, rowCount);
        if (Replacement)
        {
            for (int i = 0; i < drawn; i++)
            {
                copies[random.NextInt(rowCount)]++;
            }

            return copies;
        }

        // Going through the rows, each is drawn by the share of what is still wanted among those left (Knuth's algorithm S).
        for (int row = 0, wanted = drawn; wanted > 0; row++)
        {
            if (random.NextInt(rowCount - row) < wanted)
            {
                copies[row] = 1;
                wanted--;
            }
        }

        return copies;
    }
}
