namespace Strata.Solutions.Exoplanets;

/// <summary>The archive's table of K2 planets and candidates: its columns, and how to learn from it honestly.</summary>
internal static class K2Table
{
    private const string FollowUp = "Measured only once somebody believed in the planet: that it is there at all gives the verdict away.";
    private const string Reference = "Names the paper that the values come from, and papers publish planets or false positives, not both alike.";

    public static TablePreset Preset { get; } = new()
    {
        Name = "exoplanets.k2",
        Title = "K2 planets and candidates",
        Target = "disposition",
        Group = "hostname",
        Recommended = RecommendedBoosting.With(trees: 200, learningRate: 0.05, l2: 4),
        Marks = ["disposition", "hostname", "default_flag", "pl_orbper"],
        Rows = new RowRule("default_flag", "1", "the table repeats a planet once a paper; only its default set of values counts."),
        Classes =
        [
            new("CONFIRMED", "CONFIRMED", "A planet, by a measured mass or by statistics that leave no likely other cause."),
            new("CANDIDATE", "CANDIDATE", "Looks like a planet, but is neither confirmed nor ruled out."),
            new("FALSE POSITIVE", "FALSE POSITIVE", "Something else: an eclipsing binary, a neighbour's light, or noise."),
            new("REFUTED", "FALSE POSITIVE", "Once published as a planet, later shown not to be one."),
        ],
        Drop =
        [
            new("pl_name", "An identifier; confirmed planets are named differently from candidates."),
            new("default_flag", "The same in every row that counts."),
            new("disp_refname", "The paper that the verdict comes from."),
            new("sy_snum", "Companion stars are looked for mostly around confirmed planets."),
            new("sy_pnum", "Counts the confirmed planets of the star: zero for nearly everything else."),
            new("discoverymethod", "Filled in by the archive once an object counts as discovered."),
            new("disc_year", "The year of the publication; candidates and planets came out in different years."),
            new("disc_facility", "Filled in by the archive once an object counts as discovered."),
            new("soltype", "Says in words whether the values are of a confirmed planet or of a candidate."),
            new("pl_controv_flag", "Set when a published planet is doubted: part of the verdict."),
            new("pl_refname", Reference),
            new("st_refname", Reference),
            new("sy_refname", Reference),
            .. Named("pl_orbsmax", FollowUp),
            .. Named("pl_bmasse", FollowUp),
            .. Named("pl_bmassj", FollowUp),
            new("pl_bmassprov", FollowUp),
            .. Named("pl_orbeccen", FollowUp),
            .. Named("pl_insol", FollowUp),
            .. Named("pl_eqt", FollowUp),
            new("ttv_flag", FollowUp),
            .. Named("pl_radj", "The same as 'pl_rade' in another unit."),
            new("st_spectype", FollowUp),
            new("st_metratio", "Bookkeeping: which ratio of elements a metallicity is given in."),
            new("rastr", "The same as 'ra', written in hours."),
            new("decstr", "The same as 'dec', written in degrees and minutes."),
            new("ra", "Tells the observing campaign, and each campaign was searched by other people."),
            new("dec", "Tells the observing campaign, and each campaign was searched by other people."),
            new("rowupdate", "The day the row was last changed, which follows the verdict."),
            new("pl_pubdate", "The month of the publication, which follows the verdict."),
            new("releasedate", "The day the archive took the row in, which follows the verdict."),
        ],
        Columns = new ColumnList("err1", "err2", "lim")
            .Plain("pl_name", "Planet name", null, "Name of the planet or candidate.")
            .Plain("hostname", "Star name", null, "Name of the star; objects of one star share it.")
            .Plain("default_flag", "Default values", null, "1 for the one set of values of this object that the archive prefers.")
            .Plain("disposition", "Disposition", null, "What the literature holds the object to be.")
            .Plain("disp_refname", "Disposition's paper", null, "Where the disposition was published.")
            .Plain("sy_snum", "Number of stars", null, "How many stars the system is known to have.")
            .Plain("sy_pnum", "Number of planets", null, "How many confirmed planets the system is known to have.")
            .Plain("discoverymethod", "Discovery method", null, "How the object was first found.")
            .Plain("disc_year", "Discovery year", "year", "When the discovery was published.")
            .Plain("disc_facility", "Discovery facility", null, "The telescope of the discovery.")
            .Plain("soltype", "Kind of solution", null, "Whether the values describe a confirmed planet or a candidate.")
            .Plain("pl_controv_flag", "Controversial flag", null, "1 when the planet's existence has been questioned in print.")
            .Plain("pl_refname", "Planet values' paper", null, "Where the planet's values were published.")
            .Measured("pl_orbper", "Orbital period", "days", "Time from one transit to the next.")
            .Measured("pl_orbsmax", "Semi-major axis", "au", "Half the long axis of the orbit.")
            .Measured("pl_rade", "Planet radius", "Earth radii", "The object's radius, from the depth and the star's radius.")
            .Measured("pl_radj", "Planet radius", "Jupiter radii", "The object's radius in units of Jupiter's.")
            .Measured("pl_bmasse", "Planet mass", "Earth masses", "The planet's mass, or its smallest possible one.")
            .Measured("pl_bmassj", "Planet mass", "Jupiter masses", "The planet's mass, or its smallest possible one, in units of Jupiter's.")
            .Plain("pl_bmassprov", "Mass provenance", null, "Whether the mass is the true one or the smallest possible one.")
            .Measured("pl_orbeccen", "Eccentricity", null, "How far the orbit departs from a circle.")
            .Measured("pl_insol", "Insolation", "Earth flux", "Starlight that reaches the object, compared with the Earth's.")
            .Measured("pl_eqt", "Equilibrium temperature", "K", "Temperature the object would have as a dark ball heated by its star alone.")
            .Plain("ttv_flag", "Transit timing flag", null, "1 when the transits come early and late.")
            .Plain("st_refname", "Star values' paper", null, "Where the star's values were published.")
            .Plain("st_spectype", "Spectral type", null, "The star's class by its spectrum.")
            .Measured("st_teff", "Stellar temperature", "K", "Effective temperature of the star's surface.")
            .Measured("st_rad", "Stellar radius", "Solar radii", "The star's radius.")
            .Measured("st_mass", "Stellar mass", "Solar masses", "The star's mass.")
            .Measured("st_met", "Stellar metallicity", "dex", "How much of the star is heavier than helium, as a logarithm against the Sun.")
            .Plain("st_metratio", "Metallicity ratio", null, "Which ratio of elements the metallicity is given in.")
            .Measured("st_logg", "Stellar surface gravity", "log10(cm/s²)", "Gravity at the star's surface; giants have little of it.")
            .Plain("sy_refname", "System values' paper", null, "Where the system's values were published.")
            .Plain("rastr", "Right ascension", "hours", "Place on the sky, eastward, as text.")
            .Plain("ra", "Right ascension", "degrees", "Place on the sky, eastward.")
            .Plain("decstr", "Declination", "degrees", "Place on the sky, northward, as text.")
            .Plain("dec", "Declination", "degrees", "Place on the sky, northward.")
            .Uncertain("sy_dist", "Distance", "parsec", "How far away the system is.")
            .Uncertain("sy_vmag", "V magnitude", "mag", "The star's brightness in green light; smaller is brighter.")
            .Uncertain("sy_kmag", "Ks magnitude", "mag", "The star's brightness in infrared light; smaller is brighter.")
            .Uncertain("sy_gaiamag", "Gaia magnitude", "mag", "The star's brightness in Gaia's wide band; smaller is brighter.")
            .Plain("rowupdate", "Changed on", null, "When the row was last changed.")
            .Plain("pl_pubdate", "Published in", null, "The month in which the planet's values were published.")
            .Plain("releasedate", "Released on", null, "When the archive took the row in.")
            .Columns,
    };

    /// <summary>A measurement with its uncertainties and limit flag, all dropped for one reason.</summary>
    private static IEnumerable<DroppedColumn> Named(string measurement, string reason) =>
        new[] { string.Empty, "err1", "err2", "lim" }.Select(suffix => new DroppedColumn(measurement + suffix, reason));
}
