using Strata.Tensors;

namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>TESS: nearly the whole sky in sectors of 27 days; bright and near stars of every kind, and large pixels that hold many neighbours.</summary>
internal sealed class TessInstrument : Instrument
{
    public override int FewestTransits => 2;

    public override double AlarmRate => 0.0015;

    public override double BlendRate => 0.12;

    public override double BinaryRate => 0.05;

    public override double GiantRate => 0.2;

    public override double Yield => 0.0215;

    public override Star Look(int number, RandomSource random)
    {
        bool dwarf = random.Chance(0.2);
        double mass = dwarf ? random.Uniform(0.15, 0.65) : Math.Clamp(random.LogNormal(1.13, 0.1), 0.5, 2.5);
        (double radius, double temperature) = Aged(mass, 0.1, random);
        double magnitude = 13.7 - random.Weibull(1.9, 1.15) + (dwarf ? 0.4 : 0);
        double sine = random.Uniform(-1, 1);
        return new Star(
            number, mass, radius, temperature, magnitude, random.Normal(0, 0.2), random.Uniform(0, 360), Math.Asin(sine) * 180 / Math.PI);
    }

    /// <summary>Mostly a few sectors; near the ecliptic poles up to a year and more.</summary>
    public override double Baseline(RandomSource random) => 25 * Math.Min(36, Math.Ceiling(random.Weibull(4, 0.8)));

    /// <summary>After the mission's own estimate: 60 ppm in an hour at best, 230 ppm at magnitude 10, background light for the faint.</summary>
    public override double Noise(double magnitude, double hours, RandomSource random)
    {
        double photon = 260e-6 * Math.Pow(10, 0.2 * (magnitude - 10)) * Math.Sqrt(1 + Math.Pow(10, 0.4 * (magnitude - 12.5)));
        double floor = random.LogNormal(90e-6, 0.15);
        return Math.Sqrt((photon * photon + floor * floor) / hours);
    }

    /// <summary>Half near the satellite's orbit of 13.7 days and its harmonics, when the Earth's light scatters in.</summary>
    public override (double Period, double Duration) Alarm(RandomSource random)
    {
        double period = random.Chance(0.5) ? 13.7 / (1 + random.NextInt(3)) * random.Normal(1, 0.04) : random.LogUniform(0.6, 27);
        return (period, random.LogNormal(3, 0.18));
    }
}
