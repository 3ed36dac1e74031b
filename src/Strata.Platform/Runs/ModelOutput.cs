namespace Strata.Platform.Runs;

/// <summary>A logged model as what a run gave out, and at which step.</summary>
public sealed record ModelOutput(string ModelId, long Step);
