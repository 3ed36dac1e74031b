namespace Strata.Learning.Preparation;

/// <summary>Weight, mean and spread of some values, summed as they come (Welford 1962, with weights by West 1979).</summary>
internal struct WeightedMoments
{
    public double Weight { get; private set; }

    public double Mean { get; private set; }

    private double Squares { get; set; }

    public readonly double Variance => Weight > 0 ? Squares / Weight : 0;

    public void Add(double value, double weight)
    {
        if (weight > 0)
        {
            Weight += weight;
            double distance = value - Mean;
            Mean += distance * weight / Weight;
            Squares += weight * distance * (value - Mean);
        }
    }

    /// <summary>The mean, drawn towards that of all values: as if so many of them were among these, or by how sure the mean is beside the spread of all.</summary>
    public readonly double Mixed(WeightedMoments all, double? smoothing)
    {
        double ownPart = smoothing is double count
            ? Part(Weight, count)
            : Part(all.Variance * Weight, Variance);
        return ownPart * Mean + (1 - ownPart) * all.Mean;
    }

    private static double Part(double own, double other) => own + other > 0 ? own / (own + other) : 1;
}
