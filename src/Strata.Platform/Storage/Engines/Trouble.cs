namespace Strata.Platform.Storage.Engines;

/// <summary>How much is lost when the database reports an error.</summary>
internal enum Trouble
{
    /// <summary>Only the statement: the rest of the transaction can go on without it.</summary>
    Statement,

    /// <summary>The transaction as a whole; the connection is sound.</summary>
    Transaction,

    /// <summary>The connection, and with it the transaction.</summary>
    Connection,
}
