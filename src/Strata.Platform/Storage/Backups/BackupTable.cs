namespace Strata.Platform.Storage.Backups;

/// <summary>The rows of one table in a backup.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">Their order in each row.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="Digest">Tells whether two tables hold the same rows, in whatever order.</param>
public sealed record BackupTable(string Name, IReadOnlyList<string> Columns, long Rows, string Digest);
