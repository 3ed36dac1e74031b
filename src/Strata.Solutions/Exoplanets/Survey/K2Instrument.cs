using Strata.Tensors;

namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>K2: twenty fields along the ecliptic for eighty days each, with a telescope that rolls; cool dwarfs are many.</summary>
internal sealed class K2Instrument : Instrument
{
    public override int FewestTransits => 2;

    public override double AlarmRate => 0.0012;

    public override double BlendRate => 0.03;

    public override double BinaryRate => 0.045;

    public override double Yield => 0.031;

    public override Star Look(int number, RandomSource random)
    {
        bool dwarf = random.Chance(0.3);
        double mass = dwarf ? random.Uniform(0.2, 0.7) : Math.Clamp(random.LogNormal(0.95, 0.1), 0.4, 2.2);
        (double radius, double temperature) = Aged(mass, 0.13, random);
        double magnitude = Math.Clamp(random.Normal(dwarf ? 14.6 : 13, 1.5), 7.5, 17.5);
        int campaign = random.NextInt(20);
        double longitude = (campaign * 18 + random.Uniform(-6, 6)) * Math.PI / 180, latitude = random.Uniform(-6, 6) * Math.PI / 180;
        (double ascension, double declination) = FromEcliptic(longitude, latitude);
        return new Star(number, mass, radius, temperature, magnitude, random.Normal(-0.05, 0.22), ascension, declination);
    }

    public override double Baseline(RandomSource random) => random.Uniform(66, 82);

    /// <summary>Kepler's noise with what the rolling adds.</summary>
    public override double Noise(double magnitude, double hours, RandomSource random)
    {
        double photon = 30e-6 * Math.Pow(10, 0.2 * (magnitude - 12)) * Math.Sqrt(1 + Math.Pow(10, 0.4 * (magnitude - 15.5)));
        double roll = random.LogNormal(45e-6, 0.2);
        return Math.Sqrt(photon * photon + roll * roll) * Math.Sqrt(6 / hours);
    }

    /// <summary>Multiples of 5.884 hours, the time between two firings of the thrusters, or anything.</summary>
    public override (double Period, double Duration) Alarm(RandomSource random)
    {
        double period = random.Chance(0.5) ? 5.884 / 24 * (2 + random.NextInt(40)) : random.LogUniform(0.5, 35);
        return (period, random.LogNormal(2.5, 0.2));
    }

    /// <summary>Equatorial degrees of an ecliptic place in radians.</summary>
    private static (double Ascension, double Declination) FromEcliptic(double longitude, double latitude)
    {
        const double tilt = 23.4393 * Math.PI / 180;
        double declination = Math.Asin(Math.Sin(latitude) * Math.Cos(tilt) + Math.Cos(latitude) * Math.Sin(tilt) * Math.Sin(longitude));
        double ascension = Math.Atan2(Math.Sin(longitude) * Math.Cos(tilt) - Math.Tan(latitude) * Math.Sin(tilt), Math.Cos(longitude));
        return ((ascension * 180 / Math.PI + 360) % 360, declination * 180 / Math.PI);
    }
}
