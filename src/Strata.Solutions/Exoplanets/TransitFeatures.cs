using Strata.Learning.Data;

namespace Strata.Solutions.Exoplanets;

/// <summary>
/// The common vocabulary: the same physical features of an object whichever mission saw it. Amounts that span decades are logarithms (base 10), and
/// where physics ties two measurements together the feature is how far they disagree: a planet agrees, an eclipsing binary mostly does not.
/// </summary>
public static class TransitFeatures
{
    private static readonly (ColumnMeaning Meaning, Func<Transit, double> Value)[] Table =
    [
        (new("log_period", "Period", "log10(days)", "Time from one transit to the next."), t => Log(t.Period)),
        (new("log_duration", "Duration", "log10(hours)", "Time from first to last contact."), t => Log(t.Duration)),
        (new("log_depth", "Depth", "log10(ppm)", "Part of the star's light that is lost; from the radii where no depth is given."), t => Log(t.Depth)),
        (new("log_planet_radius", "Planet radius", "log10(Earth radii)", "The object's radius; above about 1.3 it is no planet any more."), t => Log(t.PlanetRadius)),
        (new("impact", "Impact parameter", null, "Distance of the path from the centre of the disc, in stellar radii."), t => t.Impact),
        (new("log_snr", "Signal to noise", "log10", "Of all transits together; depth over its uncertainty where it is not given."), t => Log(t.SignalToNoise)),
        (new("stellar_temperature", "Stellar temperature", "K", "Effective temperature of the star."), t => t.StellarTemperature),
        (new("surface_gravity", "Surface gravity", "log10(cm/s²)", "Gravity at the star's surface."), t => t.SurfaceGravity),
        (new("log_stellar_radius", "Stellar radius", "log10(Solar radii)", "The star's radius."), t => Log(t.StellarRadius)),
        (new("log_stellar_density", "Stellar density", "log10(Sun = 1)", "Mean density from gravity and radius."), t => Log(t.Density)),
        (new("magnitude", "Magnitude", "mag", "Brightness, brought near Gaia's G band."), t => t.Magnitude),
        (new("log_distance", "Distance", "log10(parsec)", "How far away the star is."), t => Log(t.Distance)),
        (new("log_insolation", "Insolation", "log10(Earth flux)", "Starlight at the object, computed from star and period."), t => Log(t.Insolation)),
        (new("log_duration_ratio", "Duration against the orbit's", "log10", "Duration over that of a central transit on a circular orbit around this star; 0 for a planet that crosses the middle."), t => Log(t.Duration / t.CentralDuration)),
        (new("log_depth_ratio", "Depth against the radii's", "log10", "Depth over the square of the ratio of the given radii; far from 0 where the fit needed a grazing path or foreign light."), t => Log(t.Depth / t.DepthOfRadii)),
        (new("log_period_error", "Relative uncertainty of the period", "log10", "Uncertainty over value."), t => Log(t.PeriodError / t.Period)),
        (new("log_duration_error", "Relative uncertainty of the duration", "log10", "Uncertainty over value."), t => Log(t.DurationError / t.Duration)),
        (new("log_depth_error", "Relative uncertainty of the depth", "log10", "Uncertainty over value."), t => Log(t.DepthError / t.Depth)),
        (new("log_radius_error", "Relative uncertainty of the planet radius", "log10", "Uncertainty over value."), t => Log(t.PlanetRadiusError / t.PlanetRadius)),
        (new("temperature_error", "Uncertainty of the temperature", "K", "Of the star's temperature."), t => t.StellarTemperatureError),
        (new("gravity_error", "Uncertainty of the gravity", "dex", "Of the star's surface gravity."), t => t.SurfaceGravityError),
        (new("log_stellar_radius_error", "Relative uncertainty of the stellar radius", "log10", "Uncertainty over value."), t => Log(t.StellarRadiusError / t.StellarRadius)),
        (new("log_proper_motion", "Proper motion", "log10(mas/year)", "How fast the star moves across the sky: near stars move fast."), t => Log(t.ProperMotion)),
        (new("galactic_latitude", "Distance from the galactic plane", "degrees", "Near the plane stars crowd, and a neighbour's eclipses spill over more often."), t => Math.Abs(t.GalacticLatitude)),
        (new("objects_of_star", "Objects of the star", null, "How many objects the table has for this star: false alarms rarely come in numbers (Lissauer and others 2012)."), t => t.ObjectsOfStar),
    ];

    /// <summary>Those that only restate one column of a table on another scale, which tells a tree nothing new.</summary>
    private static readonly string[] Restated =
    [
        "log_period", "log_duration", "log_planet_radius", "impact", "stellar_temperature", "surface_gravity", "log_stellar_radius", "magnitude", "log_distance",
        "temperature_error", "gravity_error",
    ];

    public static IReadOnlyList<ColumnMeaning> Columns { get; } = [.. Table.Select(row => row.Meaning)];

    /// <summary>Those that tie several columns of a table together, which adds to the table itself.</summary>
    public static IReadOnlyList<ColumnMeaning> Derived { get; } = [.. Columns.Where(column => !Restated.Contains(column.Name))];

    /// <summary>The features of each row, in row order; NaN where the table does not have what a feature needs.</summary>
    /// <exception cref="DataException">A mapped column that the caller named is absent or holds no numbers; all problems at once.</exception>
    public static Frame Of(Frame table, MissionColumns columns)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(columns);
        Transit[] transits = Transit.Read(table, columns);
        return new Frame(Table.Select(row => (Column)new Float64Column(row.Meaning.Name, Array.ConvertAll(transits, transit => Finite(row.Value(transit))))));
    }

    /// <summary>NaN where there is nothing to take a logarithm of.</summary>
    private static double Log(double value) => value > 0 ? Math.Log10(value) : double.NaN;

    private static double Finite(double value) => double.IsFinite(value) ? value : double.NaN;
}
