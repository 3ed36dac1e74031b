namespace Strata.Platform;

/// <summary>Gates or missing approvals keep a version out of production; each is named with what was found and what is asked for.</summary>
public sealed class PromotionRefusedException(string message, IReadOnlyList<string> problems) : Exception($"{message} {string.Join(' ', problems)}")
{
    /// <summary>One sentence a gate or approval.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
