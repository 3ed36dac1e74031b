namespace Strata.Server;

internal sealed class NotBuiltYet : Exception;
