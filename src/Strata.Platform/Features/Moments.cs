namespace Strata.Platform.Features;

/// <summary>What several values come to; two of them are joined without looking at the values again.</summary>
/// <param name="Count">Values that are not missing.</param>
/// <param name="Sum">Of these.</param>
/// <param name="Squares">The sum of their squared distances from their mean.</param>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
/// <param name="Last">The place of the latest one; -1 for none.</param>
internal readonly record struct Moments(int Count, double Sum, double Squares, double Min, double Max, int Last)
{
    public static Moments None { get; } = new(0, 0, 0, double.PositiveInfinity, double.NegativeInfinity, -1);

    public static Moments Of(double value, int place) => new(1, value, 0, value, value, place);

    public double Of(FeatureAggregate aggregate) => aggregate switch
    {
        FeatureAggregate.Count => Count,
        _ when Count == 0 => double.NaN,
        FeatureAggregate.Sum => Sum,
        FeatureAggregate.Mean => Sum / Count,
        FeatureAggregate.Min => Min,
        FeatureAggregate.Max => Max,
        FeatureAggregate.Std => Count > 1 ? Math.Sqrt(Squares / (Count - 1)) : double.NaN,
        _ => throw new ArgumentOutOfRangeException(nameof(aggregate), aggregate, "It is no number of a window."),
    };

    /// <summary>Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing sample variances", 1979: nothing is taken away again, so nothing is cancelled.</summary>
    public Moments With(in Moments later)
    {
        if (Count == 0 || later.Count == 0)
        {
            return Count == 0 ? later : this;
        }

        double apart = later.Sum / later.Count - Sum / Count;
        return new Moments(
            Count + later.Count,
            Sum + later.Sum,
            Squares + later.Squares + apart * apart * ((double)Count * later.Count / ((double)Count + later.Count)),
            Math.Min(Min, later.Min),
            Math.Max(Max, later.Max),
            Math.Max(Last, later.Last));
    }
}
