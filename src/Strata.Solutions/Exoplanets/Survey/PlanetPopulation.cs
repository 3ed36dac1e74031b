using Strata.Tensors;

namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>
/// Planets as the counts of Kepler's survey have them (Howard and others 2012, Fulton and others 2017, Fabrycky and others 2014): many small ones in flat systems of several,
/// a gap between super-Earths and sub-Neptunes, few giants with a pile-up at three days.
/// </summary>
internal static class PlanetPopulation
{
    private const double SystemRate = 0.55;

    /// <summary>The planets that pass in front of the star.</summary>
    public static IEnumerable<Signal> Transiting(Star star, Instrument instrument, RandomSource random)
    {
        double cosine = random.NextDouble();
        double metals = Math.Pow(10, 1.3 * star.Metallicity);
        if (random.Chance(instrument.GiantRate * metals * Math.Min(1, star.Mass * star.Mass)))
        {
            double period = random.Chance(0.25) ? random.LogNormal(3.6, 0.13) : random.LogUniform(3, 300);
            Signal? giant = Passing(star, period, random.LogNormal(11.5, 0.09), cosine, random);
            if (giant is not null)
            {
                yield return giant;
            }
        }

        if (!random.Chance(SystemRate))
        {
            yield break;
        }

        int planets = 1 + (int)Math.Min(6, random.Weibull(2.2, 1.1));
        double next = ShortestPeriod(random);
        double angle = Math.Acos(cosine);
        for (int i = 0; i < planets && next < 600; i++)
        {
            double tilt = angle + random.Normal(0, 1.8 * Math.PI / 180);
            Signal? planet = Passing(star, next, SmallRadius(star, random), Math.Abs(Math.Cos(tilt)), random);
            if (planet is not null)
            {
                yield return planet;
            }

            next *= 1.3 + random.Weibull(0.9, 1.0);
        }
    }

    /// <summary>The innermost planet is rarely closer than a few days.</summary>
    private static double ShortestPeriod(RandomSource random)
    {
        double period;
        do
        {
            period = random.LogUniform(0.5, 120);
        }
        while (!random.Chance(Math.Min(1, Math.Pow(period / 9, 1.6))));

        return period;
    }

    /// <summary>Earth radii of a small planet: two humps beside the gap at 1.8; small stars have smaller planets.</summary>
    private static double SmallRadius(Star star, RandomSource random)
    {
        double scale = Math.Pow(star.Mass, 0.25);
        double choice = random.NextDouble();
        double radius = choice < 0.56 ? random.LogNormal(1.15, 0.14) : choice < 0.92 ? random.LogNormal(2.35, 0.1) : random.LogNormal(4.5, 0.16);
        return Math.Max(0.4, radius * scale);
    }

    /// <summary>The transit of a planet on an orbit seen under this angle, or null when it passes beside the star or would fall into it.</summary>
    private static Signal? Passing(Star star, double period, double radius, double cosine, RandomSource random)
    {
        double axis = Physics.ScaledAxis(star.Density, period);
        double ratio = radius / (star.Radius * Physics.EarthRadiiOfSun);
        double impact = axis * cosine;
        if (axis < 2 || impact >= 1 + ratio)
        {
            return null;
        }

        double eccentricity = Math.Min(0.6, random.Rayleigh(period > 8 ? 0.07 : 0.02)), angle = random.Uniform(0, 2 * Math.PI);
        double speed = (1 + eccentricity * Math.Sin(angle)) / Math.Sqrt(1 - eccentricity * eccentricity);
        double duration = Physics.Duration(period, axis, impact, ratio) / speed;
        return new Signal(SignalOrigin.Planet, period, Math.Max(0.3, duration), Eclipse.Depth(ratio, impact), impact, ratio);
    }
}
