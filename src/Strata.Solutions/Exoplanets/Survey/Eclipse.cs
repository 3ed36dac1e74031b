namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>How deep an eclipse is.</summary>
internal static class Eclipse
{
    private const double Linear = 0.40, Quadratic = 0.25;

    /// <summary>Part of the eclipsed star's own light that is lost at mid-eclipse: the covered area, weighted by how bright the disc is there (quadratic limb darkening).</summary>
    public static double Depth(double radiusRatio, double impact)
    {
        double place = Math.Min(1, impact);
        double slant = 1 - Math.Sqrt(Math.Max(0, 1 - place * place));
        double brightness = (1 - Linear * slant - Quadratic * slant * slant) / (1 - Linear / 3 - Quadratic / 6);
        double covered = Physics.CoveredArea(radiusRatio, impact);
        return Math.Min(1, covered * (covered > 0.3 ? 1 : brightness));
    }
}
