using System.Text.Json;
using Strata.Learning.Data;

namespace Strata.Solutions.Exoplanets;

/// <summary>Where the quantities of a transit survey stand in one kind of table.</summary>
/// <param name="Names">The column of each quantity; a quantity that the table does not have is not listed.</param>
/// <param name="MagnitudeOffset">What to add to the table's magnitude to be near Gaia's G band for a star like the Sun.</param>
public sealed record MissionColumns(IReadOnlyDictionary<TransitQuantity, string> Names, double MagnitudeOffset = 0)
{
    public static MissionColumns Kepler { get; } = new(new Dictionary<TransitQuantity, string>
    {
        [TransitQuantity.Star] = "kepid",
        [TransitQuantity.Period] = "koi_period",
        [TransitQuantity.PeriodError] = "koi_period_err1",
        [TransitQuantity.Duration] = "koi_duration",
        [TransitQuantity.DurationError] = "koi_duration_err1",
        [TransitQuantity.Depth] = "koi_depth",
        [TransitQuantity.DepthError] = "koi_depth_err1",
        [TransitQuantity.Impact] = "koi_impact",
        [TransitQuantity.SignalToNoise] = "koi_model_snr",
        [TransitQuantity.PlanetRadius] = "koi_prad",
        [TransitQuantity.PlanetRadiusError] = "koi_prad_err1",
        [TransitQuantity.StellarTemperature] = "koi_steff",
        [TransitQuantity.StellarTemperatureError] = "koi_steff_err1",
        [TransitQuantity.SurfaceGravity] = "koi_slogg",
        [TransitQuantity.SurfaceGravityError] = "koi_slogg_err1",
        [TransitQuantity.StellarRadius] = "koi_srad",
        [TransitQuantity.StellarRadiusError] = "koi_srad_err1",
        [TransitQuantity.Magnitude] = "koi_kepmag",
        [TransitQuantity.RightAscension] = "ra",
        [TransitQuantity.Declination] = "dec",
    });

    public static MissionColumns Tess { get; } = new(
        new Dictionary<TransitQuantity, string>
        {
            [TransitQuantity.Star] = "tid",
            [TransitQuantity.Period] = "pl_orbper",
            [TransitQuantity.PeriodError] = "pl_orbpererr1",
            [TransitQuantity.Duration] = "pl_trandurh",
            [TransitQuantity.DurationError] = "pl_trandurherr1",
            [TransitQuantity.Depth] = "pl_trandep",
            [TransitQuantity.DepthError] = "pl_trandeperr1",
            [TransitQuantity.PlanetRadius] = "pl_rade",
            [TransitQuantity.PlanetRadiusError] = "pl_radeerr1",
            [TransitQuantity.StellarTemperature] = "st_teff",
            [TransitQuantity.StellarTemperatureError] = "st_tefferr1",
            [TransitQuantity.SurfaceGravity] = "st_logg",
            [TransitQuantity.SurfaceGravityError] = "st_loggerr1",
            [TransitQuantity.StellarRadius] = "st_rad",
            [TransitQuantity.StellarRadiusError] = "st_raderr1",
            [TransitQuantity.Distance] = "st_dist",
            [TransitQuantity.Magnitude] = "st_tmag",
            [TransitQuantity.ProperMotionEast] = "st_pmra",
            [TransitQuantity.ProperMotionNorth] = "st_pmdec",
            [TransitQuantity.RightAscension] = "ra",
            [TransitQuantity.Declination] = "dec",
        },
        MagnitudeOffset: 0.43);

    public static MissionColumns K2 { get; } = new(new Dictionary<TransitQuantity, string>
    {
        [TransitQuantity.Star] = "hostname",
        [TransitQuantity.Period] = "pl_orbper",
        [TransitQuantity.PeriodError] = "pl_orbpererr1",
        [TransitQuantity.PlanetRadius] = "pl_rade",
        [TransitQuantity.PlanetRadiusError] = "pl_radeerr1",
        [TransitQuantity.StellarTemperature] = "st_teff",
        [TransitQuantity.StellarTemperatureError] = "st_tefferr1",
        [TransitQuantity.SurfaceGravity] = "st_logg",
        [TransitQuantity.SurfaceGravityError] = "st_loggerr1",
        [TransitQuantity.StellarRadius] = "st_rad",
        [TransitQuantity.StellarRadiusError] = "st_raderr1",
        [TransitQuantity.Distance] = "sy_dist",
        [TransitQuantity.Magnitude] = "sy_gaiamag",
        [TransitQuantity.RightAscension] = "ra",
        [TransitQuantity.Declination] = "dec",
    });

    /// <summary>The period's column.</summary>
    public string? Period => Names.GetValueOrDefault(TransitQuantity.Period);

    /// <summary>How many of the quantities stand in a table of these columns.</summary>
    public int CountIn(IReadOnlySet<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return Names.Values.Count(columns.Contains);
    }

    /// <summary>These columns with some of them replaced, as a user says where things stand: quantity in snake case (such as <c>planet_radius</c>) to column.</summary>
    /// <exception cref="DataException">A quantity is unknown.</exception>
    public MissionColumns With(IReadOnlyDictionary<string, string> mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        var names = new Dictionary<TransitQuantity, string>(Names);
        var problems = new List<string>();
        foreach ((string name, string column) in mapping)
        {
            if (QuantityOf.TryGetValue(name, out TransitQuantity quantity))
            {
                names[quantity] = column;
            }
            else
            {
                string hint = NearNames.Nearest(name, QuantityOf.Keys) is string near ? $"Did you mean '{near}'?" : $"There are {string.Join(", ", QuantityOf.Keys)}.";
                problems.Add($"The mapping names '{name}', which is no quantity of a transit survey. {hint}");
            }
        }

        DataException.ThrowIfAny(problems);
        return this with { Names = names };
    }

    /// <summary>A quantity's name as it stands in mappings.</summary>
    public static string NameOf(TransitQuantity quantity) => JsonNamingPolicy.SnakeCaseLower.ConvertName(quantity.ToString());

    private static readonly Dictionary<string, TransitQuantity> QuantityOf = Enum.GetValues<TransitQuantity>().ToDictionary(NameOf, StringComparer.Ordinal);
}
