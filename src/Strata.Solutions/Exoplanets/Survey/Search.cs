using Strata.Tensors;

namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>The pipeline that finds dips: a signal counts from 7.1 standard deviations on, and what it finds is measured with the errors such a signal allows.</summary>
internal static class Search
{
    /// <summary>Kepler's detection threshold: one false alarm expected in the whole survey for white noise (Jenkins and others 2002).</summary>
    public const double Threshold = 7.1;

    /// <summary>All that is found on one star, the strongest first.</summary>
    public static List<Detection> Of(Star star, Instrument instrument, RandomSource random)
    {
        var signals = new List<Signal>();
        if (random.Chance(instrument.BinaryRate))
        {
            // A close companion leaves no room for planets on small orbits.
            Add(signals, BinaryPopulation.Eclipsing(star, random));
        }
        else
        {
            signals.AddRange(PlanetPopulation.Transiting(star, instrument, random));
        }

        if (random.Chance(instrument.BlendRate))
        {
            Add(signals, BinaryPopulation.Blended(star, random));
        }

        double baseline = signals.Count > 0 ? instrument.Baseline(random) : 0;
        var found = new List<(Signal Signal, double SignalToNoise, double Transits)>();
        foreach (Signal signal in signals)
        {
            double transits = baseline / signal.Period;
            double white = instrument.Noise(star.Magnitude, signal.Duration, random) / Math.Sqrt(transits);

            // However bright the star, no eclipse repeats better than to a part in a thousand or so: spots, dilution, and the fit's own shortcomings.
            double unlike = signal.Depth * random.LogNormal(1 / 900.0, 0.35);
            double measured = signal.Depth / Math.Sqrt(white * white + unlike * unlike) + random.NextGaussian();
            if (transits >= instrument.FewestTransits && measured > Threshold)
            {
                found.Add((signal, measured, transits));
            }
        }

        if (random.Chance(instrument.AlarmRate))
        {
            found.Add(Alarm(star, instrument, random));
        }

        return found.Count == 0 ? [] : Measure(star, found, random);
    }

    private static void Add(List<Signal> signals, Signal? signal)
    {
        if (signal is not null)
        {
            signals.Add(signal);
        }
    }

    /// <summary>An alarm is known by what it looks like: its strength is drawn, its depth follows.</summary>
    private static (Signal Signal, double SignalToNoise, double Transits) Alarm(Star star, Instrument instrument, RandomSource random)
    {
        (double period, double duration) = instrument.Alarm(random);
        double strength = Threshold + random.Weibull(period > 60 ? 2.5 : 9, period > 60 ? 0.9 : 0.7);
        double transits = Math.Max(instrument.FewestTransits, instrument.Baseline(random) / period);
        double depth = Math.Min(0.5, strength * instrument.Noise(star.Magnitude, duration, random) / Math.Sqrt(transits));
        return (new Signal(SignalOrigin.Alarm, period, Math.Min(duration, 24 * 0.4 * period), depth, random.Uniform(0, 1.2), Math.Sqrt(depth)), strength, transits);
    }

    private static List<Detection> Measure(Star star, List<(Signal Signal, double SignalToNoise, double Transits)> found, RandomSource random)
    {
        MeasuredStar catalogue = Catalogue(star, random);
        List<Detection> detections = [.. found.OrderByDescending(item => item.SignalToNoise).Select(item => Measure(star, catalogue, item.Signal, item.SignalToNoise, item.Transits, random))];
        for (int i = 0; i < detections.Count; i++)
        {
            (detections[i].NumberOfStar, detections[i].DetectionsOfStar) = (i + 1, detections.Count);
        }

        return detections;
    }

    /// <summary>Errors after Carter and others 2008: they shrink with the signal to noise, the period's also with the number of transits.</summary>
    private static Detection Measure(Star star, MeasuredStar catalogue, Signal truth, double strength, double transits, RandomSource random)
    {
        double relative = 1 / strength;
        double durationError = truth.Duration * relative * random.LogNormal(1.3, 0.15);
        double duration = Math.Max(0.2, truth.Duration + durationError * random.NextGaussian());
        double depthError = truth.Depth * relative * random.LogNormal(1.2, 0.08);
        double epochError = truth.Duration / 24 * relative * random.LogNormal(0.6, 0.15);
        double periodError = epochError / Math.Max(1, transits) * random.LogNormal(1.6, 0.25);
        double depth = Math.Max(1e-6, truth.Depth + depthError * random.NextGaussian());

        // A weak signal says little of its shape: the fitted path then lies anywhere.
        double impactError = Math.Clamp(random.LogNormal(6 / strength, 0.45), 0.004, 6);
        bool shapeKnown = strength > 25 || random.Chance(strength / 40);
        double impact = shapeKnown ? Math.Abs(truth.Impact + Math.Min(0.12, impactError) * random.NextGaussian()) : random.NextDouble() * (1 + 0.25 * random.NextDouble());
        bool grazing = impact > 0.98 && truth.Origin != SignalOrigin.Planet;
        double diluted = Math.Sqrt(depth);
        double ratio = diluted * (grazing ? random.Uniform(1.2, 3) : impact > 0.8 ? random.Uniform(1, 1.15) : random.Uniform(0.96, 1.03));
        return new Detection
        {
            Star = star,
            Catalogue = catalogue,
            Truth = truth,
            Epoch = random.NextDouble() * Math.Min(truth.Period, 200),
            EpochError = epochError,
            Period = truth.Period + periodError * random.NextGaussian(),
            PeriodError = periodError,
            Duration = duration,
            DurationError = durationError,
            Depth = depth,
            DepthError = depthError,
            Impact = impact,
            ImpactError = impactError,
            RadiusRatio = ratio,
            RadiusRatioError = ratio * (0.5 * relative + (grazing ? 0.3 : 0.03)),
            SignalToNoise = strength,
        };
    }

    /// <summary>A catalogue made from colours: temperatures to 2.5 in 100, gravities to a tenth of a decade, radii follow from them.</summary>
    private static MeasuredStar Catalogue(Star star, RandomSource random)
    {
        double temperatureError = star.Temperature * random.LogNormal(0.026, 0.12);
        double gravityError = Math.Clamp(random.LogNormal(0.085, 0.22), 0.01, 0.4);
        double gravity = star.Gravity + 0.7 * gravityError * random.NextGaussian();

        // Gravity too low by so many decades makes the radius too large by half as many.
        double radius = star.Radius * Math.Pow(10, -0.5 * (gravity - star.Gravity)) * random.Normal(1, 0.03);
        double upper = radius * (Math.Pow(10, 0.5 * gravityError * 1.6) - 1), lower = radius * (1 - Math.Pow(10, -0.5 * gravityError));
        return new MeasuredStar(
            star.Temperature + 0.8 * temperatureError * random.NextGaussian(), temperatureError, gravity, gravityError * 0.9, gravityError * 1.3, Math.Max(0.1, radius), upper, lower);
    }
}
