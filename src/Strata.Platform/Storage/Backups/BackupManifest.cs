namespace Strata.Platform.Storage.Backups;

/// <summary>What a backup holds and by which hashes it is checked; it stands last in the archive, so that one that was broken off has none.</summary>
public sealed record BackupManifest
{
    internal const string EntryName = "manifest.json";

    /// <summary>The entry with the SHA-256 of the manifest itself.</summary>
    internal const string HashEntryName = "manifest.sha256";

    /// <summary>The newest form of backups that this program writes and reads.</summary>
    public const int NewestFormat = 1;

    public required int Format { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The make of database that the rows come from; they go into any other.</summary>
    public required string Engine { get; init; }

    /// <summary>The steps of the schema that the rows are of.</summary>
    public required IReadOnlyList<int> Schema { get; init; }

    public required IReadOnlyList<BackupTable> Tables { get; init; }

    /// <summary>The stored files (<c>blobs/HASH</c>) and the checkpoints of jobs that were at work (<c>attempts/NAME/checkpoint</c>).</summary>
    public required IReadOnlyList<BackupFile> Files { get; init; }

    /// <summary>Stored files that rows refer to but that were missing or damaged when the backup was made.</summary>
    public required IReadOnlyList<string> Unreadable { get; init; }

    /// <summary>What a backup says that it holds.</summary>
    /// <exception cref="StorageException">The file is no whole backup, or one of a newer program.</exception>
    public static BackupManifest Read(string path)
    {
        using var backup = new BackupReader(path);
        return backup.Manifest;
    }
}
