namespace Strata.Solutions.Exoplanets;

/// <summary>What every transit survey measures of an object and its star, whatever its table calls it.</summary>
public enum TransitQuantity
{
    /// <summary>Which star it is: any text that objects of one star share.</summary>
    Star,

    /// <summary>Orbital period in days.</summary>
    Period,

    /// <summary>Uncertainty of the period in days.</summary>
    PeriodError,

    /// <summary>Transit duration in hours.</summary>
    Duration,

    /// <summary>Uncertainty of the duration in hours.</summary>
    DurationError,

    /// <summary>Transit depth in parts per million.</summary>
    Depth,

    /// <summary>Uncertainty of the depth in parts per million.</summary>
    DepthError,

    /// <summary>Impact parameter in stellar radii.</summary>
    Impact,

    /// <summary>Signal to noise of all transits together.</summary>
    SignalToNoise,

    /// <summary>Radius of the object in Earth radii.</summary>
    PlanetRadius,

    /// <summary>Uncertainty of the object's radius in Earth radii.</summary>
    PlanetRadiusError,

    /// <summary>Effective temperature of the star in kelvin.</summary>
    StellarTemperature,

    /// <summary>Uncertainty of the star's temperature in kelvin.</summary>
    StellarTemperatureError,

    /// <summary>The star's surface gravity, log10 of cm/s².</summary>
    SurfaceGravity,

    /// <summary>Uncertainty of the surface gravity, dex.</summary>
    SurfaceGravityError,

    /// <summary>Radius of the star in solar radii.</summary>
    StellarRadius,

    /// <summary>Uncertainty of the star's radius in solar radii.</summary>
    StellarRadiusError,

    /// <summary>Distance in parsec.</summary>
    Distance,

    /// <summary>Brightness of the star in a wide visible band, magnitudes.</summary>
    Magnitude,

    /// <summary>Proper motion eastward, milliarcseconds a year.</summary>
    ProperMotionEast,

    /// <summary>Proper motion northward, milliarcseconds a year.</summary>
    ProperMotionNorth,

    /// <summary>Right ascension in degrees.</summary>
    RightAscension,

    /// <summary>Declination in degrees.</summary>
    Declination,
}
