namespace Strata.Platform.Storage;

/// <summary>One numbered step of the schema. A published step is never changed; a later one follows it.</summary>
public sealed record Migration(int Number, string Name, string Sql);
