namespace Strata.Platform.Storage;

/// <summary>The disk or the database could not do its part; nothing of the attempted write is stored.</summary>
public sealed class StorageException : Exception
{
    public StorageException(string message, bool isTemporary = false, Exception? inner = null)
        : base(message, inner) => IsTemporary = isTemporary;

    /// <summary>Whether trying again later can help without anybody's doing.</summary>
    public bool IsTemporary { get; }

    /// <summary>Whether the database was lost at the very moment of storing, so that nobody can say whether it was.</summary>
    public bool IsOutcomeUnknown { get; private init; }

    internal static StorageException OutcomeUnknown(string place, Exception inner) => new(
        $"The database {place} was lost while it stored this. Whether it was stored is not known: look before trying again.", isTemporary: true, inner)
    {
        IsOutcomeUnknown = true,
    };

    /// <summary>Whether the disk is full, or the database locked or out of reach: trouble that passes when somebody makes room or lets go.</summary>
    internal static bool IsDiskTrouble(Exception error) => error switch
    {
        StorageException storage => storage.IsTemporary,
        // ENOSPC and EDQUOT, and Windows's word for them.
        IOException disk => disk.HResult is 28 or 122 or unchecked((int)0x80070070),
        _ => false,
    };

    /// <summary>Whether the disk itself failed (EIO): what was being written is not stored.</summary>
    internal static bool IsDiskFault(IOException error) => error.HResult == 5;
}
