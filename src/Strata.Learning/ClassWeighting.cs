namespace Strata.Learning;

/// <summary>How classes of unequal size count.</summary>
public enum ClassWeighting
{
    /// <summary>Every row counts by its own weight.</summary>
    None,

    /// <summary>Every class counts the same in all: rows are weighted by total weight / (classes times weight of the row's class).</summary>
    Balanced,
}

/// <summary>Row weights under a <see cref="ClassWeighting"/>.</summary>
internal static class ClassWeights
{
    /// <summary>The weight of each row, or null for one each.</summary>
    public static double[]? Of(ClassWeighting weighting, ClassTarget target, double[]? weights) =>
        weighting == ClassWeighting.Balanced ? Balanced(target, weights) : weights;

    private static double[] Balanced(ClassTarget target, double[]? weights)
    {
        var ofClass = new double[target.Classes.Count];
        for (int row = 0; row < target.Count; row++)
        {
            ofClass[target.Codes[row]] += weights?[row] ?? 1;
        }

        double total = ofClass.Sum(), present = ofClass.Count(weight => weight > 0);
        return [.. target.Codes.Select((code, row) => ofClass[code] > 0 ? (weights?[row] ?? 1) * (total / (present * ofClass[code])) : 0)];
    }
}
