using System.Globalization;
using System.Text;
using Strata.Tensors;

namespace Strata.Server.Tests.Surfaces;

/// <summary>A small table whose classes can be told from how a few readings go on, and from a column beside them.</summary>
internal static class SeriesTable
{
    public const int Steps = 6;

    public static string Csv(int rowCount = 60, ulong seed = 5)
    {
        var random = new RandomSource(seed);
        var text = new StringBuilder("slope,");
        text.AppendJoin(',', Enumerable.Range(0, Steps).Select(step => $"rain_{step}")).Append(",site,fall\n");
        for (int row = 0; row < rowCount; row++)
        {
            bool falls = row % 2 == 0;
            text.Append(CultureInfo.InvariantCulture, $"{30 + random.NextGaussian():R}");
            for (int step = 0; step < Steps; step++)
            {
                text.Append(CultureInfo.InvariantCulture, $",{(falls ? step : Steps - step) + random.NextGaussian() * 0.3:R}");
            }

            text.Append(CultureInfo.InvariantCulture, $",site {row % 6},{(falls ? "yes" : "no")}\n");
        }

        return text.ToString();
    }
}
