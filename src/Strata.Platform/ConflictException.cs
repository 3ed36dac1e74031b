namespace Strata.Platform;

/// <summary>The thing is in a state in which this cannot be done; the message says which and what to do.</summary>
public sealed class ConflictException(string message) : Exception(message);
