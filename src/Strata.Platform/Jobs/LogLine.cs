namespace Strata.Platform.Jobs;

/// <summary>One line of a job's log, numbered from 1.</summary>
public sealed record LogLine(long Number, DateTimeOffset Time, string Text);
