namespace Strata.Solutions.Exoplanets;

/// <summary>The physics of transits, shared by the simulator and the features. Stars in solar units, planets in Earth's, periods in days.</summary>
internal static class Physics
{
    /// <summary>Solar radius over Earth's, both nominal (IAU 2015 resolution B3).</summary>
    public const double EarthRadiiOfSun = 695_700.0 / 6_378.1;

    /// <summary>Solar radii in an astronomical unit.</summary>
    public const double SunRadiiOfAu = 149_597_870.7 / 695_700.0;

    public const double SunTemperature = 5772;

    /// <summary>log10 of the Sun's surface gravity in cm/s².</summary>
    public const double SunGravity = 4.438;

    private const double DaysOfYear = 365.25;

    /// <summary>The star's mean density, Sun = 1, from its gravity and radius.</summary>
    public static double Density(double gravity, double radius) => Math.Pow(10, gravity - SunGravity) / radius;

    public static double Gravity(double mass, double radius) => SunGravity + Math.Log10(mass / (radius * radius));

    /// <summary>Semi-major axis over stellar radius by Kepler's third law: (a/R)³ is proportional to density times period squared.</summary>
    public static double ScaledAxis(double density, double period) =>
        SunRadiiOfAu * Math.Cbrt(density * (period / DaysOfYear) * (period / DaysOfYear));

    /// <summary>
    /// Hours from first to last contact on a circular orbit (Seager and Mallén-Ornelas 2003, equation 3); 0 when the discs never touch.
    /// </summary>
    /// <param name="period">In days.</param>
    /// <param name="scaledAxis">Semi-major axis over stellar radius.</param>
    /// <param name="impact">In stellar radii.</param>
    /// <param name="radiusRatio">Radius of the object over that of the star.</param>
    public static double Duration(double period, double scaledAxis, double impact, double radiusRatio)
    {
        double reach = (1 + radiusRatio) * (1 + radiusRatio) - impact * impact;
        if (reach <= 0)
        {
            return 0;
        }

        double cosine = Math.Min(1, impact / scaledAxis);
        double sine = Math.Sqrt(Math.Max(1e-12, 1 - cosine * cosine));
        return 24 * period / Math.PI * Math.Asin(Math.Min(1, Math.Sqrt(reach) / (scaledAxis * sine)));
    }

    /// <summary>Starlight at the object compared with the Earth's.</summary>
    public static double Insolation(double temperature, double scaledAxis)
    {
        double dilution = SunRadiiOfAu / scaledAxis;
        return dilution * dilution * Math.Pow(temperature / SunTemperature, 4);
    }

    /// <summary>Temperature in kelvin of a ball of albedo 0.3 that spreads its heat evenly.</summary>
    public static double EquilibriumTemperature(double temperature, double scaledAxis) =>
        temperature * Math.Sqrt(1 / (2 * scaledAxis)) * Math.Pow(0.7, 0.25);

    /// <summary>Part of the star's area that the object covers when the discs overlap wholly, partly, or not at all.</summary>
    /// <param name="radiusRatio">Radius of the object over that of the star.</param>
    /// <param name="impact">Distance of the centres in stellar radii.</param>
    public static double CoveredArea(double radiusRatio, double impact)
    {
        if (impact >= 1 + radiusRatio)
        {
            return 0;
        }

        if (impact <= Math.Abs(1 - radiusRatio))
        {
            return Math.Min(1, radiusRatio * radiusRatio);
        }

        double k2 = radiusRatio * radiusRatio, z2 = impact * impact;
        double inner = Math.Acos(Math.Clamp((k2 + z2 - 1) / (2 * radiusRatio * impact), -1, 1));
        double outer = Math.Acos(Math.Clamp((1 - k2 + z2) / (2 * impact), -1, 1));
        double kite = 0.5 * Math.Sqrt(Math.Max(0, 4 * z2 - (1 + z2 - k2) * (1 + z2 - k2)));
        return (k2 * inner + outer - kite) / Math.PI;
    }

    /// <summary>Degrees from the plane of the Galaxy, where stars crowd; places in degrees (J2000).</summary>
    public static double GalacticLatitude(double rightAscension, double declination)
    {
        const double poleAscension = 192.85948, poleDeclination = 27.12825, degree = Math.PI / 180;
        double sine = Math.Sin(declination * degree) * Math.Sin(poleDeclination * degree)
            + Math.Cos(declination * degree) * Math.Cos(poleDeclination * degree) * Math.Cos((rightAscension - poleAscension) * degree);
        return Math.Asin(Math.Clamp(sine, -1, 1)) / degree;
    }
}
