namespace Strata.Client.Contracts;

/// <summary>An address that is told of alerts.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">For people.</param>
/// <param name="Project">The id of the project that it belongs to.</param>
/// <param name="Address">Where messages go.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Secret">By what its receiver checks the signature of a message; only in the answer to its making.</param>
public sealed record WebhookView(string Id, string Name, string Project, string Address, DateTimeOffset CreatedAt, string? Secret);

/// <summary>One message to a webhook.</summary>
/// <param name="Id">Its id; a message that arrives twice has it twice.</param>
/// <param name="Event">What it tells of: <c>firing</c>, <c>resolved</c> or <c>test</c>.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="NextAt">When it is tried next; null when it has ended.</param>
/// <param name="Answer">The status of the last answer; null where there was none.</param>
/// <param name="Error">Why the last attempt failed; null when it did not.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="EndedAt">When it arrived, or was given up.</param>
/// <param name="Body">What was sent: JSON.</param>
public sealed record DeliveryView(
    string Id, string Event, DeliveryStatus Status, int Attempts, DateTimeOffset? NextAt, int? Answer, string? Error, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, string Body);

/// <summary>How far a delivery is.</summary>
public enum DeliveryStatus
{
    Waiting,
    Delivered,
    Failed,
}
