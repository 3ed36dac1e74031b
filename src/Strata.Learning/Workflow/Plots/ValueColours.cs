namespace Strata.Learning.Workflow.Plots;

/// <summary>The colour of a value among others of its column, from blue for the lowest to orange for the highest.</summary>
internal static class ValueColours
{
    private const int Count = 5;

    /// <summary>What stands for a value that is missing or cannot be ordered.</summary>
    public const string None = "none";

    /// <summary>The colour of each row's value: levels of a category have an order only where there are two.</summary>
    public static string[] Of(ColumnReasons column) => column.Levels is { Count: > 2 }
        ? [.. column.Values.Select(_ => None)]
        : [.. column.Ranks().Select(Of)];

    /// <summary>A stripe from low to high with its words, its middle at a place.</summary>
    public static void Legend(SvgPicture picture, double x, double y, string low, string high)
    {
        const int cell = 18;
        for (int i = 0; i < Count; i++)
        {
            picture.Rectangle(x + (i - Count / 2.0) * cell, y - 8, cell, 8, $"mark v{i}");
        }

        picture.Text(x - Count * cell / 2.0 - 6, y, low, "soft", "end");
        picture.Text(x + Count * cell / 2.0 + 6, y, high, "soft", "start");
    }

    private static string Of(double rank) => double.IsNaN(rank) ? None : $"v{Math.Min(Count - 1, (int)(rank * Count))}";
}
