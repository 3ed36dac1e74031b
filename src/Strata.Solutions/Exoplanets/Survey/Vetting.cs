using Strata.Tensors;

namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>What the vetting of a light curve found against an object, and how it judged.</summary>
/// <param name="NotTransitLike">The dip does not look like a transit.</param>
/// <param name="StellarEclipse">A second eclipse, or a size that no planet has.</param>
/// <param name="CentroidOffset">The light is lost beside the star.</param>
/// <param name="EphemerisMatch">Another object has the same period and phase.</param>
/// <param name="Score">How much it looks like a planet, 0 to 1.</param>
internal sealed record Findings(bool NotTransitLike, bool StellarEclipse, bool CentroidOffset, bool EphemerisMatch, double Score)
{
    public bool Any => NotTransitLike || StellarEclipse || CentroidOffset || EphemerisMatch;
}

/// <summary>
/// The stated rule by which simulated objects get their disposition. The vetting sees the light curve, not the truth: it tests for a second eclipse, an
/// impossible size, light lost beside the star and a shape unlike a transit, each with the power that the signal to noise allows. Whatever fails a test is
/// a false positive; whatever passes them all is confirmed if it truly is a planet and somebody could show it (a strong signal, or brothers at the same star), else it stays a candidate.
/// </summary>
internal static class Vetting
{
    /// <summary>Earth radii beyond which nothing is a planet.</summary>
    private const double LargestPlanet = 24;

    public static Findings Examine(Detection detection, RandomSource random)
    {
        Signal truth = detection.Truth;
        double secondary = truth.SecondaryDepth / truth.Depth * detection.SignalToNoise + random.NextGaussian();
        bool tooLarge = detection.PlanetRadius * random.LogNormal(1, 0.06) > LargestPlanet;
        double offset = truth.Offset * detection.SignalToNoise / 6 + random.NextGaussian();
        double unlike = truth.Origin == SignalOrigin.Alarm ? 0.9 : 0.1 * Draws.Logistic((11 - detection.SignalToNoise) / 1.5);
        bool notTransitLike = random.Chance(unlike);
        bool stellarEclipse = secondary > 5 || tooLarge;
        bool centroidOffset = offset > 4;
        bool ephemerisMatch = truth.Origin == SignalOrigin.Blend && random.Chance(0.15);
        bool any = notTransitLike || stellarEclipse || centroidOffset || ephemerisMatch;
        double leaning = any ? -9 : 0.6 * (detection.SignalToNoise - 9) + (truth.Origin == SignalOrigin.Planet ? 1.2 : -1);
        double score = Draws.Logistic(Math.Clamp(leaning + 1.5 * random.NextGaussian(), -12, 8));
        return new Findings(notTransitLike, stellarEclipse, centroidOffset, ephemerisMatch, score);
    }

    /// <summary>Whether a true planet that passed the vetting has been confirmed.</summary>
    public static bool IsConfirmed(Detection detection, RandomSource random)
    {
        double strength = Draws.Logistic(7 * Math.Log(detection.SignalToNoise / 12.5));
        double support = detection.DetectionsOfStar > 1 ? 0.97 : detection.PlanetRadius > 8 ? 0.6 : 0.8;
        return random.Chance(strength * support);
    }

    /// <summary>The disposition as Kepler's and K2's tables have it.</summary>
    public static string Disposition(Detection detection, Findings findings, RandomSource random) =>
        findings.Any ? "FALSE POSITIVE"
        : detection.Truth.Origin == SignalOrigin.Planet && IsConfirmed(detection, random) ? "CONFIRMED"
        : "CANDIDATE";
}
