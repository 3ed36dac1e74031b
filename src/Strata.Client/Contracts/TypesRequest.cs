namespace Strata.Client.Contracts;

/// <summary>The types that some columns shall have when the original file is read again.</summary>
/// <param name="Types">Column name to type; the others are inferred as before.</param>
public sealed record TypesRequest(IReadOnlyDictionary<string, ColumnType> Types);
