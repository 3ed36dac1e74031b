namespace Strata.Platform.Monitoring.Alerts;

/// <summary>A rule by which somebody is told. Its terms never change; how it stands does.</summary>
public sealed record AlertRule(string Id, AlertTerms Terms, DateTimeOffset CreatedAt, AlertStatus Status);
