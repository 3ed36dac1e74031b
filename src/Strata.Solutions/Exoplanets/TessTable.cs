namespace Strata.Solutions.Exoplanets;

/// <summary>The archive's table of TESS objects of interest: its columns, and how to learn from it honestly.</summary>
internal static class TessTable
{
    public static TablePreset Preset { get; } = new()
    {
        Name = "exoplanets.tess",
        Title = "TESS objects of interest",
        Target = "tfopwg_disp",
        Group = "tid",
        Recommended = RecommendedBoosting.With(trees: 400, learningRate: 0.03, l2: 5),
        Marks = ["tid", "tfopwg_disp", "pl_orbper"],
        Classes =
        [
            new("CP", "PLANET", "Confirmed by follow-up observations."),
            new("KP", "PLANET", "A planet that was known before TESS saw it."),
            new("FP", "FALSE POSITIVE", "Follow-up found another cause, mostly an eclipsing binary."),
            new("FA", "FALSE POSITIVE", "A false alarm: noise or an instrument's effect, no event on the sky."),
            new("PC", null, "A candidate that nobody has settled yet."),
            new("APC", null, "A doubtful candidate that nobody has settled yet."),
        ],
        Drop =
        [
            new("toi", "An identifier that counts upward with time: late numbers are mostly unsettled."),
            new("rastr", "The same as 'ra', written in hours."),
            new("decstr", "The same as 'dec', written in degrees and minutes."),
            new("toi_created", "The day the object entered the list: old entries had more time to be settled."),
            new("rowupdate", "The day the row was last changed, which follows the verdict."),
            new("pl_tranmid", "A date: settled objects were given newer or older ones by the papers that settled them."),
            new("st_pmralim", "The same value in every row."),
            new("st_pmdeclim", "The same value in every row."),
            new("pl_tranmidlim", "The same value in every row."),
            new("pl_orbperlim", "The same value in every row."),
            new("pl_trandurhlim", "The same value in every row."),
            new("pl_trandeplim", "The same value in every row."),
            new("pl_radelim", "The same value in every row."),
            new("pl_insolerr1", "Empty in every row."),
            new("pl_insolerr2", "Empty in every row."),
            new("pl_insollim", "Empty in every row."),
            new("pl_eqterr1", "Empty in every row."),
            new("pl_eqterr2", "Empty in every row."),
            new("pl_eqtlim", "Empty in every row."),
            new("st_tmaglim", "The same value in every row."),
            new("st_distlim", "The same value in every row."),
            new("st_tefflim", "The same value in every row."),
            new("st_logglim", "The same value in every row."),
            new("st_radlim", "The same value in every row."),
        ],
        Columns = new ColumnList("err1", "err2", "lim")
            .Plain("toi", "Object number", null, "The object of interest: star number in the list, a point, and a running number of the object.")
            .Plain("tid", "TESS star number", null, "The star's number in the TESS input catalogue; objects of one star share it.")
            .Plain("tfopwg_disp", "Disposition", null, "What the follow-up working group holds the object to be.")
            .Plain("rastr", "Right ascension", "hours", "Place on the sky, eastward, as text.")
            .Plain("ra", "Right ascension", "degrees", "Place on the sky, eastward.")
            .Plain("decstr", "Declination", "degrees", "Place on the sky, northward, as text.")
            .Plain("dec", "Declination", "degrees", "Place on the sky, northward.")
            .Measured("st_pmra", "Proper motion eastward", "mas/year", "How fast the star moves across the sky, eastward.")
            .Measured("st_pmdec", "Proper motion northward", "mas/year", "How fast the star moves across the sky, northward.")
            .Measured("pl_tranmid", "Transit midpoint", "BJD (days)", "Middle of one well-measured transit.")
            .Measured("pl_orbper", "Orbital period", "days", "Time from one transit to the next.")
            .Measured("pl_trandurh", "Transit duration", "hours", "Time from first to last contact.")
            .Measured("pl_trandep", "Transit depth", "ppm", "Part of the star's light lost at mid-transit, in millionths.")
            .Measured("pl_rade", "Planet radius", "Earth radii", "The object's radius, from the depth and the star's radius.")
            .Measured("pl_insol", "Insolation", "Earth flux", "Starlight that reaches the object, compared with the Earth's.")
            .Measured("pl_eqt", "Equilibrium temperature", "K", "Temperature the object would have as a dark ball heated by its star alone.")
            .Measured("st_tmag", "TESS magnitude", "mag", "The star's brightness in TESS's band; smaller is brighter.")
            .Measured("st_dist", "Distance", "parsec", "How far away the star is.")
            .Measured("st_teff", "Stellar temperature", "K", "Effective temperature of the star's surface.")
            .Measured("st_logg", "Stellar surface gravity", "log10(cm/s²)", "Gravity at the star's surface; giants have little of it.")
            .Measured("st_rad", "Stellar radius", "Solar radii", "The star's radius.")
            .Plain("toi_created", "Listed on", null, "When the object entered the list.")
            .Plain("rowupdate", "Changed on", null, "When the row was last changed.")
            .Columns,
    };
}
