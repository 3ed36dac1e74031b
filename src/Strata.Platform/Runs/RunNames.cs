using System.Globalization;
using System.Security.Cryptography;

namespace Strata.Platform.Runs;

/// <summary>Names for runs that nobody named: an adjective, a noun and a number.</summary>
internal static class RunNames
{
    private static readonly string[] Adjectives =
        ["amber", "bold", "calm", "clear", "deft", "eager", "fair", "gentle", "happy", "keen", "light", "merry", "neat", "proud", "quick", "quiet", "rapid", "steady", "sunny", "wise"];

    private static readonly string[] Nouns =
        ["badger", "birch", "cedar", "comet", "crane", "dune", "falcon", "fjord", "gneiss", "heron", "larch", "lynx", "meadow", "otter", "quartz", "raven", "reef", "slate", "summit", "tern"];

    public static string Next() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Adjectives[RandomNumberGenerator.GetInt32(Adjectives.Length)]}-{Nouns[RandomNumberGenerator.GetInt32(Nouns.Length)]}-{RandomNumberGenerator.GetInt32(1000)}");
}
