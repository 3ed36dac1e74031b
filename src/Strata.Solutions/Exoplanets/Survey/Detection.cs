namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>A signal that the search found, with the measurements that the light curve and the star's catalogue give: noisy, as an archive lists them.</summary>
internal sealed class Detection
{
    public required Star Star { get; init; }

    /// <summary>The star as the catalogue has it.</summary>
    public required MeasuredStar Catalogue { get; init; }

    public required Signal Truth { get; init; }

    /// <summary>Days after the start of the survey.</summary>
    public required double Epoch { get; init; }

    public required double EpochError { get; init; }

    public required double Period { get; init; }

    public required double PeriodError { get; init; }

    /// <summary>In hours.</summary>
    public required double Duration { get; init; }

    public required double DurationError { get; init; }

    /// <summary>Part of the light.</summary>
    public required double Depth { get; init; }

    public required double DepthError { get; init; }

    public required double Impact { get; init; }

    public required double ImpactError { get; init; }

    /// <summary>The fit's radius ratio: with a grazing path, much larger than the root of the depth.</summary>
    public required double RadiusRatio { get; init; }

    public required double RadiusRatioError { get; init; }

    public required double SignalToNoise { get; init; }

    /// <summary>Counts the star's detections from 1, the strongest first.</summary>
    public int NumberOfStar { get; set; } = 1;

    /// <summary>How many detections the star has.</summary>
    public int DetectionsOfStar { get; set; } = 1;

    /// <summary>Earth radii, by the catalogue's star.</summary>
    public double PlanetRadius => RadiusRatio * Catalogue.Radius * Physics.EarthRadiiOfSun;

    public double ScaledAxis => Physics.ScaledAxis(Physics.Density(Catalogue.Gravity, Catalogue.Radius), Period);
}

/// <summary>A star as a catalogue has it, with upper and lower uncertainties as sizes.</summary>
internal sealed record MeasuredStar(
    double Temperature, double TemperatureError, double Gravity, double GravityUpper, double GravityLower, double Radius, double RadiusUpper, double RadiusLower);
