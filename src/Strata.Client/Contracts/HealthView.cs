namespace Strata.Client.Contracts;

/// <summary>That the server is up, and which one it is.</summary>
/// <param name="Status">Always <c>ok</c>: a server that is not answers a problem.</param>
/// <param name="Version">The program's version.</param>
/// <param name="StartedAt">When the server started.</param>
/// <param name="Storage">The kind of database, such as <c>sqlite</c>.</param>
public sealed record HealthView(string Status, string Version, DateTimeOffset StartedAt, string Storage);
