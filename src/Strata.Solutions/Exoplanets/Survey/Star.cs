namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>A simulated star as it truly is.</summary>
/// <param name="Number">Counts the stars of the survey from 1.</param>
/// <param name="Mass">In solar masses.</param>
/// <param name="Radius">In solar radii.</param>
/// <param name="Temperature">In kelvin.</param>
/// <param name="Magnitude">In the mission's band.</param>
/// <param name="Metallicity">In dex against the Sun.</param>
/// <param name="RightAscension">In degrees.</param>
/// <param name="Declination">In degrees.</param>
internal sealed record Star(int Number, double Mass, double Radius, double Temperature, double Magnitude, double Metallicity, double RightAscension, double Declination)
{
    public double Gravity => Physics.Gravity(Mass, Radius);

    public double Density => Mass / (Radius * Radius * Radius);

    /// <summary>In parsec, from the luminosity with a bolometric correction that grows for cool stars.</summary>
    public double Distance
    {
        get
        {
            double luminosity = Radius * Radius * Math.Pow(Temperature / Physics.SunTemperature, 4);
            double cool = Math.Max(0, 5300 - Temperature) / 1000;
            double absolute = 4.67 - 2.5 * Math.Log10(luminosity) + 0.55 * cool * cool;
            return Math.Pow(10, (Magnitude - absolute + 5) / 5);
        }
    }
}
