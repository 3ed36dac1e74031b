namespace Strata.Platform.AbTests;

/// <summary>What is known of a test so far.</summary>
/// <param name="A">The one arm.</param>
/// <param name="B">The other.</param>
/// <param name="PValue">Valid whenever one looks; it never rises.</param>
/// <param name="Verdict">All of it in words.</param>
/// <param name="Difference">B's mean minus A's; null before both have outcomes.</param>
/// <param name="Lower">Where the difference lies at the least, with certainty 1 - level at all times; null when nothing can be said yet.</param>
/// <param name="Upper">Where it lies at the most.</param>
/// <param name="Winner"><c>a</c> or <c>b</c>; null while undecided.</param>
public sealed record AbTestReport(AbTestArm A, AbTestArm B, double PValue, string Verdict, double? Difference = null, double? Lower = null, double? Upper = null, string? Winner = null);

/// <summary>One arm of a test.</summary>
/// <param name="ModelId">Its model.</param>
/// <param name="Answered">Requests that it answered.</param>
/// <param name="Failed">Requests in which it failed.</param>
/// <param name="Outcomes">Predictions whose outcome is known.</param>
/// <param name="LatencyP95">In milliseconds; null without answers.</param>
/// <param name="Mean">Of the measure over these; null without any.</param>
public sealed record AbTestArm(string ModelId, long Answered, long Failed, int Outcomes, double? LatencyP95 = null, double? Mean = null);

/// <summary>What was known of a test at one moment.</summary>
/// <param name="Outcomes">How many outcomes both arms had together.</param>
/// <param name="At">When the last of them became known.</param>
/// <param name="Difference">B's mean minus A's.</param>
/// <param name="Lower">Where the difference lies at the least; null while nothing could be said.</param>
/// <param name="Upper">Where it lies at the most.</param>
/// <param name="PValue">The smallest until then.</param>
public sealed record AbTestMoment(int Outcomes, DateTimeOffset At, double Difference, double? Lower, double? Upper, double PValue);
