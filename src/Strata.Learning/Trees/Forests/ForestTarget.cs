using Strata.Learning.Data;

namespace Strata.Learning.Trees.Forests;

/// <summary>
/// What a forest's leaves average: numbers, the indicator of class 1 of two, or the shares of three or more classes. Numbers are put on a grid so fine that it
/// does not show and so coarse that sums of them are exact: the order of rows and threads then cannot change a tree.
/// </summary>
internal sealed class ForestTarget
{
    private readonly double unit = 1, centre;

    /// <param name="target">The table's target.</param>
    /// <param name="totalWeight">An upper bound of the weight that one tree sees.</param>
    public ForestTarget(Target target, double totalWeight)
    {
        if (target is ClassTarget classes)
        {
            Width = classes.Classes.Count == 2 ? 1 : classes.Classes.Count;
            IsClass = true;
            Values = [.. classes.Codes.Select(code => (double)code)];
            return;
        }

        double[] numbers = ((NumberTarget)target).Values;
        double low = numbers.Min(), high = numbers.Max();
        centre = low / 2 + high / 2;
        double reach = Math.Max(high - centre, centre - low);
        if (!double.IsFinite(reach))
        {
            throw new DataException($"Target '{target.Name}' reaches from {low} to {high}; that is too far for sums.");
        }

        int bits = Math.Clamp(50 - Math.ILogB(Math.Max(totalWeight, 1)), 20, 50);
        unit = reach > 0 ? Math.ScaleB(1, Math.Max(Math.ILogB(reach) - bits, -1000)) : 1;
        Width = 1;
        Values = [.. numbers.Select(value => Math.Round((value - centre) / unit))];
    }

    /// <summary>How many values a leaf has.</summary>
    public int Width { get; }

    public bool IsClass { get; }

    /// <summary>Whether the values are 0 and 1 for two classes.</summary>
    public bool IsIndicator => IsClass && Width == 1;

    /// <summary>What a tree keeps of a row beside its weight: weight times number, or the class code where there are three or more classes.</summary>
    public double NodeValue(int row, double weight) => Width == 1 ? weight * Values[row] : Values[row];

    /// <summary>Class codes, or numbers in grid units from the centre [rows].</summary>
    public double[] Values { get; }

    /// <summary>A mean of <see cref="Values"/> in units of the target.</summary>
    public double Mean(double ofValues) => ofValues * unit + centre;

    /// <summary>Squared grid units in squared units of the target.</summary>
    public double SquaredUnit => unit * unit;
}
