using Strata.Tensors;

namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>Stars that eclipse each other, on the target itself or in its background: what transit surveys are mostly deceived by.</summary>
internal static class BinaryPopulation
{
    /// <summary>The star's own eclipses, when it is a close binary whose orbit is seen edge-on; else null.</summary>
    public static Signal? Eclipsing(Star star, RandomSource random) => Eclipsing(star, SignalOrigin.EclipsingBinary, random);

    /// <summary>A binary in the background: its eclipses shrink by the light of the star in front, and its own density shapes them.</summary>
    public static Signal? Blended(Star front, RandomSource random)
    {
        double mass = Math.Clamp(random.LogNormal(0.85, 0.13), 0.2, 2.5);
        (double radius, double temperature) = MainSequence.Of(mass);
        var behind = front with { Mass = mass, Radius = radius * random.Uniform(1, 1.5), Temperature = temperature };
        double fainter = 1 + random.Weibull(4.5, 1.6);
        double part = 1 / (1 + Math.Pow(10, 0.4 * fainter));
        return Eclipsing(behind, SignalOrigin.Blend, random) is Signal own
            ? own with { Depth = own.Depth * part, SecondaryDepth = own.SecondaryDepth * part, Offset = random.Rayleigh(0.6) }
            : null;
    }

    private static Signal? Eclipsing(Star star, SignalOrigin origin, RandomSource random)
    {
        double period = random.Chance(0.55) ? random.LogNormal(2.2, 0.4) : random.LogUniform(3, 300);
        double massRatio = random.Chance(0.25) ? random.Uniform(0.9, 1) : random.Uniform(0.15, 1);
        double companionMass = star.Mass * massRatio;
        (double companionRadius, double companionTemperature) = MainSequence.Of(companionMass);
        double ratio = companionRadius / star.Radius;
        double axis = Physics.ScaledAxis(star.Density * (1 + massRatio), period);
        double impact = axis * random.NextDouble();
        if (axis < 1.2 * (1 + ratio) || impact >= 1 + ratio)
        {
            return null;
        }

        double companionLight = ratio * ratio * Math.Pow(companionTemperature / star.Temperature, 4);
        double covered = Physics.CoveredArea(ratio, impact);
        double primary = Eclipse.Depth(ratio, impact) / (1 + companionLight);
        double secondary = Math.Min(1, covered / (ratio * ratio)) * companionLight / (1 + companionLight);
        if (secondary > 0.85 * primary)
        {
            // Twins: both eclipses look alike, and the search finds half the period.
            return new Signal(origin, period / 2, Physics.Duration(period, axis, impact, ratio), (primary + secondary) / 2, impact, ratio);
        }

        return new Signal(origin, period, Physics.Duration(period, axis, impact, ratio), primary, impact, ratio, secondary);
    }
}
