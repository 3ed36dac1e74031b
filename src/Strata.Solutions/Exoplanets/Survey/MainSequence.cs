namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>Radius and temperature of a young star by its mass: round values of the empirical main sequence (after Pecaut and Mamajek 2013), interpolated.</summary>
internal static class MainSequence
{
    private static readonly (double Mass, double Radius, double Temperature)[] Table =
    [
        (0.10, 0.12, 2800), (0.20, 0.23, 3150), (0.30, 0.32, 3350), (0.40, 0.41, 3500), (0.50, 0.48, 3680), (0.60, 0.58, 4000), (0.70, 0.67, 4450),
        (0.80, 0.75, 5000), (0.90, 0.84, 5400), (1.00, 0.95, 5750), (1.10, 1.07, 6000), (1.25, 1.25, 6300), (1.50, 1.50, 6900), (1.80, 1.75, 7800), (2.50, 2.20, 10200),
    ];

    /// <param name="mass">In solar masses.</param>
    public static (double Radius, double Temperature) Of(double mass)
    {
        int upper = 1;
        while (upper < Table.Length - 1 && Table[upper].Mass < mass)
        {
            upper++;
        }

        (double Mass, double Radius, double Temperature) low = Table[upper - 1], high = Table[upper];
        double part = Math.Clamp((mass - low.Mass) / (high.Mass - low.Mass), 0, 1);
        return (low.Radius + part * (high.Radius - low.Radius), low.Temperature + part * (high.Temperature - low.Temperature));
    }
}
