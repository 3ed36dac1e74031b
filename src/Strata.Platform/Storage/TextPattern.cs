using System.Data;
using System.Text;
using Microsoft.Data.Sqlite;
using Strata.Platform.Storage.Engines;

namespace Strata.Platform.Storage;

/// <summary>Texts compared with a pattern in which % stands for any letters and _ for one; the engines differ in how they say whether case counts.</summary>
internal static class TextPattern
{
    /// <summary>The condition.</summary>
    public static string Sql(IDbConnection connection, string column, string parameter, bool ignoreCase) => (IsSqlite(connection), ignoreCase) switch
    {
        (true, false) => $"{column} glob {parameter}",
        (true, true) => $"{column} like {parameter} escape '~'",
        (false, false) => $"{column} like {parameter} escape '~'",
        (false, true) => $"{column} ilike {parameter} escape '~'",
    };

    /// <summary>The pattern as the condition's parameter takes it.</summary>
    public static string Value(IDbConnection connection, string pattern, bool ignoreCase) => IsSqlite(connection) && !ignoreCase ? Glob(pattern) : pattern.Replace("~", "~~", StringComparison.Ordinal);

    private static bool IsSqlite(IDbConnection connection) => connection is EngineConnection { Inner: SqliteConnection };

    private static string Glob(string pattern)
    {
        var glob = new StringBuilder();
        foreach (char letter in pattern)
        {
            glob.Append(letter switch
            {
                '%' => "*",
                '_' => "?",
                '*' or '?' or '[' => $"[{letter}]",
                _ => letter.ToString(),
            });
        }

        return glob.ToString();
    }
}
