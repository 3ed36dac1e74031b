namespace Strata.Client.Contracts;

/// <summary>A rule, and how it stands.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Project">The id of the project that it belongs to.</param>
/// <param name="Condition">What it looks at.</param>
/// <param name="Deployment">The deployment's name; null for jobs.</param>
/// <param name="Threshold">What must be passed.</param>
/// <param name="Metric">Which metric of performance.</param>
/// <param name="WindowSeconds">How far back it looks; how long an event counts.</param>
/// <param name="HoldSeconds">How long the condition must hold before anybody is told.</param>
/// <param name="CoolDownSeconds">How long after firing it does not fire again.</param>
/// <param name="LeastRequests">Nothing is said of fewer requests, or outcomes.</param>
/// <param name="WebhookIds">Who is told.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="State">How it stands.</param>
/// <param name="Since">Since when.</param>
/// <param name="FiredAt">When it fired last; null for never.</param>
/// <param name="Latest">What was read last; null before the first look.</param>
public sealed record AlertRuleView(
    string Id,
    string Name,
    string Project,
    AlertCondition Condition,
    string? Deployment,
    double? Threshold,
    string? Metric,
    double WindowSeconds,
    double HoldSeconds,
    double CoolDownSeconds,
    int LeastRequests,
    IReadOnlyList<string> WebhookIds,
    DateTimeOffset CreatedAt,
    AlertState State,
    DateTimeOffset Since,
    DateTimeOffset? FiredAt,
    AlertReadingView? Latest);

/// <summary>How a rule stands.</summary>
public enum AlertState
{
    Ok,
    Pending,
    Firing,
    Resolved,
}

/// <summary>What a look at a rule's condition has shown.</summary>
/// <param name="At">When.</param>
/// <param name="Holds">Whether the condition holds; null where too little is known.</param>
/// <param name="Value">The number that was read.</param>
/// <param name="Message">In words.</param>
public sealed record AlertReadingView(DateTimeOffset At, bool? Holds, double? Value, string Message);

/// <summary>One line of a rule's history.</summary>
/// <param name="State">What it came to.</param>
/// <param name="At">When.</param>
/// <param name="Value">The number that was read then.</param>
/// <param name="Message">In words.</param>
public sealed record AlertChangeView(AlertState State, DateTimeOffset At, double? Value, string? Message);
