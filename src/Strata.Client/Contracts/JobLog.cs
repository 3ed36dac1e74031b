namespace Strata.Client.Contracts;

/// <summary>The lines of a job's log after some line.</summary>
/// <param name="Lines">In order.</param>
/// <param name="Next">What to ask for as <c>after</c> to get the lines that follow.</param>
public sealed record JobLog(IReadOnlyList<LogLine> Lines, long Next);

/// <summary>One line of a job's log.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Time">When it was written.</param>
/// <param name="Text">The line.</param>
public sealed record LogLine(long Number, DateTimeOffset Time, string Text);
