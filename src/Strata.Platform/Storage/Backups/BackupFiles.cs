using System.Text.RegularExpressions;

namespace Strata.Platform.Storage.Backups;

/// <summary>The names of files in a backup, and where in a data folder each belongs.</summary>
internal static partial class BackupFiles
{
    private const string Blobs = "blobs/";

    public static string OfBlob(string hash) => Blobs + hash;

    /// <summary>The hash that a stored file's name says, or null for another file.</summary>
    public static string? HashOf(string name) => name.StartsWith(Blobs, StringComparison.Ordinal) ? name[Blobs.Length..] : null;

    /// <summary>The checkpoints of jobs that are at work, by their names in the backup.</summary>
    public static IEnumerable<(string Name, string Path)> Checkpoints(string attemptsFolder) =>
        from attempt in Directory.EnumerateDirectories(attemptsFolder)
        let path = Path.Join(attempt, "checkpoint")
        where File.Exists(path)
        select ($"attempts/{Path.GetFileName(attempt)}/checkpoint", path);

    public static bool IsCheckpoint(string name) => Checkpoint().IsMatch(name);

    [GeneratedRegex(@"^attempts/[0-9a-z]+-[0-9]+/checkpoint\z", RegexOptions.NonBacktracking)]
    private static partial Regex Checkpoint();
}
