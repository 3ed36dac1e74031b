using Strata.Tensors;

namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>What a mission looked at, for how long, and how well; and the false alarms that its instrument makes.</summary>
internal abstract class Instrument
{
    public static Instrument Of(Mission mission) => mission.Name switch
    {
        "kepler" => new KeplerInstrument(),
        "tess" => new TessInstrument(),
        _ => new K2Instrument(),
    };

    /// <summary>Smallest number of transits that count as a detection.</summary>
    public abstract int FewestTransits { get; }

    /// <summary>Part of the stars with a transit-like alarm of the instrument's own.</summary>
    public abstract double AlarmRate { get; }

    /// <summary>Part of the stars whose aperture holds an eclipsing neighbour.</summary>
    public abstract double BlendRate { get; }

    /// <summary>Part of the stars that are close binaries, eclipsing or not.</summary>
    public abstract double BinaryRate { get; }

    /// <summary>Part of the stars with a giant planet within half a year, as this mission chose them.</summary>
    public virtual double GiantRate => 0.06;

    /// <summary>Objects that the table holds per star looked at, about.</summary>
    public abstract double Yield { get; }

    public abstract Star Look(int number, RandomSource random);

    /// <summary>Days from first to last measurement of one star, gaps left out.</summary>
    public abstract double Baseline(RandomSource random);

    /// <summary>Noise of the star's brightness averaged over so many hours, as a part of it.</summary>
    public abstract double Noise(double magnitude, double hours, RandomSource random);

    /// <summary>Period in days and duration in hours of a false alarm.</summary>
    public abstract (double Period, double Duration) Alarm(RandomSource random);

    /// <summary>A star of that mass, somewhat aged; one in a few has left the main sequence.</summary>
    protected static (double Radius, double Temperature) Aged(double mass, double evolvedPart, RandomSource random)
    {
        (double radius, double temperature) = MainSequence.Of(mass);
        if (mass < 0.75)
        {
            return (radius * random.Normal(1, 0.04), temperature * random.Normal(1, 0.01));
        }

        double age = random.NextDouble();
        if (random.Chance(evolvedPart * Math.Min(2, mass * mass)))
        {
            double growth = 1.5 * Math.Pow(6, age * age);
            return (radius * growth, Math.Max(4600, temperature * Math.Pow(growth, -0.12)));
        }

        double swell = 0.4 * age * age * Math.Min(1, mass * mass);
        return (radius * (1 + swell), temperature * (1 - 0.05 * swell));
    }
}
