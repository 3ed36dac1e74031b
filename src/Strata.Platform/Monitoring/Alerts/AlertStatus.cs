namespace Strata.Platform.Monitoring.Alerts;

/// <summary>How a rule stands.</summary>
public enum AlertState
{
    /// <summary>Its condition does not hold.</summary>
    Ok,

    /// <summary>Its condition holds, but not long enough yet, or it has fired too short a time ago.</summary>
    Pending,

    /// <summary>Its condition holds, and its webhooks were told.</summary>
    Firing,

    /// <summary>Its condition holds no more, and its webhooks were told that too.</summary>
    Resolved,
}

/// <summary>How a rule stands, and since when.</summary>
/// <param name="State">The state.</param>
/// <param name="Since">When it came to that.</param>
/// <param name="Value">What was read then; null for nothing.</param>
/// <param name="Message">The same in words.</param>
/// <param name="FiredAt">When it fired last; null for never.</param>
/// <param name="Changes">How often the state has changed: of two servers that see the same, one notes it.</param>
public sealed record AlertStatus(AlertState State, DateTimeOffset Since, double? Value = null, string? Message = null, DateTimeOffset? FiredAt = null, int Changes = 0)
{
    /// <summary>How it stands after a look; itself when nothing has changed. Where nothing could be told, nothing changes.</summary>
    public AlertStatus After(AlertReading reading, AlertRule rule, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(rule);
        if (reading.Holds is not bool holds)
        {
            return this;
        }

        AlertState next = (State, holds) switch
        {
            (AlertState.Firing, true) => AlertState.Firing,
            (AlertState.Firing, false) => AlertState.Resolved,
            (_, true) => MayFire(rule, now) ? AlertState.Firing : AlertState.Pending,
            (AlertState.Resolved, false) => AlertState.Resolved,
            _ => AlertState.Ok,
        };
        return next == State ? this : new AlertStatus(next, now, reading.Value, reading.Message, next == AlertState.Firing ? now : FiredAt, Changes + 1);
    }

    private bool MayFire(AlertRule rule, DateTimeOffset now) =>
        (State == AlertState.Pending ? now - Since : TimeSpan.Zero) >= rule.Terms.Hold && !(now - FiredAt < rule.Terms.CoolDown);
}

/// <summary>What a look at a rule's condition has shown.</summary>
/// <param name="Holds">Whether the condition holds; null where too little is known.</param>
/// <param name="Value">The number that was read.</param>
/// <param name="Message">In words.</param>
public sealed record AlertReading(bool? Holds, double? Value, string Message);

/// <summary>One line of a rule's history.</summary>
public sealed record AlertChange(AlertState State, DateTimeOffset At, double? Value, string? Message);
