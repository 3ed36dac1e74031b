namespace Strata.Client.Contracts;

/// <summary>A new A/B test. A deployment of its name answers its predictions.</summary>
/// <param name="Name">1 to 100 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</param>
/// <param name="ModelAId">The model that is there.</param>
/// <param name="ModelBId">The one that may be better.</param>
/// <param name="Split">The share of the traffic that B gets.</param>
/// <param name="Measure">What is compared; null for the usual one of the models' task.</param>
/// <param name="Level">The share of tests that may find a difference where there is none.</param>
/// <param name="ExpectedDifference">About how large a difference is looked for; null for a tenth of the measure's standard deviation.</param>
/// <param name="LeastPerArm">Nothing is decided before each arm has so many outcomes.</param>
/// <param name="MostFailures">Guardrail: how much larger B's share of failed requests may be.</param>
/// <param name="MostSlowdown">Guardrail: how many times A's 95th percentile of latency B's may be.</param>
/// <param name="StopsItself">Whether the better arm gets all traffic as soon as it is decided.</param>
/// <param name="Project">The id or name of the project that it goes to; null for the only one that it can be.</param>
public sealed record AbTestRequest(
    string Name,
    string ModelAId,
    string ModelBId,
    double Split = 0.5,
    OutcomeMeasure? Measure = null,
    double Level = 0.05,
    double? ExpectedDifference = null,
    int LeastPerArm = 100,
    double MostFailures = 0.01,
    double MostSlowdown = 3,
    bool StopsItself = true,
    string? Project = null);

/// <summary>Ends a test.</summary>
/// <param name="Winner"><c>a</c> or <c>b</c> to give it all traffic; null leaves the traffic as it is.</param>
public sealed record AbTestEndRequest(string? Winner = null);

/// <summary>By what of the outcomes models are compared: whether the class was right, how far the number was off, or the outcome itself.</summary>
public enum OutcomeMeasure
{
    Correct,
    AbsoluteError,
    Outcome,
}

/// <summary>Whether a test still gathers outcomes.</summary>
public enum AbTestStatus
{
    Running,
    Decided,
    Stopped,
}

/// <summary>A split of traffic between two models, to learn which is better.</summary>
/// <param name="Name">Its name, and that of the deployment that answers.</param>
/// <param name="Project">The project that it belongs to.</param>
/// <param name="Status">Whether it still gathers outcomes.</param>
/// <param name="Split">The share of the traffic that B gets.</param>
/// <param name="Measure">What is compared.</param>
/// <param name="Level">The share of tests that may find a difference where there is none.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended, or null.</param>
/// <param name="A">The one arm.</param>
/// <param name="B">The other.</param>
/// <param name="Difference">B's mean minus A's; null before both have outcomes.</param>
/// <param name="Lower">Where the difference lies at the least, at all times; null when nothing can be said yet.</param>
/// <param name="Upper">Where it lies at the most.</param>
/// <param name="PValue">Valid whenever one looks.</param>
/// <param name="Winner"><c>a</c> or <c>b</c>; null while undecided.</param>
/// <param name="Verdict">All of it in words.</param>
public sealed record AbTestView(
    string Name, string Project, AbTestStatus Status, double Split, OutcomeMeasure Measure, double Level, DateTimeOffset StartedAt, DateTimeOffset? EndedAt,
    AbTestArm A, AbTestArm B, double? Difference, double? Lower, double? Upper, double PValue, string? Winner, string Verdict);

/// <summary>One arm of a test.</summary>
/// <param name="ModelId">Its model.</param>
/// <param name="Answered">Requests that it answered.</param>
/// <param name="Failed">Requests in which it failed.</param>
/// <param name="LatencyP95">In milliseconds; null without answers.</param>
/// <param name="Outcomes">Predictions whose outcome is known.</param>
/// <param name="Mean">Of the measure over these; null without any.</param>
public sealed record AbTestArm(string ModelId, long Answered, long Failed, double? LatencyP95, int Outcomes, double? Mean);

/// <summary>What was known of a test at one moment.</summary>
/// <param name="Outcomes">How many outcomes both arms had together.</param>
/// <param name="At">When the last of them became known.</param>
/// <param name="Difference">B's mean minus A's.</param>
/// <param name="Lower">Where the difference lies at the least; null while nothing could be said.</param>
/// <param name="Upper">Where it lies at the most.</param>
/// <param name="PValue">The smallest until then.</param>
public sealed record AbTestMoment(int Outcomes, DateTimeOffset At, double Difference, double? Lower, double? Upper, double PValue);
