using System.Globalization;

namespace Strata.Learning.Data.Profiling;

/// <summary>What is suspicious about a column by itself.</summary>
internal static class ColumnWarnings
{
    private const int LeastRowsOfIds = 20;
    private const double NamedIdShare = 0.5;
    private const int MostWordsOfIds = 3;
    private static readonly string[] IdEndings = ["id", "uuid", "guid", "_key", "index", "identifier"];

    public static IEnumerable<ProfileWarning> Of(Column column, ColumnProfile profile)
    {
        int present = column.Count - profile.Missing;
        string name = column.Name;
        if (present == 0)
        {
            yield return new ProfileWarning(ProfileWarningKind.AllMissing, $"'{name}' has no values.", name);
            yield break;
        }

        if (profile.Distinct == 1 && column.Count > 1)
        {
            string always = profile.Missing == 0 ? "in every row" : $"in the {present} rows that have one";
            yield return new ProfileWarning(ProfileWarningKind.Constant, $"'{name}' has the same value {always}.", name);
        }

        if (profile.Missing > present)
        {
            double share = (double)profile.Missing / column.Count;
            yield return new ProfileWarning(ProfileWarningKind.MostlyMissing, $"'{name}' is missing in {Percent(share)} of the rows.", name, Score: share);
        }

        if (IdEvidence(column, profile, present) is string evidence)
        {
            yield return new ProfileWarning(ProfileWarningKind.IdLike, $"'{name}' looks like an identifier: {evidence}.", name, Score: (double)profile.Distinct / present);
        }
    }

    public static string Percent(double share) => (share * 100).ToString(share is > 0.995 and < 1 ? "0.##" : "0.#", CultureInfo.InvariantCulture) + "%";

    private static string? IdEvidence(Column column, ColumnProfile profile, int present)
    {
        if (present < LeastRowsOfIds || column.Type is not (ColumnType.Int64 or ColumnType.Text or ColumnType.Category))
        {
            return null;
        }

        bool named = IdEndings.Any(ending => column.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        if (profile.Distinct == present)
        {
            bool isSequence = column.Type == ColumnType.Int64 && profile.Max - profile.Min < 2.0 * present;
            return isSequence ? "the numbers count the rows"
                : column.Type != ColumnType.Int64 && IsShort(column) ? "every row has another text"
                : named ? "every row has another value, and its name says so"
                : null;
        }

        return named && profile.Distinct > NamedIdShare * present ? $"its name says so, and {present} rows have {profile.Distinct} different values" : null;
    }

    /// <summary>Identifiers are a word or two; what is longer is prose.</summary>
    private static bool IsShort(Column column) =>
        Enumerable.Range(0, column.Count).Select(column.TextAt).OfType<string>().Take(100).Average(text => text.Count(c => c == ' ') + 1) <= MostWordsOfIds;
}
