namespace Strata.Platform.Monitoring.Webhooks;

/// <summary>How far a delivery is.</summary>
public enum DeliveryStatus
{
    /// <summary>It is to be sent, for the first time or again.</summary>
    Waiting,

    /// <summary>The address answered with a status of 200 to 299.</summary>
    Delivered,

    /// <summary>It was given up.</summary>
    Failed,
}

/// <summary>One message to a webhook. It is sent until the address has taken it, or too often; so it may arrive twice, with the same id.</summary>
public sealed record Delivery
{
    /// <summary>How often it is tried before it is given up: over somewhat more than an hour.</summary>
    public const int MostAttempts = 12;

    /// <summary>The event of a message that somebody sends to see whether it arrives; it is tried once.</summary>
    public const string TestEvent = "test";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    public required string Id { get; init; }

    public required string WebhookId { get; init; }

    /// <summary>What it tells of: <c>firing</c>, <c>resolved</c> or <c>test</c>.</summary>
    public required string Event { get; init; }

    /// <summary>JSON.</summary>
    public required string Body { get; init; }

    public DeliveryStatus Status { get; init; }

    /// <summary>How often it has been tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When it is tried next.</summary>
    public required DateTimeOffset NextAt { get; init; }

    /// <summary>The status of the last answer; null where there was none.</summary>
    public int? Answer { get; init; }

    /// <summary>Why the last attempt failed; null when it did not.</summary>
    public string? Error { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>An attempt begins: until it has had its time nobody else sends it.</summary>
    internal Delivery Begin(DateTimeOffset now, TimeSpan longest) => this with { Attempts = Attempts + 1, NextAt = now + longest };

    /// <summary>An attempt has been answered, or has failed: the pause before the next one doubles.</summary>
    internal Delivery End(DateTimeOffset now, int? answer, string? error)
    {
        Delivery after = this with { Answer = answer, Error = error };
        return error is null ? after with { Status = DeliveryStatus.Delivered, EndedAt = now }
            : Attempts >= MostAttempts || Event == TestEvent ? after with { Status = DeliveryStatus.Failed, EndedAt = now }
            : after with { NextAt = now + FirstPause * Math.Pow(2, Attempts - 1) };
    }
}
