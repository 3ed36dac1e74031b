namespace Strata.Platform.Storage.Backups;

/// <summary>A file in a backup, with the SHA-256 of its bytes.</summary>
public sealed record BackupFile(string Name, long Bytes, string Hash);
