using Microsoft.Data.Sqlite;

namespace Strata.Platform.Storage;

/// <summary>The disk or the database could not do its part; nothing of the attempted write is stored.</summary>
public sealed class StorageException : Exception
{
    public StorageException(string message, bool isTemporary = false, Exception? inner = null)
        : base(message, inner) => IsTemporary = isTemporary;

    /// <summary>Whether trying again later can help without anybody's doing.</summary>
    public bool IsTemporary { get; }

    internal static StorageException Of(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        5 or 6 => new StorageException($"The database '{path}' is locked by another program. Try again in a moment.", isTemporary: true, error),
        13 => new StorageException($"The disk of the database '{path}' is full. Free some space; nothing was lost.", isTemporary: true, error),
        11 or 26 => new StorageException($"The database '{path}' is damaged ({error.Message}). Restore it from the folder 'backups' or from your own copy.", inner: error),
        _ => new StorageException($"The database '{path}' failed: {error.Message}", inner: error),
    };

    /// <summary>Whether the disk is full or the database locked: trouble that passes when somebody makes room or lets go.</summary>
    internal static bool IsDiskTrouble(Exception error) => error switch
    {
        StorageException storage => storage.IsTemporary,
        // ENOSPC and EDQUOT, and Windows's word for them.
        IOException disk => disk.HResult is 28 or 122 or unchecked((int)0x80070070),
        _ => false,
    };

    internal static bool IsDiskOrLock(SqliteException error) => error.SqliteErrorCode is 5 or 6 or 7 or 8 or 10 or 11 or 13 or 14 or 26;
}
