using Strata.Tensors;

namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>Kepler: one field in Cygnus for four years; mostly Sun-like stars.</summary>
internal sealed class KeplerInstrument : Instrument
{
    public override int FewestTransits => 3;

    public override double AlarmRate => 0.0165;

    public override double BlendRate => 0.05;

    public override double BinaryRate => 0.055;

    public override double Yield => 0.056;

    public override Star Look(int number, RandomSource random)
    {
        double mass = Math.Clamp(random.LogNormal(1.02, 0.085), 0.35, 2.2);
        (double radius, double temperature) = Aged(mass, 0.13, random);
        double magnitude = 16 - random.Weibull(1.75, 1.2);
        return new Star(number, mass, radius, temperature, magnitude, random.Normal(-0.05, 0.2), random.Uniform(280, 301.5), random.Uniform(36.7, 52.2));
    }

    public override double Baseline(RandomSource random) => 1460 * (random.Chance(0.75) ? 0.9 : random.Uniform(0.15, 0.9));

    /// <summary>After the mission's combined differential photometric precision: 25 ppm at magnitude 12 over 6 hours, stellar variability on top.</summary>
    public override double Noise(double magnitude, double hours, RandomSource random)
    {
        double photon = 24e-6 * Math.Pow(10, 0.2 * (magnitude - 12)) * Math.Sqrt(1 + Math.Pow(10, 0.4 * (magnitude - 15.5)));
        double star = random.LogNormal(22e-6, 0.2);
        return Math.Sqrt(photon * photon + star * star) * Math.Sqrt(6 / hours);
    }

    /// <summary>A third near the spacecraft's year of 372 days, where warm detector rows come round; some from variable stars at short periods.</summary>
    public override (double Period, double Duration) Alarm(RandomSource random)
    {
        double choice = random.NextDouble();
        double period = choice < 0.27 ? random.Normal(372, 22) : choice < 0.5 ? random.LogUniform(60, 550) : random.LogUniform(0.5, 60);
        return (period, random.LogNormal(period > 60 ? 9 : 3.2, 0.22));
    }
}
