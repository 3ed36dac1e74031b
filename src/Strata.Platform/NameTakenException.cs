namespace Strata.Platform;

/// <summary>Something else has that name already.</summary>
public sealed class NameTakenException(string message) : Exception(message);
