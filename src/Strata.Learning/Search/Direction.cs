namespace Strata.Learning.Search;

/// <summary>Which values of the objective are good ones.</summary>
public enum Direction
{
    /// <summary>The smaller the better.</summary>
    Minimize,

    /// <summary>The larger the better.</summary>
    Maximize,
}

internal static class Directions
{
    public static bool IsBetter(this Direction direction, double value, double than) => direction == Direction.Minimize ? value < than : value > than;

    /// <summary>The value as a cost: smaller is better whatever the direction.</summary>
    public static double Cost(this Direction direction, double value) => direction == Direction.Minimize ? value : -value;
}
