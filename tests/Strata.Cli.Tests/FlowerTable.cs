using System.Globalization;
using System.Text;
using Strata.Tensors;

namespace Strata.Cli.Tests;

/// <summary>A small made-up table: flowers of two or three kinds, with numbers, a category, gaps, and a garden that groups them.</summary>
internal static class FlowerTable
{
    public static string Csv(int rows, int kinds = 2, ulong seed = 1)
    {
        var chance = new RandomSource(seed);
        var text = new StringBuilder("garden,petal length,petal width,colour,kind,height\n");
        for (int row = 0; row < rows; row++)
        {
            int kind = chance.NextInt(kinds);
            double length = kind * 1.5 + chance.NextGaussian(), width = kind + 0.7 * chance.NextGaussian();
            string colour = chance.NextInt(10) == 0 ? string.Empty : chance.NextInt(3) == 0 ? "white" : kind == 0 ? "blue" : "red";
            string lengthText = chance.NextInt(12) == 0 ? "NA" : length.ToString("R", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"g{chance.NextInt(rows / 4)},{lengthText},{width:R},{colour},kind {(char)('a' + kind)},{10 + 2 * length + chance.NextGaussian():R}\n");
        }

        return text.ToString();
    }
}
