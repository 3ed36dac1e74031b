using System.Data;

namespace Strata.Platform.Storage;

/// <summary>One numbered step of the schema. A published step is never changed; a later one follows it.</summary>
/// <param name="Number">Its place in the order.</param>
/// <param name="Name">What it brings.</param>
/// <param name="Sql">Its statements.</param>
/// <param name="Rows">Moves what statements alone cannot, after them and in the same transaction; null where there is nothing to move.</param>
public sealed record Migration(int Number, string Name, string Sql, Action<IDbConnection>? Rows = null);
