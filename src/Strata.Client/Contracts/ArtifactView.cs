namespace Strata.Client.Contracts;

/// <summary>A file that a run left.</summary>
public sealed record ArtifactView(string Name, long Bytes);
