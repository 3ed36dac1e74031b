using Strata.Solutions.Exoplanets.Archive;
using Strata.Solutions.Exoplanets.Pretrained;
using Strata.Solutions.Exoplanets.Survey;

namespace Strata.Solutions.Exoplanets;

/// <summary>Transiting planets: which dips in a star's light are planets, and which are something else.</summary>
public static class ExoplanetSolution
{
    internal static Solution Create() => new(
        "exoplanets",
        "Exoplanets",
        "Tells planets from false positives in the tables of Kepler, TESS and K2.",
        ExoplanetPresets.All,
        [.. Mission.All.SelectMany(mission => new ITableSource[] { new NasaArchive(mission), new SimulatedSurvey(mission) })],
        PretrainedModels.All);
}
