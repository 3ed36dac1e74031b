namespace Strata.Platform;

/// <summary>Somebody has as much of something as a setting allows; the message says what, and how to get room.</summary>
public sealed class QuotaException(string message) : Exception(message);
