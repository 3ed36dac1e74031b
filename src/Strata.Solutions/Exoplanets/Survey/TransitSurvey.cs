using System.Globalization;
using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>
/// A simulated transit survey: stars are drawn, some have planets, some are eclipsing binaries or sit before one, the instrument adds noise and alarms of its own, and a
/// pipeline finds, measures and vets what it can. Nothing in it is an observation; star numbers and names say so. The same seed gives the same table.
/// </summary>
public sealed record TransitSurvey
{
    private const int MostStars = 50_000_000;

    /// <summary>Whose stars, instrument and columns.</summary>
    public required Mission Mission { get; init; }

    /// <summary>How many stars are looked at; a few in a hundred show something.</summary>
    public int Stars { get; init; } = 100_000;

    public ulong Seed { get; init; }

    /// <summary>A survey whose table has about so many rows.</summary>
    public static TransitSurvey OfRows(Mission mission, int rowCount, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(mission);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rowCount);
        return new TransitSurvey { Mission = mission, Stars = Math.Max(1, (int)Math.Min(MostStars, rowCount / Instrument.Of(mission).Yield)), Seed = seed };
    }

    /// <summary>The survey's table, in the mission's own columns, in order of star number.</summary>
    public Frame Observe(CancellationToken cancellation = default)
    {
        List<Detection> detections = Detect(cancellation);
        return Mission.Name switch
        {
            "kepler" => KeplerSheet.Of(detections, Seed),
            "tess" => TessSheet.Of(detections, Seed),
            _ => K2Sheet.Of(detections, Seed),
        };
    }

    /// <summary>Whether a star's number or name, as it stands in a mission's table, is one that only this simulator gives.</summary>
    public static bool Names(string star)
    {
        ArgumentNullException.ThrowIfNull(star);
        return star.StartsWith(K2Sheet.StarPrefix, StringComparison.Ordinal)
            || (long.TryParse(star, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                && number is >= KeplerSheet.FirstStar and < KeplerSheet.FirstStar + MostStars or >= TessSheet.FirstStar);
    }

    internal List<Detection> Detect(CancellationToken cancellation = default)
    {
        Instrument instrument = Instrument.Of(Mission);
        var detections = new List<Detection>();
        for (int number = 1; number <= Stars; number++)
        {
            if (number % 1024 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            // Each star has a generator of its own, so that a longer survey begins with the rows of a shorter one.
            var random = RandomSource.For(Seed, string.Create(CultureInfo.InvariantCulture, $"{Mission.Name} star {number}"));
            detections.AddRange(Search.Of(instrument.Look(number, random), instrument, random));
        }

        return detections;
    }
}
