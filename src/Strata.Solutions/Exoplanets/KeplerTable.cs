namespace Strata.Solutions.Exoplanets;

/// <summary>The archive's cumulative table of Kepler objects of interest: its columns, and how to learn from it honestly.</summary>
internal static class KeplerTable
{
    public static TablePreset Preset { get; } = new()
    {
        Name = "exoplanets.kepler",
        Title = "Kepler objects of interest",
        Target = "koi_disposition",
        Group = "kepid",
        Recommended = RecommendedBoosting.With(trees: 400, learningRate: 0.03, l2: 5),
        Marks = ["kepid", "koi_disposition", "koi_period"],
        Classes =
        [
            new("CONFIRMED", "CONFIRMED", "A planet, by a measured mass or by statistics that leave no likely other cause."),
            new("CANDIDATE", "CANDIDATE", "Looks like a planet, but is neither confirmed nor ruled out."),
            new("FALSE POSITIVE", "FALSE POSITIVE", "Something else: an eclipsing binary, a neighbour's light, or noise."),
        ],
        Drop =
        [
            new("kepoi_name", "An identifier: its number tells when the object was found, nothing about the sky."),
            new("kepler_name", "Given only after confirmation, so it is the answer itself."),
            new("koi_pdisposition", "The verdict that the disposition was made from."),
            new("koi_score", "The vetting program's own confidence that the object is a planet: the answer in another form."),
            new("koi_fpflag_nt", "Set by the vetting when it rules an object out as not transit-like: part of the verdict."),
            new("koi_fpflag_ss", "Set by the vetting when it sees a secondary eclipse: part of the verdict."),
            new("koi_fpflag_co", "Set by the vetting when the light comes from a neighbour: part of the verdict."),
            new("koi_fpflag_ec", "Set by the vetting when another object has the same period and phase: part of the verdict."),
            new("koi_tce_delivname", "Names the pipeline run that delivered the signal: bookkeeping that follows the vetting's history."),
            new("koi_teq_err1", "Empty in every row."),
            new("koi_teq_err2", "Empty in every row."),
        ],
        Columns = new ColumnList("_err1", "_err2", null)
            .Plain("kepid", "Kepler star number", null, "The star's number in the Kepler input catalogue; objects of one star share it.")
            .Plain("kepoi_name", "Object name", null, "The object of interest: star number and a running number of the object.")
            .Plain("kepler_name", "Planet name", null, "The name given when the planet was confirmed.")
            .Plain("koi_disposition", "Disposition", null, "What the literature holds the object to be today.")
            .Plain("koi_pdisposition", "Disposition from Kepler data alone", null, "What the mission's own vetting made of the light curve.")
            .Plain("koi_score", "Disposition score", null, "How sure the automatic vetting is that the object is a planet candidate, 0 to 1.")
            .Plain("koi_fpflag_nt", "Not transit-like flag", null, "1 when the dip does not look like a transit.")
            .Plain("koi_fpflag_ss", "Stellar eclipse flag", null, "1 when a second dip or the shape shows a star passing in front of a star.")
            .Plain("koi_fpflag_co", "Centroid offset flag", null, "1 when the dimming light comes from a place beside the star.")
            .Plain("koi_fpflag_ec", "Ephemeris match flag", null, "1 when period and phase equal those of another object whose light spills over.")
            .Uncertain("koi_period", "Orbital period", "days", "Time from one transit to the next.")
            .Uncertain("koi_time0bk", "First transit", "BKJD (days)", "Middle of the first transit, in days after Julian date 2454833.")
            .Uncertain("koi_impact", "Impact parameter", null, "How far from the centre of the star's disc the object passes, in stellar radii; above 1 it only grazes.")
            .Uncertain("koi_duration", "Transit duration", "hours", "Time from first to last contact.")
            .Uncertain("koi_depth", "Transit depth", "ppm", "Part of the star's light lost at mid-transit, in millionths.")
            .Uncertain("koi_prad", "Planet radius", "Earth radii", "The object's radius, from the depth and the star's radius.")
            .Uncertain("koi_teq", "Equilibrium temperature", "K", "Temperature the object would have as a dark ball heated by its star alone.")
            .Uncertain("koi_insol", "Insolation", "Earth flux", "Starlight that reaches the object, compared with the Earth's.")
            .Plain("koi_model_snr", "Transit signal to noise", null, "Depth of the fitted transit over its noise, all transits together.")
            .Plain("koi_tce_plnt_num", "Signal number of the star", null, "Which of the star's signals this is, in the order the search found them.")
            .Plain("koi_tce_delivname", "Pipeline delivery", null, "The pipeline run that the signal comes from.")
            .Uncertain("koi_steff", "Stellar temperature", "K", "Effective temperature of the star's surface.")
            .Uncertain("koi_slogg", "Stellar surface gravity", "log10(cm/s²)", "Gravity at the star's surface; giants have little of it.")
            .Uncertain("koi_srad", "Stellar radius", "Solar radii", "The star's radius.")
            .Plain("ra", "Right ascension", "degrees", "Place on the sky, eastward.")
            .Plain("dec", "Declination", "degrees", "Place on the sky, northward.")
            .Plain("koi_kepmag", "Kepler magnitude", "mag", "The star's brightness in Kepler's band; smaller is brighter.")
            .Columns,
    };
}
