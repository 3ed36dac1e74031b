namespace Strata.Solutions.Exoplanets;

/// <summary>What somebody holds an object to be, whichever words their table uses.</summary>
public enum Verdict
{
    /// <summary>Settled: a planet.</summary>
    Planet,

    /// <summary>Not settled.</summary>
    Candidate,

    /// <summary>Settled: something else.</summary>
    FalsePositive,
}

/// <summary>The words that tables use for verdicts.</summary>
public static class Verdicts
{
    private static readonly Dictionary<string, Verdict> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CONFIRMED"] = Verdict.Planet,
        ["CP"] = Verdict.Planet,
        ["KP"] = Verdict.Planet,
        ["PLANET"] = Verdict.Planet,
        ["EXOPLANET"] = Verdict.Planet,
        ["CONFIRMED PLANET"] = Verdict.Planet,
        ["KNOWN PLANET"] = Verdict.Planet,
        ["TRUE"] = Verdict.Planet,
        ["YES"] = Verdict.Planet,
        ["1"] = Verdict.Planet,
        ["CANDIDATE"] = Verdict.Candidate,
        ["PLANET CANDIDATE"] = Verdict.Candidate,
        ["PLANETARY CANDIDATE"] = Verdict.Candidate,
        ["PC"] = Verdict.Candidate,
        ["APC"] = Verdict.Candidate,
        ["FALSE POSITIVE"] = Verdict.FalsePositive,
        ["FALSE_POSITIVE"] = Verdict.FalsePositive,
        ["FALSE ALARM"] = Verdict.FalsePositive,
        ["FP"] = Verdict.FalsePositive,
        ["FA"] = Verdict.FalsePositive,
        ["REFUTED"] = Verdict.FalsePositive,
        ["NOT PLANET"] = Verdict.FalsePositive,
        ["NOT A PLANET"] = Verdict.FalsePositive,
        ["FALSE"] = Verdict.FalsePositive,
        ["NO"] = Verdict.FalsePositive,
        ["0"] = Verdict.FalsePositive,
    };

    /// <summary>The verdict that a label means, or null when it is no known word.</summary>
    public static Verdict? Of(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return Words.TryGetValue(label.Trim(), out Verdict verdict) ? verdict : null;
    }

    /// <summary>The class among these that stands for a verdict, or null when none does: the first whose own name means the same.</summary>
    public static string? ClassFor(Verdict verdict, IEnumerable<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return classes.FirstOrDefault(name => Of(name) == verdict);
    }
}
